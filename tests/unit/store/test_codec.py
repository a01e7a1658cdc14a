"""Events as bytes."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import NOW, SLUG, a_content, a_post_id, a_reporter, published
from dateline.domain.errors import Damaged
from dateline.domain.events import Event, PostRevised, Tombstone
from dateline.domain.people import Actor
from dateline.store import codec
from unit.strategies import actors, any_event, moments


def encoded(*events: Event, actor: Actor | None = None, now: datetime = NOW) -> list[codec.Entry]:
    return codec.encode(
        SLUG,
        [(f"id-{n}", event) for n, event in enumerate(events)],
        version=0,
        chain=codec.genesis(SLUG),
        actor=actor or a_reporter(),
        now=now,
    )


@given(any_event, actors, moments)
def test_round_trip(event: Event, actor: Actor, now: datetime) -> None:
    """Every event comes back from its bytes as it was, with its actor and its microsecond."""
    (entry,) = encoded(event, actor=actor, now=now)
    record = codec.decode(entry)
    assert (record.event, record.actor, record.time) == (event, actor, now)
    assert (record.coverage, record.seq, record.id) == (SLUG, 1, "id-0")
    assert entry.subject == event.subject


@given(any_event)
def test_payloads_are_canonical(event: Event) -> None:
    """A payload is sorted JSON without white space: another program makes the same bytes of it."""
    (entry,) = encoded(event)
    again = json.dumps(
        json.loads(entry.payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert again.encode() == entry.payload


@given(any_event)
def test_encoding_is_deterministic(event: Event) -> None:
    """The same event is the same bytes, also after it was read back."""
    (entry,) = encoded(event)
    assert encoded(event) == [entry]
    assert encoded(codec.decode(entry).event) == [entry]


@given(st.lists(any_event, min_size=2, max_size=5))
def test_every_link_binds_the_one_before(events: list[Event]) -> None:
    """The chain goes on from what was there, in one append or in several."""
    whole = encoded(*events)
    first = whole[0]
    rest = codec.encode(
        SLUG,
        [(f"id-{n}", event) for n, event in enumerate(events[1:], 1)],
        version=1,
        chain=first.chain,
        actor=a_reporter(),
        now=NOW,
    )
    assert [first, *rest] == whole
    assert len({entry.chain for entry in whole}) == len(events)


def test_the_chain_belongs_to_its_coverage() -> None:
    """The same events in another coverage have another chain."""
    assert codec.genesis("a") != codec.genesis("b")


@given(moments)
def test_times_are_whole_microseconds(moment: datetime) -> None:
    """A time becomes a number and back without losing anything."""
    assert codec.from_micros(codec.to_micros(moment)) == moment
    assert codec.from_micros(codec.to_micros(moment)).tzinfo is UTC


def test_a_tombstone_says_only_whose_it_is() -> None:
    """A payload whose words are gone reads as a tombstone of its post."""
    entry = replace(encoded(published())[0], payload=codec.tombstone())
    assert codec.decode(entry).event == Tombstone(a_post_id())


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "PostEaten/1"},
        {"type": "PostPublished/2"},
        {"type": ""},
        {"payload": b""},
        {"payload": b"{}"},
        {"payload": b"\xff"},
        {"payload": b"[]"},
        {"actor": b"{}"},
    ],
)
def test_what_can_not_be_read_is_damaged(changes: dict[str, object]) -> None:
    """An unreadable entry is an error that names the event and how to check the log."""
    entry = replace(encoded(PostRevised(a_post_id(), 2, a_content()))[0], **changes)
    with pytest.raises(Damaged, match=f"Event 1 of {SLUG}.*dateline verify {SLUG}"):
        codec.decode(entry)
