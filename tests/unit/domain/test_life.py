"""A coverage's life at random, told twice: by the domain and by a plain model of the rules."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builders import Desk, a_coverage, a_post_id
from dateline.domain import coverage as coverages
from dateline.domain import pinning, posts
from dateline.domain.commands import Command
from dateline.domain.coverage import Coverage
from dateline.domain.pins import PINS, Pins, rank
from dateline.domain.posts import Post
from dateline.store.chain import verify_log
from dateline.store.codec import Entry
from dateline.store.memory import MemoryEventLog
from unit import histories
from unit.domain.model import Model, ModelPost

SECOND = timedelta(seconds=1)
# How far the author is from the newest revision; mostly they have seen it or don't say.
distances = st.sampled_from([None, None, None, 0, 0, -1, 1])
picks = st.sampled_from([0, 0, 0, 1, 1, 2, 99])


class Life(RuleBasedStateMachine):
    """Everything that can be done to a coverage with a handful of posts, allowed or not."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.desk = Desk(MemoryEventLog())

    def teardown(self) -> None:
        verdict = self.loop.run(verify_log(self.desk.log, self.desk.slug))
        assert verdict.fault is None
        self.loop.close()

    @initialize(first=st.lists(histories.publishing, max_size=4))
    def open(self, first: list[Command]) -> None:
        command = a_coverage()
        self.loop.run(self.desk.do(command))
        self.model = Model(command.title, command.language, command.timezone)
        for post in first:
            self.publish(post, is_new=True)

    @rule(command=histories.describing | histories.turning | st.just(a_coverage(title="Another")))
    def change_the_coverage(self, command: Command) -> None:
        self.tell(command)

    @rule(command=histories.publishing, is_new=st.sampled_from([True, True, True, False]))
    def publish(self, command: Command, is_new: bool) -> None:
        self.tell(command, 1 + len(self.model.posts) * is_new)

    @rule(command=histories.revising, which=picks, distance=distances)
    def revise(self, command: Command, which: int, distance: int | None) -> None:
        self.tell(command, self.meant(which), distance)

    @rule(command=histories.marking, which=picks, distance=distances)
    def mark(self, command: Command, which: int, distance: int | None) -> None:
        self.tell(command, self.meant(which), distance)

    @rule(command=histories.verifying, which=picks, distance=distances)
    def verify(self, command: Command, which: int, distance: int | None) -> None:
        self.tell(command, self.meant(which), distance)

    @rule(command=histories.withdrawing, which=picks, distance=distances)
    def withdraw(self, command: Command, which: int, distance: int | None) -> None:
        self.tell(command, self.meant(which), distance)

    @rule(command=histories.redacting, which=picks, distance=distances)
    def redact(self, command: Command, which: int, distance: int | None) -> None:
        self.tell(command, self.meant(which), distance)

    @rule(command=histories.ordering)
    def order_the_pins(self, command: Command) -> None:
        self.tell(command)

    def meant(self, which: int) -> int:
        """A post from the newest back; one that there is not, where there are not so many."""
        return max(0, len(self.model.posts) - which)

    def tell(
        self, command: Command, number: int | None = None, distance: int | None = None
    ) -> None:
        """Both hear the command, and agree on whether it can be done."""
        known = self.model.posts.get(number or 0)
        seen = None if distance is None or known is None else known.revision + distance
        refusal = self.model.refusal(command, number, seen)
        before = self.entries()
        attempt = self.desk.do(command, number, seen=seen)
        if refusal:
            with pytest.raises(refusal):
                self.loop.run(attempt)
            assert self.entries() == before
            return
        self.model.take(command, number, self.desk.now + SECOND)
        receipt = self.loop.run(attempt)
        assert receipt.seq == self.model.seq == len(self.entries())
        assert receipt.revision == (number and self.model.posts[number].revision)

    @invariant()
    def the_log_folds_to_the_model(self) -> None:
        coverage: Coverage | None = None
        found: dict[str, Post] = {}
        pins = Pins()
        for record in self.loop.run(self.desk.log.read(self.desk.slug, 0, limit=10_000)):
            if record.event.subject == PINS:
                pins = pinning.fold(pins, record)
            elif subject := record.event.subject:
                found[subject] = posts.fold(found.get(subject), record)
            else:
                coverage = coverages.fold(coverage, record)
        assert coverage is not None
        for name in ("title", "summary", "language", "timezone", "status"):
            assert getattr(coverage, name) == getattr(self.model, name)
        assert {id_: told(post) for id_, post in found.items()} == {
            a_post_id(number): expected(post) for number, post in self.model.posts.items()
        }
        pinned = [post for post in found.values() if post.pinned]
        pinned.sort(key=lambda post: rank(pins, post.id, post.pin), reverse=True)
        assert [post.id for post in pinned] == list(map(a_post_id, self.model.pins))

    def entries(self) -> list[Entry]:
        return self.loop.run(self.desk.log.entries(self.desk.slug, 0, limit=10_000))


MARKS = ("order", "seq", "published_at", "updated_at", "key", "pinned", "revision", "status")


def told(post: Post) -> dict[str, Any]:
    said = {name: getattr(post.content, name) for name in ("blocks", "headline", "sources")}
    notes = [correction.note for correction in post.corrections]
    marks = {name: getattr(post, name) for name in MARKS}
    return {**marks, "said": said, "notes": notes, "reason": post.reason}


def expected(post: ModelPost) -> dict[str, Any]:
    marks = {name: getattr(post, name) for name in MARKS}
    return {**marks, "said": post.said, "notes": post.notes, "reason": post.reason}


class TestLife(Life.TestCase):
    """The domain and the model agree on every command and on what comes of it."""

    settings = settings(max_examples=120, stateful_step_count=50)
