"""What can be done to a draft over the API: the bodies, and the rule behind each action."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from dateline.domain import drafts as rules
from dateline.domain.content import Moment
from dateline.domain.drafts import Comment, Draft, Remark, colleague
from dateline.domain.people import Actor
from dateline.domain.rights import Action
from dateline.domain.shapes import Note


class _Body(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all bodies share: an unknown field is an error, never ignored."""


class Nothing(_Body, frozen=True):
    """No field is needed."""


class Words(_Body, frozen=True):
    """What one says to the others, or why a draft goes back."""

    text: Remark


class Plan(_Body, frozen=True):
    """When a draft is published, and until when nothing of it may be."""

    publish_at: Moment
    embargo_until: Moment | None = None


class Release(_Body, frozen=True):
    """With a note that readers see, where it is the correction of a post."""

    correction: Note | None = None


class Doing(NamedTuple):
    """One action on its way: who does it, with what, when, to which version."""

    by: Actor
    body: Any
    remark_id: str
    now: datetime


def _return(draft: Draft, do: Doing) -> Draft:
    return rules.return_(draft, _remark(do, "returned"), now=do.now)


def _comment(draft: Draft, do: Doing) -> Draft:
    return rules.comment(draft, _remark(do, "comment"), now=do.now)


def _schedule(draft: Draft, do: Doing) -> Draft:
    plan: Plan = do.body
    return rules.schedule(draft, do.by, plan.publish_at, plan.embargo_until, now=do.now)


class Act(NamedTuple):
    """What an action needs: a right, a body, and what it does."""

    right: Action
    body: type[Struct]
    change: Callable[[Draft, Doing], Draft]


ACTIONS: dict[str, Act] = {
    "submit": Act("submit", Nothing, lambda draft, do: rules.submit(draft, now=do.now)),
    "return": Act("review", Words, _return),
    "approve": Act("review", Nothing, lambda draft, do: rules.approve(draft, do.by, now=do.now)),
    "schedule": Act("publish", Plan, _schedule),
    "unschedule": Act("publish", Nothing, lambda draft, do: rules.unschedule(draft, now=do.now)),
    "comment": Act("file", Words, _comment),
}


def _remark(do: Doing, kind: Literal["comment", "returned"]) -> Comment:
    return Comment(do.remark_id, colleague(do.by), do.body.text, do.now, kind)
