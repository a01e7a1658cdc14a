"""What the desk does with drafts, one function for each use case. Rules are in `domain/drafts.py`.

Publishing goes through the log, under a key of the draft's own, and ends the draft in the same
transaction: however often it is asked for, and whatever breaks meanwhile, it happens once.
"""

from datetime import datetime

from msgspec import Struct

from dateline.desk.writing import Receipt, Request, fingerprint, meet, recalled, write
from dateline.domain import drafts as rules
from dateline.domain.commands import PublishPost
from dateline.domain.drafts import Change, Draft, Filing, State
from dateline.domain.errors import Conflict, DatelineError, Gone, NotFound, Stale, Unavailable
from dateline.domain.people import Actor
from dateline.domain.sketch import finished, revised
from dateline.store.drafts import Drafts
from dateline.store.log import EventLog, Publication


class Hand(Struct, frozen=True):
    """Who acts on a coverage's drafts; `reviews`: also on those that others handed in."""

    actor: Actor
    reviews: bool = False


async def found(drafts: Drafts, slug: str, draft_id: str, hand: Hand) -> Draft:
    """The draft, for those who may see it.

    :raises NotFound: there is none for them.
    """
    return _seen_by(await drafts.find(slug, draft_id), hand)


async def listed(drafts: Drafts, slug: str, hand: Hand, state: State | None = None) -> list[Draft]:
    """The drafts in a state, or all that are not published, as far as they are theirs to see."""
    there = await drafts.listed(slug, state)
    return [one for one in there if _sees(hand, one)]


async def about(drafts: Drafts, slug: str, hand: Hand, post: str) -> list[Draft]:
    """The draft that became a post and those that edit it, whatever became of them."""
    there = [*await drafts.listed(slug, None), *await drafts.listed(slug, "published")]
    return [one for one in there if post in (one.id, one.post) and _sees(hand, one)]


async def create(
    log: EventLog,
    drafts: Drafts,
    hand: Hand,
    slug: str,
    draft_id: str,
    filing: Filing,
    now: datetime,
) -> Draft:
    """Begin a draft; sent again with the same content it is the same draft.

    :raises Stale: it exists and says something else.
    :raises Gone: the post was taken down: its words may not come back this way.
    """
    await _check_new(log, drafts, slug, draft_id, filing)

    def decide(before: Draft | None) -> Draft:
        if before is None:
            return rules.begin(draft_id, slug, filing, hand.actor, now=now)
        if rules.is_same(_seen_by(before, hand), filing):
            return before
        raise Stale("There is a draft with this id that says something else.", current=before)

    return _kept(await drafts.change(slug, draft_id, decide))


async def save(
    drafts: Drafts, hand: Hand, slug: str, draft_id: str, filing: Filing, seen: int, now: datetime
) -> Draft:
    """Store what was written since version `seen`."""
    return await act(
        drafts, hand, slug, draft_id, lambda one: rules.save(one, filing, seen=seen, now=now)
    )


async def act(
    drafts: Drafts,
    hand: Hand,
    slug: str,
    draft_id: str,
    change: Change,
    *,
    seen: int | None = None,
) -> Draft:
    """Carry out a change by the rules, as one with reading the draft.

    :raises Stale: it is not at version `seen`, unless what is asked for is so already: then it was
        asked for before, and the answer was lost.
    """

    def decide(before: Draft | None) -> Draft:
        draft = _seen_by(before, hand)
        try:
            after = change(draft)
        except DatelineError:
            rules.check_seen(draft, seen)
            raise
        if after != draft:
            rules.check_seen(draft, seen)
        return after

    return _kept(await drafts.change(slug, draft_id, decide))


async def discard(
    drafts: Drafts, hand: Hand, slug: str, draft_id: str, *, seen: int | None
) -> None:
    """Throw it away for good."""

    def decide(before: Draft | None) -> None:
        rules.check_discardable(_seen_by(before, hand), seen=seen)

    await drafts.change(slug, draft_id, decide)


async def publish(
    log: EventLog,
    drafts: Drafts,
    hand: Hand,
    slug: str,
    draft_id: str,
    *,
    seen: int | None = None,
    correction: str | None = None,
    now: datetime,
) -> Receipt:
    """Publish it, once. An edit of a post changes that post, if it is as it was.

    :raises DatelineError: it is refused; the draft stays, with the reason.
    """
    draft = await found(drafts, slug, draft_id, hand)
    try:
        request = _request(draft, hand.actor, correction)
        if earlier := await recalled(log, request):
            return earlier
        rules.check_publishable(draft, seen=seen, now=now)
        return await write(log, hand.actor, request, now=now)
    except Unavailable:
        raise
    except DatelineError as error:
        # That somebody looked at an older version is no fault of the draft.
        if not (isinstance(error, Stale) and error.current):
            await _note(drafts, draft, error.detail, now)
        raise


def _request(draft: Draft, by: Actor, correction: str | None) -> Request:
    key = f"draft:{draft.coverage}:{draft.id}"
    if draft.state == "published":
        # Only to be recalled by its key: its words are in the log.
        return Request(draft.coverage, PublishPost((), ()), draft.post_id, None, key, _told(key))
    command = (
        revised(draft.content, draft.post, correction)
        if draft.post
        else finished(draft.content, draft.id)
    )
    released = rules.is_released(draft, by.id)
    ending = Publication(draft.id, draft.version, is_released=released)
    seen = draft.based_on
    return Request(draft.coverage, command, draft.post_id, seen, key, _told(key), ending)


def _told(key: str) -> str:
    # The same for whatever it says: a draft is published once, with the words it had then.
    return fingerprint(key.encode())


async def _note(drafts: Drafts, draft: Draft, why: str, now: datetime) -> None:
    def decide(before: Draft | None) -> Draft | None:
        is_that = before is not None and before.version == draft.version
        return rules.refused(before, why, now=now) if before and is_that else before

    await drafts.change(draft.coverage, draft.id, decide)


async def _check_new(
    log: EventLog, drafts: Drafts, slug: str, draft_id: str, filing: Filing
) -> None:
    about = filing.post or draft_id
    subject = await meet(log, slug, about)
    if subject.coverage is None:
        raise NotFound(f"There is no coverage “{slug}”. GET /api/coverages lists those there are.")
    if filing.post and subject.post is None:
        raise NotFound("There is no such post in this coverage to edit.")
    if subject.post and subject.post.status == "redacted":
        raise Gone("This post was removed for legal reasons and can't be written anew.")
    if subject.post and not filing.post and await drafts.find(slug, draft_id) is None:
        raise Conflict("There is a post with this id already. Make a new id for each draft.")


def _seen_by(draft: Draft | None, hand: Hand) -> Draft:
    if draft is None or not _sees(hand, draft):
        raise rules.missing()
    return draft


def _sees(hand: Hand, draft: Draft) -> bool:
    return rules.sees(draft.author.id, draft.state, hand.actor.id, reviews=hand.reviews)


def _kept(draft: Draft | None) -> Draft:
    assert draft, "a change that keeps a draft gives it back"
    return draft
