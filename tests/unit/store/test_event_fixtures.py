"""What was once written stays readable for ever: a fixture for each version of each event.

A fixture is never changed. A new version of an event gets a new file and an upcast.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builders import NOW, SLUG, a_reporter
from dateline.domain.events import CoverageDescribed, CoverageOpened, Event, Tombstone
from dateline.domain.terms import terms_of
from dateline.store import codec
from unit.store.every_event import EVERY_EVENT

FIXTURES = sorted((Path(__file__).parent / "events").glob("*.json"))

WITH_TERMS = sorted((Path(__file__).parent / "events" / "terms").glob("*.json"))


def entry_of(fixture: dict[str, Any], type_: str) -> codec.Entry:
    payload = json.dumps(
        fixture["payload"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
    return codec.Entry(
        coverage=SLUG,
        seq=1,
        id="id",
        subject=subject_of(fixture["payload"]),
        type=type_,
        time=codec.to_micros(NOW),
        actor=msgspec.json.encode(a_reporter(), order="sorted"),
        payload=payload,
        digest=bytes.fromhex(fixture["digest"]),
        chain=b"",
    )


def subject_of(payload: dict[str, Any]) -> str:
    whole = {"briefing": "briefing", "choices": "topics", "posts": "pins"}
    found = next((subject for field, subject in whole.items() if field in payload), None)
    return found or str(payload.get("post", ""))


def test_every_event_has_a_fixture() -> None:
    """Each type in its present version is kept, so that no change of it goes unnoticed."""
    kinds = {kind.__name__ for kind in Event.__args__ if kind is not Tombstone}
    assert {f"{kind}.{codec.VERSION}" for kind in kinds} <= {path.stem for path in FIXTURES}
    assert kinds == set(EVERY_EVENT)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_stays_readable(path: Path) -> None:
    """What was written then reads as the event of today, and has the digest it had then."""
    name, version = path.stem.split(".")
    entry = entry_of(json.loads(path.read_text("utf-8")), f"{name}/{version}")
    assert hashlib.sha256(entry.payload).digest() == entry.digest
    assert codec.decode(entry).event == EVERY_EVENT[name]


@pytest.mark.parametrize("path", WITH_TERMS, ids=lambda path: path.stem)
def test_terms_came_later(path: Path) -> None:
    """Events of coverages got terms without a new version: with them, and all of them, they are
    read and written as when the fixture was made."""
    name, version = path.stem.split(".")
    entry = entry_of(json.loads(path.read_text("utf-8")), f"{name}/{version}")
    event = codec.decode(entry).event
    assert isinstance(event, CoverageOpened | CoverageDescribed)
    assert all(terms_of(event).values())
    assert hashlib.sha256(msgspec.json.encode(event, order="sorted")).digest() == entry.digest


@pytest.mark.parametrize("name", EVERY_EVENT)
def test_an_event_is_written_as_ever(name: str) -> None:
    """The present version is written with the same bytes as when its fixture was made."""
    path = next(path for path in FIXTURES if path.stem == f"{name}.{codec.VERSION}")
    (entry,) = codec.encode(
        SLUG,
        [("id", EVERY_EVENT[name])],
        version=0,
        chain=codec.genesis(SLUG),
        actor=a_reporter(),
        now=NOW,
    )
    assert entry.digest.hex() == json.loads(path.read_text("utf-8"))["digest"]
