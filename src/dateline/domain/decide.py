"""Every command meets its rule here: `(state, command) -> events`, pure."""

from collections.abc import Mapping

from msgspec import Struct

from dateline.domain import briefed as briefings
from dateline.domain import chosen as choosing
from dateline.domain import coverage as coverages
from dateline.domain import pinning, posts
from dateline.domain.briefed import Briefed
from dateline.domain.chosen import ChosenTopics
from dateline.domain.commands import (
    ChangeStatus,
    ChangeVerification,
    Command,
    DescribeCoverage,
    MarkKeyEvent,
    OpenCoverage,
    OrderPins,
    PinPost,
    PublishPost,
    RedactPost,
    RevisePost,
    SetBriefing,
    SetTopics,
    UnmarkKeyEvent,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.coverage import Coverage
from dateline.domain.errors import Conflict, NotFound, Stale
from dateline.domain.events import Event
from dateline.domain.pins import Pins
from dateline.domain.posts import Post


class Subject(Struct, frozen=True):
    """What a command meets: the coverage and, where concerned, posts, briefing, topics, pins.

    `version` is the coverage's newest seq. `own_events` counts those about the coverage itself.
    `about` is the subject of its events, `posts` are those it concerns, by id.
    """

    version: int
    own_events: int
    coverage: Coverage | None
    about: str | None = None
    posts: Mapping[str, Post | None] = {}
    briefed: Briefed = Briefed()
    chosen: ChosenTopics = ChosenTopics()
    pins: Pins = Pins()

    @property
    def post(self) -> Post | None:
        """The post that the command is about."""
        return self.posts.get(self.about or "")


def decide(
    subject: Subject, command: Command, *, revision: int | None = None, is_released: bool = False
) -> list[Event]:
    """The events that a command leads to; none if everything is so already.

    `revision` is the one that the caller has seen, where they said so. `is_released`: somebody
    else has approved what is to be published.

    :raises DatelineError: a rule refuses it; nothing has changed.
    """
    if isinstance(command, OpenCoverage):
        return list(coverages.open_(subject.coverage, command))
    coverage = subject.coverage
    if coverage is None:
        raise NotFound("There is no such coverage. See GET /api/coverages for those there are.")
    match command:
        case DescribeCoverage():
            has_posts = subject.version > subject.own_events
            return list(coverages.describe(coverage, command, has_posts=has_posts))
        case ChangeStatus():
            return list(coverages.change_status(coverage, command))
        case SetBriefing():
            return list(briefings.set_(subject.briefed, command, revision))
        case SetTopics():
            return list(choosing.set_(subject.chosen, command, revision))
        case OrderPins():
            return list(pinning.order(subject.pins, command, subject.posts))
        case PublishPost():
            _check_release(coverage, is_released=is_released)
            return _publish(coverage, subject, command)
    return _change(subject.post, command, revision)


def _check_release(coverage: Coverage, *, is_released: bool) -> None:
    # Only what goes out takes two: a mistake that is out must be mended at once, by one.
    if coverage.two_person and not is_released:
        raise Conflict(
            "In this coverage somebody else has to approve a post before you publish it. "
            "Submit it as a draft, and ask for that."
        )


def _publish(coverage: Coverage, subject: Subject, command: PublishPost) -> list[Event]:
    if coverage.status == "ended":
        raise Conflict("This coverage has ended. Set its status to live to publish again.")
    if subject.about is None or subject.post is not None:
        raise Conflict("A post with this id exists already.")
    return posts.publish(subject.about, command)


def _change(post: Post | None, command: Command, revision: int | None) -> list[Event]:
    if post is None:
        raise NotFound("There is no such post in this coverage.")
    if revision is not None and post.status != "redacted" and revision != post.revision:
        raise Stale(
            f"The post is at revision {post.revision}, you changed revision {revision}. "
            "Read it again, put your change into the new version and send that."
        )
    match command:
        case RevisePost():
            return posts.revise(post, command)
        case WithdrawPost():
            return posts.withdraw(post, command)
        case RedactPost():
            return posts.redact(post, command)
        case PinPost():
            return posts.set_pin(post, turn_on=True)
        case UnpinPost():
            return posts.set_pin(post, turn_on=False)
        case MarkKeyEvent():
            return posts.mark_key(post, turn_on=True)
        case UnmarkKeyEvent():
            return posts.mark_key(post, turn_on=False)
        case ChangeVerification():
            return posts.verify(post, command)
    raise Conflict(f"{type(command).__name__} is no command for a post.")
