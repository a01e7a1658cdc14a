"""What every log promises to those who append and read."""

import asyncio
from datetime import timedelta

import pytest

from builders import NOW, SLUG, a_post_id, a_reporter, opened, published
from dateline.domain.events import CoverageStatusChanged, PostPinned, PostUnpinned
from dateline.store.log import BATCH, EventLog, Once, VersionConflict

from .appending import add, seqs

pytestmark = pytest.mark.anyio


async def test_seq_counts_from_one_without_gaps(log: EventLog) -> None:
    """Each coverage counts its own events 1, 2, 3 …"""
    await add(log, opened())
    await add(log, opened("other"), slug="other")
    await add(log, published(1), published(2))
    await add(log, PostPinned(a_post_id(2)))
    assert await seqs(log) == [1, 2, 3, 4]
    assert await seqs(log, "other") == [1]


async def test_a_record_is_what_was_appended(log: EventLog) -> None:
    """Event, actor and time come back as they were given, to the microsecond."""
    await add(log, opened(), published())
    first, second = await log.read(SLUG, 0)
    assert (first.event, second.event) == (opened(), published())
    assert {first.actor, second.actor} == {a_reporter()}
    assert {first.time, second.time} == {NOW}
    assert first.id != second.id


@pytest.mark.parametrize("expected", [0, 1, 3, 99])
async def test_another_version_than_expected_is_a_conflict(log: EventLog, expected: int) -> None:
    """Who decided on another state than there is appends nothing."""
    await add(log, opened(), published(1))
    with pytest.raises(VersionConflict):
        await add(log, published(2), expected=expected)
    assert await seqs(log) == [1, 2]


async def test_one_of_many_wins_each_version(log: EventLog) -> None:
    """Of appends that expect the same version exactly one succeeds, and no seq is lost."""
    await add(log, opened())
    for version in range(1, 6):
        tries = [add(log, published(version * 100 + n), expected=version) for n in range(12)]
        results = await asyncio.gather(*tries, return_exceptions=True)
        assert results.count(None) == 1
        assert sum(isinstance(result, VersionConflict) for result in results) == 11
    assert await seqs(log) == [1, 2, 3, 4, 5, 6]


async def test_many_writers_that_try_again_all_get_in(log: EventLog) -> None:
    """Writers that race and try again leave one gapless order with every post in it once."""

    async def insist(n: int) -> None:
        while True:
            try:
                return await add(log, published(n)) and None
            except VersionConflict:
                continue

    await add(log, opened())
    await asyncio.gather(*(insist(n) for n in range(1, 21)))
    records = await log.read(SLUG, 0)
    assert [record.seq for record in records] == list(range(1, 22))
    assert {record.event.subject for record in records[1:]} == {a_post_id(n) for n in range(1, 21)}


async def test_a_key_happens_once(log: EventLog) -> None:
    """The same key again appends nothing and brings back what the first was answered."""
    await add(log, opened())
    first = Once("key", "print", b"answer")
    assert await add(log, published(1), once=first) is None
    assert await add(log, published(2), once=Once("key", "other", b"else")) == first
    assert await add(log, published(2), expected=77, once=Once("key", "other")) == first
    assert await log.recall("key") == first
    assert await seqs(log) == [1, 2]


async def test_a_key_counts_in_the_whole_log(log: EventLog) -> None:
    """A key that one coverage has used is used in every other."""
    first = Once("key", "print", b"answer")
    await add(log, opened(), once=first)
    assert await add(log, opened("other"), slug="other", once=Once("key", "print")) == first
    assert await seqs(log, "other") == []


async def test_a_key_is_kept_where_nothing_changed(log: EventLog) -> None:
    """A command that led to no event is remembered by its key, and moves no version."""
    await add(log, opened())
    first = Once("key", "print", b"answer")
    assert await add(log, once=first) is None
    assert await add(log, published(), once=Once("key", "print")) == first
    assert (await log.history(SLUG, [""])).version == 1


async def test_racing_with_one_key_appends_once(log: EventLog) -> None:
    """The same command sent twelve times at once is one event."""
    await add(log, opened())
    tries = [
        add(log, published(n), expected=1, once=Once("key", "print", b"%d" % n)) for n in range(12)
    ]
    results = await asyncio.gather(*tries)
    assert results.count(None) == 1
    assert len({result.answer for result in results if result}) == 1
    assert await seqs(log) == [1, 2]


async def test_an_unknown_key_is_not_recalled(log: EventLog) -> None:
    """A key of a conflict, or none at all, is not remembered."""
    with pytest.raises(VersionConflict):
        await add(log, opened(), expected=5, once=Once("key", "print"))
    assert await log.recall("key") is None


async def test_all_or_nothing(log: EventLog) -> None:
    """Where one of several events can't be stored, none is, and the key stays free."""
    await add(log, opened())
    broken = CoverageStatusChanged(status=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        await add(log, published(), broken, once=Once("key", "print"))
    assert await seqs(log) == [1]
    assert await log.recall("key") is None
    await add(log, published(), expected=1)


async def test_read_in_steps(log: EventLog) -> None:
    """`after` and `limit` cut the same order into pieces; entries and records agree."""
    await add(log, opened(), *(published(n) for n in range(1, 6)))
    whole = await log.read(SLUG, 0)
    for after in range(8):
        for limit in (1, 2, 100):
            piece = await log.read(SLUG, after, limit=limit)
            assert piece == whole[after : after + limit]
            entries = await log.entries(SLUG, after, limit=limit)
            assert [(entry.seq, entry.id) for entry in entries] == [
                (record.seq, record.id) for record in piece
            ]


async def test_no_read_is_endless(log: EventLog) -> None:
    """One read hands out a batch at most."""
    await add(log, opened(), *(published(n) for n in range(BATCH + 5)))
    assert len(await log.read(SLUG, 0)) == BATCH
    assert len(await log.entries(SLUG, BATCH)) == 6


async def test_history_is_of_its_subjects_alone(log: EventLog) -> None:
    """History holds what concerns the subjects, up to a seq, and says the coverage's version."""
    one, two = a_post_id(1), a_post_id(2)
    await add(log, opened(), published(1), published(2), PostPinned(one), PostPinned(two))
    await add(log, CoverageStatusChanged("live"), PostUnpinned(one))
    cases = {
        (("",), None): [1, 6],
        ((one,), None): [2, 4, 7],
        (("", one), 4): [1, 2, 4],
        (("", one, one, two), None): [1, 2, 3, 4, 5, 6, 7],
        ((two, a_post_id(9)), 99): [3, 5],
        ((one,), 0): [],
        ((), None): [],
    }
    for (subjects, upto), expected in cases.items():
        history = await log.history(SLUG, subjects, upto=upto)
        assert [record.seq for record in history.records] == expected
        assert history.version == 7


async def test_descriptions_are_of_coverages_alone(log: EventLog) -> None:
    """Of many coverages at once there is what concerns each itself, and nothing of their posts."""
    slugs = [f"c{n}" for n in range(BATCH + 5)]
    for slug in slugs:
        await add(log, opened(slug), published(1), CoverageStatusChanged("live"), slug=slug)
    found = await log.descriptions([*slugs, slugs[0], "nothing"])
    assert set(found) == {*slugs, "nothing"}
    assert all([record.seq for record in found[slug]] == [1, 3] for slug in slugs)
    assert all(record.coverage == slug for slug in slugs for record in found[slug])
    assert found["nothing"] == []
    assert await log.descriptions([]) == {}


async def test_what_is_not_there_is_empty(log: EventLog) -> None:
    """Asking for an unknown coverage is no error and makes none."""
    assert await log.read("nothing", 0) == []
    assert await log.entries("nothing", 0) == []
    assert (await log.history("nothing", [""])).version == 0
    assert log.seen("nothing") == 0
    assert await log.heads() == []


async def test_a_writer_sees_its_write(log: EventLog) -> None:
    """When an append is answered, `seen` is at least there."""
    for version in range(5):
        await add(log, opened() if version == 0 else published(version))
        assert log.seen(SLUG) == version + 1


async def test_heads_tell_how_far_each_is(log: EventLog) -> None:
    """The coverage that changed last comes first, with its version, posts and time."""
    for minute, slug in enumerate(("a", "b", "c")):
        await add(log, opened(slug), slug=slug, now=NOW + timedelta(minutes=minute))
    later = NOW + timedelta(hours=1)
    await add(log, published(1), published(2), PostPinned(a_post_id(1)), slug="a", now=later)
    heads = await log.heads()
    assert [(head.coverage, head.version, head.posts) for head in heads] == [
        ("a", 4, 2),
        ("c", 1, 0),
        ("b", 1, 0),
    ]
    assert heads[0].updated_at == later


async def test_no_pictures_are_known(log: EventLog) -> None:
    """Names that stand for files put there by hand are not among the editions."""
    assert await log.editions(["hall.webp", a_post_id(1)]) == {}
