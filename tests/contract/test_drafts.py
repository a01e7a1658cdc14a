"""Drafts beside the log: one change at a time, ended by what publishes them, erased with it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from builders import NOW, SLUG, a_draft, a_post_id, a_reporter, opened, published
from dateline.domain.drafts import MAX_DRAFTS, Draft
from dateline.domain.errors import Conflict, Gone, Stale
from dateline.domain.events import PostRedacted
from dateline.domain.sketch import NOTHING
from dateline.store.database import FILE
from dateline.store.drafts import Drafts, SqliteDrafts
from dateline.store.log import EventLog, Once, Publication
from dateline.store.memory import MemoryEventLog
from dateline.store.memory_drafts import MemoryDrafts
from dateline.store.sqlite import SqliteEventLog, open_log

pytestmark = pytest.mark.anyio
ONE, TWO = a_post_id(1), a_post_id(2)


class Store(NamedTuple):
    log: EventLog
    drafts: Drafts


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "memory":
        drafts = MemoryDrafts()
        yield Store(MemoryEventLog(drafts), drafts)
        return
    async with open_log(tmp_path) as log:
        yield Store(log, SqliteDrafts(log.database, log.signals))


async def keep(store: Store, draft: Draft) -> None:
    await store.drafts.change(draft.coverage, draft.id, lambda _: draft)


async def publish(store: Store, version: int, *, expected: int = 1) -> Once | None:
    return await store.log.append(
        SLUG,
        [published(1)],
        expected=expected,
        actor=a_reporter(),
        now=NOW,
        once=Once("draft:1", "told", b"answer"),
        publication=Publication(ONE, version),
    )


async def open_coverage(store: Store) -> None:
    await store.log.append(SLUG, [opened()], expected=0, actor=a_reporter(), now=NOW)


async def test_what_is_kept_is_found(store: Store) -> None:
    """As it was; in lists by the time of filing; nothing of another coverage."""
    first = a_draft(2, filed_at=NOW - timedelta(minutes=1), comments=a_draft().comments)
    for draft in (a_draft(1), first, a_draft(3, coverage="storm")):
        await keep(store, draft)
    assert await store.drafts.find(SLUG, TWO) == first
    assert await store.drafts.find("storm", TWO) is None
    assert await store.drafts.listed(SLUG) == [first, a_draft(1)]
    assert await store.drafts.listed(SLUG, "submitted") == []
    assert {stamp.draft for stamp in await store.drafts.stamps(SLUG)} == {ONE, TWO}


async def test_a_refusal_changes_nothing(store: Store) -> None:
    """What `decide` raises comes out, and the draft is as it was; None discards it."""
    await keep(store, a_draft())

    def refuse(draft: Draft | None) -> Draft:
        raise Conflict("No.")

    with pytest.raises(Conflict):
        await store.drafts.change(SLUG, ONE, refuse)
    assert await store.drafts.find(SLUG, ONE) == a_draft()
    assert await store.drafts.change(SLUG, ONE, lambda _: None) is None
    assert await store.drafts.find(SLUG, ONE) is None


async def test_one_at_a_time(store: Store) -> None:
    """A hundred changes at once are a hundred changes."""
    await keep(store, a_draft())

    def count(draft: Draft | None) -> Draft:
        assert draft
        return replace(draft, version=draft.version + 1)

    await asyncio.gather(*(store.drafts.change(SLUG, ONE, count) for _ in range(100)))
    found = await store.drafts.find(SLUG, ONE)
    assert found
    assert found.version == 101


async def test_publishing_ends_the_draft(store: Store) -> None:
    """In the same step as the event; asked for again nothing happens."""
    await open_coverage(store)
    await keep(store, a_draft(version=4))
    assert await publish(store, 4) is None
    left = await store.drafts.find(SLUG, ONE)
    assert left
    assert (left.state, left.content, left.published_at) == ("published", NOTHING, NOW)
    assert await publish(store, 4) == Once("draft:1", "told", b"answer")
    assert store.log.seen(SLUG) == 2
    assert await store.drafts.listed(SLUG) == []
    assert await store.drafts.listed(SLUG, "published") == [left]


async def test_not_what_somebody_changed_meanwhile(store: Store) -> None:
    """A draft at another version: neither is it published, nor has it lost a word."""
    await open_coverage(store)
    await keep(store, a_draft(version=5))
    with pytest.raises(Stale) as caught:
        await publish(store, 4)
    assert caught.value.current == a_draft(version=5)
    assert await store.drafts.find(SLUG, ONE) == a_draft(version=5)
    assert len(await store.log.read(SLUG, 0)) == 1


async def test_what_is_due(store: Store) -> None:
    """What is scheduled for now or before, in all coverages, the earliest first."""
    times = {1: 0, 2: -60, 3: 1}
    for n, seconds in times.items():
        at = NOW + timedelta(seconds=seconds)
        await keep(store, a_draft(n, state="scheduled", publish_at=at, coverage=f"c-{n}"))
    await keep(store, a_draft(4, publish_at=NOW))
    assert [draft.id for draft in await store.drafts.due(NOW)] == [TWO, ONE]


async def test_not_more_than_there_may_be(store: Store) -> None:
    """Published ones do not count."""
    for n in range(MAX_DRAFTS):
        await keep(store, a_draft(n))
    await keep(store, a_draft(0, state="published"))
    await keep(store, a_draft(MAX_DRAFTS))
    with pytest.raises(Conflict, match=f"{MAX_DRAFTS} drafts"):
        await keep(store, a_draft(MAX_DRAFTS + 1))


async def test_a_takedown_erases_drafts(store: Store) -> None:
    """Of the post's own draft the words and comments go, and edits of it go whole."""
    await open_coverage(store)
    await keep(store, a_draft(version=1))
    await publish(store, 1)
    await keep(store, a_draft(2, post=ONE, based_on=1))
    await keep(store, a_draft(3))
    redaction = [PostRedacted(ONE, 2)]
    await store.log.append(SLUG, redaction, expected=2, actor=a_reporter(), now=NOW)
    left = await store.drafts.find(SLUG, ONE)
    assert left
    assert (left.content, left.comments) == (NOTHING, ())
    assert await store.drafts.listed(SLUG) == [a_draft(3)]


async def test_taken_down_words_leave_the_file(tmp_path: Path) -> None:
    """No byte of a draft's earlier versions, comments or edits is in the database afterwards."""
    async with open_log(tmp_path) as log:
        store = Store(log, SqliteDrafts(log.database, log.signals))
        await open_coverage(store)
        for version in range(1, 30):
            words = f"unspeakableword {version} " * version
            await keep(store, a_draft(version=version, text=words))
            await keep(store, a_draft(version + 1, text="Harmless"))
        await publish(store, 29)
        await keep(store, a_draft(40, text="unspeakableword", post=ONE, based_on=1))
        redaction = [PostRedacted(ONE, 2)]
        await log.append(SLUG, redaction, expected=2, actor=a_reporter(), now=NOW)
    for file in (FILE, f"{FILE}-wal"):
        content = (tmp_path / file).read_bytes() if (tmp_path / file).exists() else b""
        assert b"unspeakable" not in content, file


async def test_late_words_stay_out(tmp_path: Path) -> None:
    """A draft of a post that was taken down meanwhile is refused by the store itself."""
    async with open_log(tmp_path) as log:
        store = Store(log, SqliteDrafts(log.database, log.signals))
        await open_coverage(store)
        events = [published(1), PostRedacted(ONE, 2)]
        await log.append(SLUG, events, expected=1, actor=a_reporter(), now=NOW)
        for draft in (a_draft(1), a_draft(2, post=ONE, based_on=1)):
            with pytest.raises(Gone):
                await keep(store, draft)


async def test_another_process_hears_of_it(tmp_path: Path) -> None:
    """A change wakes who waits for it, in every process on the same data."""
    async with open_log(tmp_path) as log:
        other = await SqliteEventLog.open(tmp_path)
        ready = other.signals.ready(SLUG)
        await keep(Store(log, SqliteDrafts(log.database, log.signals)), a_draft())
        async with asyncio.timeout(5):
            await ready
        await other.close()
