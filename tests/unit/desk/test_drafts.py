"""A draft's life at random, told twice: by the desk and by a plain model of the rules."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builders import SLUG, Desk, a_post_id, a_reporter, a_sketch
from dateline.desk import drafts as desk
from dateline.desk.drafts import Hand
from dateline.domain import drafts as rules
from dateline.domain.commands import ChangeStatus, DescribeCoverage, RedactPost
from dateline.domain.drafts import Change, Comment, Filing, colleague
from dateline.domain.errors import (
    Conflict,
    DatelineError,
    Gone,
    Invalid,
    NotFound,
    Stale,
)
from dateline.domain.events import PostPublished
from dateline.domain.sketch import Sketch
from dateline.store.memory import MemoryEventLog
from dateline.store.memory_drafts import MemoryDrafts
from unit.desk.draft_model import Model

REPORTER = Hand(a_reporter())
EDITOR = Hand(a_reporter(id="ed", name="Ed Baker"), reviews=True)
SECOND = Hand(a_reporter(id="eve", name="Eve Cole"), reviews=True)
hands = st.sampled_from([REPORTER, EDITOR, EDITOR, SECOND])
numbers = st.sampled_from([1, 1, 1, 2, 3])
texts = st.sampled_from(["One", "Two", "Three", ""])
# How far a device is from the newest version; mostly it has seen it.
distances = st.sampled_from([0, 0, 0, 0, 1, -1])
maybe = st.sampled_from([None, None, 0, 1])


def sketch(text: str) -> Sketch:
    """Complete, or without a text no post yet."""
    return a_sketch(text) if text else a_sketch(blocks=({"type": "paragraph"},))


class DraftLife(RuleBasedStateMachine):
    """Everything that can be done to a few drafts of a coverage, allowed or not."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.drafts = MemoryDrafts()
        self.desk = Desk(MemoryEventLog(self.drafts))
        self.model = Model()

    def teardown(self) -> None:
        self.loop.close()

    @initialize()
    def open(self) -> None:
        self.loop.run(self.desk.open())

    @rule(hand=hands, n=numbers, text=texts)
    def create(self, hand: Hand, n: int, text: str) -> None:
        expected = self.model.create(hand, n, text)
        filing = Filing(sketch(text))
        self.tell(
            expected,
            desk.create(
                self.desk.log, self.drafts, hand, SLUG, a_post_id(n), filing, self.desk.now
            ),
        )

    @rule(hand=hands, n=numbers, text=texts, distance=distances)
    def save(self, hand: Hand, n: int, text: str, distance: int) -> None:
        seen = self.model.version(n) - distance
        expected = self.model.save(hand, n, text, seen)
        filing = Filing(sketch(text))
        self.tell(
            expected,
            desk.save(self.drafts, hand, SLUG, a_post_id(n), filing, seen, self.desk.now),
        )

    @rule(
        hand=hands, n=numbers, what=st.sampled_from(["submit", "return", "unschedule", "approve"])
    )
    def move(self, hand: Hand, n: int, what: str) -> None:
        remark = Comment(str(self.model.steps), colleague(hand.actor), "No.", self.desk.now)
        now = self.desk.now
        change: Change = {
            "submit": lambda draft: rules.submit(draft, now=now),
            "return": lambda draft: rules.return_(draft, remark, now=now),
            "unschedule": lambda draft: rules.unschedule(draft, now=now),
            "approve": lambda draft: rules.approve(draft, hand.actor, now=now),
        }[what]
        self.tell(getattr(self.model, what.replace("return", "return_"))(hand, n), self.act(
            hand, n, change
        ))  # fmt: skip

    @rule(hand=hands, n=numbers, minutes=st.sampled_from([-1, 5, 60]), embargo=maybe)
    def schedule(self, hand: Hand, n: int, minutes: int, embargo: int | None) -> None:
        at = self.desk.now + timedelta(minutes=minutes)
        until = None if embargo is None else at + timedelta(minutes=embargo)
        expected = self.model.schedule(hand, n, minutes, embargo, until)
        now = self.desk.now
        self.tell(
            expected,
            self.act(hand, n, lambda draft: rules.schedule(draft, hand.actor, at, until, now=now)),
        )

    @rule(hand=hands, n=numbers, distance=st.sampled_from([None, None, 0, 1]))
    def publish(self, hand: Hand, n: int, distance: int | None) -> None:
        seen = None if distance is None else self.model.version(n) - distance
        expected = self.model.publish(hand, n, seen, self.desk.now)
        self.tell(
            expected,
            desk.publish(
                self.desk.log, self.drafts, hand, SLUG, a_post_id(n), seen=seen, now=self.desk.now
            ),
        )

    @rule(hand=hands, n=numbers, distance=distances)
    def discard(self, hand: Hand, n: int, distance: int) -> None:
        seen = self.model.version(n) - distance
        expected = self.model.discard(hand, n, seen)
        self.tell(expected, desk.discard(self.drafts, hand, SLUG, a_post_id(n), seen=seen))

    @rule(n=numbers)
    def take_down(self, n: int) -> None:
        self.tell(self.model.redact(n), self.desk.do(RedactPost(), n))

    @rule(status=st.sampled_from(["live", "ended"]))
    def change_status(self, status: Any) -> None:
        self.model.has_ended = status == "ended"
        self.loop.run(self.desk.do(ChangeStatus(status)))

    @rule(takes_two=st.booleans())
    def take_two(self, takes_two: bool) -> None:
        self.model.takes_two = takes_two
        self.loop.run(self.desk.do(DescribeCoverage(two_person=takes_two)))

    @invariant()
    def each_is_as_the_model_says(self) -> None:
        listed = self.loop.run(self.drafts.listed(SLUG))
        listed += self.loop.run(self.drafts.listed(SLUG, "published"))
        found = {one.id: (one.version, one.state, one.content) for one in listed}
        expected = {
            a_post_id(n): (one.version, one.state, one.text) for n, one in self.model.drafts.items()
        }
        assert found == {
            draft: (version, state, Sketch() if text is None else sketch(text))
            for draft, (version, state, text) in expected.items()
        }

    @invariant()
    def each_is_published_once(self) -> None:
        records = self.loop.run(self.desk.log.read(SLUG, 0))
        posts = [one.event.post for one in records if isinstance(one.event, PostPublished)]
        assert len(posts) == len(set(posts))
        redacted = {a_post_id(n) for n in self.model.redacted}
        assert set(posts) == {a_post_id(n) for n in self.model.published} - redacted

    def act(self, hand: Hand, n: int, change: Change) -> Awaitable[object]:
        return desk.act(self.drafts, hand, SLUG, a_post_id(n), change)

    def tell(self, expected: type[DatelineError] | None, doing: Awaitable[object]) -> None:
        self.desk.now += timedelta(minutes=1)
        self.model.steps += 1

        # Caught within the loop: the error would hold the loop's task, and that the desk's lock.
        async def refusal() -> type[DatelineError] | None:
            try:
                await doing
            except (Conflict, Gone, Invalid, NotFound, Stale) as error:
                return type(error)
            return None

        assert self.loop.run(refusal()) is expected


class TestDraftLife(DraftLife.TestCase):
    """Desk and model agree on every action, on what comes of it, and on each refusal."""

    settings = settings(max_examples=60, stateful_step_count=30)
