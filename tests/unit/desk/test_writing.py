"""The one way in: once per key, decided on what there is, and again if somebody was faster."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest
from anyio.lowlevel import checkpoint

from builders import NOW, SLUG, Desk, a_paragraph, a_post, a_post_id, a_reporter, a_source
from dateline.desk.writing import ATTEMPTS, fingerprint, meet
from dateline.domain.commands import (
    ChangeStatus,
    ChangeVerification,
    Command,
    DescribeCoverage,
    MarkKeyEvent,
    PinPost,
    RedactPost,
    RevisePost,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.decide import decide
from dateline.domain.errors import (
    Conflict,
    DatelineError,
    Gone,
    KeyReused,
    NotFound,
    Stale,
    Unavailable,
)
from dateline.domain.events import Event, Record
from dateline.domain.people import Actor
from dateline.store.log import Once, Publication
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


class BusyLog(MemoryEventLog):
    """A log to which another process writes, too: a command just before each append of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.rivals: list[tuple[Command, int | None]] = []
        self.attempts = 0
        self.loses_answer = False

    async def append(
        self,
        coverage: str,
        events: Sequence[Event],
        *,
        expected: int,
        actor: Actor,
        now: datetime,
        once: Once | None = None,
        publication: Publication | None = None,
    ) -> Once | None:
        self.attempts += 1
        if self.rivals:
            await self._written_elsewhere(*self.rivals.pop(0))
        await checkpoint()
        earlier = await super().append(
            coverage,
            events,
            expected=expected,
            actor=actor,
            now=now,
            once=once,
            publication=publication,
        )
        if self.loses_answer:
            self.loses_answer = False
            raise Unavailable("The disk answered too late.")
        return earlier

    async def _written_elsewhere(self, command: Command, post: int | None) -> None:
        subject = await meet(self, SLUG, post and a_post_id(post))
        events = decide(subject, command)
        await super().append(SLUG, events, expected=subject.version, actor=a_reporter(), now=NOW)


@pytest.fixture
def log() -> BusyLog:
    return BusyLog()


@pytest.fixture
async def desk(log: BusyLog) -> Desk:
    made = Desk(log)
    await made.open()
    await made.do(a_post(headline="A", sources=(a_source(), a_source(name="B"))), 1)
    return made


async def records(desk: Desk) -> list[Record]:
    return await desk.log.read(desk.slug, 0)


EVERY_COMMAND = [
    (a_post(), 2),
    (RevisePost(headline="B", key=True, correction="It was B."), 1),
    (PinPost(), 1),
    (MarkKeyEvent(), 1),
    (ChangeVerification("confirmed"), 1),
    (WithdrawPost("It was wrong."), 1),
    (RedactPost(), 1),
    (ChangeStatus("live"), None),
    (DescribeCoverage(title="Day two"), None),
]


@pytest.mark.parametrize(("command", "post"), EVERY_COMMAND)
async def test_sent_again_it_is_answered_again(
    desk: Desk, command: Command, post: int | None
) -> None:
    """The same key with the same request has the first receipt, however often and however late."""
    first = await desk.do(command, post, key="k", fingerprint="f")
    before = await records(desk)
    assert await desk.do(command, post, key="k", fingerprint="f") == first
    assert await records(desk) == before
    await desk.do(a_post(), 9)
    assert await desk.do(command, post, key="k", fingerprint="f") == first


@pytest.mark.parametrize(("command", "post"), EVERY_COMMAND)
async def test_a_key_is_for_one_request(desk: Desk, command: Command, post: int | None) -> None:
    """The same key with another request is refused, whatever it asks for, and changes nothing."""
    await desk.do(a_post(), 9, key="k", fingerprint="f")
    before = await records(desk)
    with pytest.raises(KeyReused, match="new key"):
        await desk.do(command, post, key="k", fingerprint="g")
    assert await records(desk) == before


async def test_what_changed_nothing_is_remembered_too(desk: Desk) -> None:
    """A command that was no event is answered the same when things have changed meanwhile."""
    first = await desk.do(UnpinPost(), 1, key="k", fingerprint="f")
    assert (first.seq, first.revision) == (2, 1)
    await desk.do(PinPost(), 1)
    assert await desk.do(UnpinPost(), 1, key="k", fingerprint="f") == first
    assert len(await records(desk)) == 3


async def test_a_refusal_is_not_remembered(desk: Desk) -> None:
    """A refused key is free: the same request goes through once the rules allow it."""
    await desk.do(ChangeStatus("ended"))
    with pytest.raises(Conflict):
        await desk.do(a_post(), 2, key="k", fingerprint="f")
    await desk.do(ChangeStatus("live"))
    assert (await desk.do(a_post(), 2, key="k", fingerprint="f")).seq == 5


async def test_a_lost_answer_is_found_again(desk: Desk, log: BusyLog) -> None:
    """What was stored without an answer is there once, when the client sends it again."""
    log.loses_answer = True
    with pytest.raises(Unavailable):
        await desk.do(a_post(), 2, key="k", fingerprint="f")
    receipt = await desk.do(a_post(), 2, key="k", fingerprint="f")
    assert (receipt.seq, receipt.post, receipt.revision) == (3, a_post_id(2), 1)
    assert len(await records(desk)) == 3


async def test_one_key_from_many_hands_is_one_event(desk: Desk) -> None:
    """The same request many times at once is carried out once, and all get the one receipt."""
    tries = [desk.do(a_post(), 2, key="k", fingerprint="f") for _ in range(8)]
    receipts = await asyncio.gather(*tries)
    assert len(set(receipts)) == 1
    assert len(await records(desk)) == 3


async def test_many_writers_each_have_their_place(desk: Desk) -> None:
    """Writes at once lose nothing: each receipt names the seq of its own event."""
    receipts = await asyncio.gather(*(desk.do(a_post(), number) for number in range(2, 22)))
    found = await records(desk)
    assert [record.seq for record in found] == list(range(1, 23))
    for number, receipt in enumerate(receipts, 2):
        assert found[receipt.seq - 1].event.subject == a_post_id(number) == receipt.post


@pytest.mark.parametrize("rivals", [1, 2, ATTEMPTS - 1])
async def test_who_was_slower_tries_again(desk: Desk, log: BusyLog, rivals: int) -> None:
    """If another process was faster, the command meets what is there now, and comes after it."""
    log.attempts = 0
    log.rivals = [(a_post(), 100 + n) for n in range(rivals)]
    receipt = await desk.do(RevisePost(headline="B"), 1)
    assert (receipt.seq, receipt.revision) == (3 + rivals, 2)
    assert log.attempts == rivals + 1
    assert len(await records(desk)) == receipt.seq


async def test_it_does_not_try_for_ever(desk: Desk, log: BusyLog) -> None:
    """Who is always too slow is told to come again: nothing was stored, and the key is free."""
    log.rivals = [(a_post(), 100 + n) for n in range(ATTEMPTS)]
    with pytest.raises(Unavailable, match="Send again"):
        await desk.do(RevisePost(headline="B"), 1, key="k", fingerprint="f")
    found = await records(desk)
    assert len(found) == 2 + ATTEMPTS
    assert {record.event.subject for record in found[2:]} == {
        a_post_id(100 + n) for n in range(ATTEMPTS)
    }
    assert (await desk.do(RevisePost(headline="B"), 1, key="k", fingerprint="f")).revision == 2


@pytest.mark.parametrize(
    ("faster", "command", "post", "refusal"),
    [
        ((ChangeStatus("ended"), None), a_post(), 2, Conflict),
        ((a_post(), 2), a_post(), 2, Conflict),
        ((WithdrawPost("Wrong."), 1), PinPost(), 1, Conflict),
        ((RedactPost(), 1), RevisePost(headline="B"), 1, Gone),
        ((RevisePost(headline=None), 1), MarkKeyEvent(), 1, Conflict),
        ((RevisePost(sources=()), 1), ChangeVerification("wrong", 0), 1, Conflict),
    ],
)
async def test_trying_again_is_deciding_again(
    desk: Desk,
    log: BusyLog,
    faster: tuple[Command, int | None],
    command: Command,
    post: int | None,
    refusal: type[DatelineError],
) -> None:
    """What the rival's change forbids is refused, though it was allowed a moment before."""
    log.rivals = [faster]
    with pytest.raises(refusal):
        await desk.do(command, post)
    assert len(await records(desk)) == 3


async def test_the_first_post_elsewhere_fixes_the_language(log: BusyLog) -> None:
    """A language is not changed under a post that came in the same moment."""
    desk = Desk(log)
    await desk.open()
    log.rivals = [(a_post(), 1)]
    with pytest.raises(Conflict, match="language"):
        await desk.do(DescribeCoverage(language="fr"))
    assert len(await records(desk)) == 2


async def test_who_named_their_revision_is_not_put_over_another(desk: Desk, log: BusyLog) -> None:
    """A rival's words are never overwritten by somebody who has not seen them."""
    log.rivals = [(RevisePost(blocks=(a_paragraph("Theirs"),)), 1)]
    with pytest.raises(Stale, match="revision 2"):
        await desk.do(RevisePost(blocks=(a_paragraph("Ours"),)), 1, seen=1)
    assert (await meet(log, SLUG, a_post_id(1))).post.content.blocks == (a_paragraph("Theirs"),)  # type: ignore[union-attr]


async def test_who_named_no_revision_changes_what_is_there(desk: Desk, log: BusyLog) -> None:
    """Without a revision only the given fields change, on top of what the rival wrote."""
    log.rivals = [(RevisePost(blocks=(a_paragraph("Theirs"),)), 1)]
    assert (await desk.do(RevisePost(headline="Ours"), 1)).revision == 3
    post = (await meet(log, SLUG, a_post_id(1))).post
    assert post
    assert (post.content.headline, post.content.blocks) == ("Ours", (a_paragraph("Theirs"),))


@pytest.mark.parametrize("seen", [0, 2, -1, 10**9])
async def test_only_the_newest_revision_can_be_changed(desk: Desk, seen: int) -> None:
    """A revision that is over, or that there never was, is refused for every command."""
    before = await records(desk)
    for command in (RevisePost(headline="B"), PinPost(), WithdrawPost("x"), RedactPost()):
        with pytest.raises(Stale):
            await desk.do(command, 1, seen=seen)
    assert await records(desk) == before


async def test_a_receipt_tells_seq_and_revision(desk: Desk) -> None:
    """Seq is that of the command's last event, revision that of the post's words."""
    receipt = await desk.do(RevisePost(headline="B", key=True, pinned=True), 1)
    assert (receipt.coverage, receipt.seq, receipt.post, receipt.revision) == (
        SLUG, 5, a_post_id(1), 2,
    )  # fmt: skip
    assert (await desk.do(UnpinPost(), 1)).revision == 2
    assert (await desk.do(ChangeVerification("wrong"), 1)).revision == 4
    receipt = await desk.do(ChangeStatus("live"))
    assert (receipt.post, receipt.revision) == (None, None)


async def test_each_event_has_its_actor_and_time(desk: Desk) -> None:
    """All events of one command bear the time and the actor of that command."""
    await desk.do(RevisePost(headline="B", key=True, pinned=True), 1)
    last = (await records(desk))[-3:]
    assert {(record.actor, record.time) for record in last} == {(a_reporter(), desk.now)}


async def test_coverages_do_not_wait_for_each_other(log: BusyLog) -> None:
    """Writers in two coverages at once both get through, each with seqs of its own."""
    desks = [Desk(log, slug) for slug in ("a", "b")]
    await asyncio.gather(*(desk.open() for desk in desks))
    receipts = await asyncio.gather(*(desk.do(a_post(), 1) for desk in desks))
    assert [(receipt.coverage, receipt.seq) for receipt in receipts] == [("a", 2), ("b", 2)]


async def test_nothing_is_written_where_nothing_is(log: BusyLog) -> None:
    """A command for an unknown coverage leaves no trace of it, nor of its key."""
    with pytest.raises(NotFound):
        await Desk(log, "nowhere").do(a_post(), 1, key="k")
    assert await log.heads() == []
    assert await log.recall("k") is None


def test_fingerprints_tell_parts_apart() -> None:
    """Moving a byte from one part to the next makes another fingerprint."""
    assert fingerprint(b"ab", b"c") == fingerprint(b"ab", b"c")
    assert len({fingerprint(b"ab", b"c"), fingerprint(b"a", b"bc"), fingerprint(b"abc")}) == 3
