"""The rules once more, as plainly as they can be said: what a coverage is after each command.

Written from docs/protocol.md, apart from the domain: nothing here folds an event.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import UNSET

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
    UnmarkKeyEvent,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.errors import Conflict, DatelineError, Gone, Invalid, NotFound, Stale

Refusal = type[DatelineError] | None
_SAID = ("blocks", "headline", "sources")


@dataclass
class ModelPost:
    """A post as readers would tell of it."""

    order: int
    seq: int
    published_at: datetime
    updated_at: datetime
    said: dict[str, Any]
    key: bool
    pinned: bool
    revision: int = 1
    status: str = "published"
    notes: list[str] = field(default_factory=list)
    reason: str | None = None


@dataclass
class Model:
    """A coverage that is open, at `seq`."""

    title: str
    language: str
    timezone: str
    summary: str | None = None
    status: str = "scheduled"
    seq: int = 1
    posts: dict[int, ModelPost] = field(default_factory=dict)
    latest: list[int] = field(default_factory=list)
    """What is pinned, the last one first."""
    named: list[int] = field(default_factory=list)
    """The order that was set last."""
    since: set[int] = field(default_factory=set)
    """What was pinned after that."""

    @property
    def pins(self) -> list[int]:
        """The pinned posts as they stand."""
        settled = [n for n in self.named if n in self.latest and n not in self.since]
        return [*(n for n in self.latest if n not in settled), *settled]

    def refusal(self, command: Command, number: int | None, seen: int | None) -> Refusal:
        """Why it can't be done, if so."""
        match command:
            case OpenCoverage():
                return Conflict
            case ChangeStatus():
                return None
            case DescribeCoverage():
                return Conflict if self.posts and self._moves(command) else None
            case OrderPins(posts=posts):
                named = _numbers(posts)
                sound = set(named) <= set(self.latest) and len(set(named)) == len(named)
                return None if sound else Invalid
            case PublishPost():
                if self.status == "ended" or number in self.posts:
                    return Conflict
                return _faulty({name: getattr(command, name) for name in _SAID}, command.key)
        if number not in self.posts:
            return NotFound
        return _refused(self.posts[number], command, seen)

    def take(self, command: Command, number: int | None, now: datetime) -> None:
        """What is different after a command that is not refused."""
        match command:
            case ChangeStatus(status=status):
                self.seq += status != self.status
                self.status = status
            case DescribeCoverage():
                self._describe(command)
            case OrderPins(posts=posts):
                self._order(_numbers(posts))
            case PublishPost():
                self._publish(command, number, now)
            case _:
                post = self.posts[number]
                self.seq += (count := _change(post, command, now))
                post.seq = self.seq if count else post.seq
        pinned = {n for n, post in self.posts.items() if post.pinned}
        self.since |= pinned - set(self.latest)
        self.latest = [*(pinned - set(self.latest)), *(n for n in self.latest if n in pinned)]

    def _moves(self, command: DescribeCoverage) -> bool:
        return command.language not in (UNSET, self.language) or command.timezone not in (
            UNSET,
            self.timezone,
        )

    def _describe(self, command: DescribeCoverage) -> None:
        changed = False
        for name in ("title", "summary", "language", "timezone"):
            value = getattr(command, name)
            if value is not UNSET and value != getattr(self, name):
                setattr(self, name, value)
                changed = True
        self.seq += changed

    def _order(self, named: list[int]) -> None:
        if named != self.named or self.since & set(named):
            self.seq += 1
            self.named, self.since = named, set()

    def _publish(self, command: PublishPost, number: int, now: datetime) -> None:
        self.seq += 1
        said = {name: getattr(command, name) for name in _SAID}
        self.posts[number] = ModelPost(
            self.seq, self.seq, now, now, said, command.key, command.pinned
        )


def _numbers(posts: tuple[str, ...]) -> list[int]:
    return [int(post[-12:], 16) for post in posts]


def _faulty(said: dict[str, Any], key: bool) -> Refusal:
    if not said["headline"] and (key or not said["blocks"]):
        return Invalid
    return None


def _refused(post: ModelPost, command: Command, seen: int | None) -> Refusal:
    if post.status == "redacted":
        return Gone
    if seen not in (None, post.revision):
        return Stale
    if post.status == "withdrawn":
        return None if isinstance(command, RedactPost) else Conflict
    match command:
        case RevisePost(key=key):
            return _faulty(_revised(post, command), post.key if key is UNSET else key)
        case MarkKeyEvent():
            return None if post.said["headline"] else Conflict
        case ChangeVerification(source=which):
            return None if _meant(post, which) else Conflict
    return None


def _revised(post: ModelPost, command: RevisePost) -> dict[str, Any]:
    given = {name: getattr(command, name) for name in _SAID}
    return post.said | {name: value for name, value in given.items() if value is not UNSET}


def _meant(post: ModelPost, which: int | str | None) -> list[int]:
    names = [source.name for source in post.said["sources"]]
    return [n for n, name in enumerate(names) if which is None or which in (n, name)]


def _change(post: ModelPost, command: Command, now: datetime) -> int:
    """Change the post; how many events it takes to say so."""
    match command:
        case RevisePost():
            return _revise(post, command, now)
        case WithdrawPost(reason=reason):
            post.status, post.reason = "withdrawn", reason
            return _end(post, now)
        case RedactPost():
            post.status, post.reason = "redacted", None
            post.said, post.notes = {"blocks": (), "headline": None, "sources": ()}, []
            return _end(post, now)
        case ChangeVerification():
            return _verify(post, command, now)
        case PinPost() | UnpinPost():
            return _mark(post, "pinned", isinstance(command, PinPost))
        case MarkKeyEvent() | UnmarkKeyEvent():
            return _mark(post, "key", isinstance(command, MarkKeyEvent))
    raise TypeError(command)


def _revise(post: ModelPost, command: RevisePost, now: datetime) -> int:
    said = _revised(post, command)
    count = 0
    if command.correction or said != post.said:
        post.said, post.updated_at, count = said, now, 1
        post.revision += 1
        post.notes += [command.correction] if command.correction else []
    for mark in ("key", "pinned"):
        if (wanted := getattr(command, mark)) is not UNSET:
            count += _mark(post, mark, wanted)
    return count


def _end(post: ModelPost, now: datetime) -> int:
    post.key = post.pinned = False
    post.revision += 1
    post.updated_at = now
    return 1


def _verify(post: ModelPost, command: ChangeVerification, now: datetime) -> int:
    sources = list(post.said["sources"])
    changed = [
        n for n in _meant(post, command.source) if sources[n].verification != command.verification
    ]
    for n in changed:
        old = sources[n]
        sources[n] = type(old)(old.name, old.kind, command.verification, old.url)
        post.revision += 1
        post.updated_at = now
    post.said = post.said | {"sources": tuple(sources)}
    return len(changed)


def _mark(post: ModelPost, name: str, wanted: bool) -> int:
    changed = getattr(post, name) != wanted
    setattr(post, name, wanted)
    return int(changed)
