"""A takedown in an append-only log: the words go, the chain stays."""

import pytest

from builders import SLUG, a_content, a_post_id, opened, published
from dateline.domain.events import (
    Event,
    PostCorrected,
    PostPinned,
    PostRedacted,
    PostRevised,
    PostWithdrawn,
    Tombstone,
    VerificationChanged,
)
from dateline.store import codec
from dateline.store.chain import verify_log
from dateline.store.log import EventLog, VersionConflict

from .appending import add

pytestmark = pytest.mark.anyio
ONE, TWO = a_post_id(1), a_post_id(2)
LIFE: list[Event] = [
    opened(),
    published(1, "SECRET one"),
    published(2, "Innocent"),
    PostRevised(ONE, 2, a_content("SECRET two")),
    PostPinned(ONE),
    PostCorrected(ONE, 3, a_content("SECRET three"), note="SECRET note"),
    VerificationChanged(ONE, 4, 0, "wrong"),
    PostWithdrawn(ONE, 5, reason="SECRET reason"),
    PostWithdrawn(TWO, 2, reason="Innocent reason"),
]
WITH_WORDS = {2, 4, 6, 8}


async def test_the_words_of_that_post_go(log: EventLog) -> None:
    """All payloads with words of the post become tombstones; every other stays as it was."""
    await add(log, *LIFE)
    before = await log.entries(SLUG, 0)
    await add(log, PostRedacted(ONE, 6, reason="A court order"))
    after = await log.entries(SLUG, 0)
    assert b"SECRET" in b"".join(entry.payload for entry in before)
    assert b"SECRET" not in b"".join(entry.payload for entry in after)
    for old, new in zip(before, after, strict=False):
        gone = old.seq in WITH_WORDS
        assert new.payload == (codec.tombstone() if gone else old.payload)
        assert (new.digest, new.chain) == (old.digest, old.chain)


async def test_the_chain_still_verifies(log: EventLog) -> None:
    """After a takedown the chain holds, and says how many events lost their words."""
    await add(log, *LIFE)
    await add(log, PostRedacted(ONE, 6))
    verdict = await verify_log(log, SLUG)
    assert (verdict.fault, verdict.seq, verdict.redacted) == (None, 10, 4)


async def test_readers_find_tombstones(log: EventLog) -> None:
    """Read, history and follow hand out a tombstone that only says whose it is."""
    await add(log, *LIFE)
    await add(log, PostRedacted(ONE, 6))
    for records in (await log.read(SLUG, 0), (await log.history(SLUG, ["", ONE, TWO])).records):
        stones = {record.seq for record in records if record.event == Tombstone(ONE)}
        assert stones == WITH_WORDS
    async for followed in log.follow(SLUG, 0):
        assert followed == await log.read(SLUG, 0)
        break


async def test_words_published_in_the_same_append_go_too(log: EventLog) -> None:
    """A post that is published and redacted by one append leaves no words either."""
    await add(log, opened(), published(1, "SECRET"), PostRedacted(ONE, 2))
    assert b"SECRET" not in b"".join(entry.payload for entry in await log.entries(SLUG, 0))
    assert (await verify_log(log, SLUG)).fault is None


async def test_a_takedown_that_is_refused_takes_nothing(log: EventLog) -> None:
    """An append that fails leaves the words where they are."""
    await add(log, *LIFE)
    before = await log.entries(SLUG, 0)
    with pytest.raises(VersionConflict):
        await add(log, PostRedacted(ONE, 6), expected=1)
    broken = PostWithdrawn(TWO, 3, reason=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        await add(log, PostRedacted(ONE, 6), broken)
    assert await log.entries(SLUG, 0) == before


async def test_a_takedown_stays_in_its_coverage(log: EventLog) -> None:
    """A post of the same id in another coverage keeps its words."""
    await add(log, opened(), published(1))
    await add(log, opened("other"), published(1, "Kept"), slug="other")
    await add(log, PostRedacted(ONE, 2))
    assert b"Kept" in (await log.entries("other", 1))[0].payload
