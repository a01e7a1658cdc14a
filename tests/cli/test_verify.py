"""`dateline verify`: the chain holds, or the first event that does not fit is named."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from builders import Desk, a_post
from dateline.domain.commands import RedactPost
from dateline.store import codec
from dateline.store.database import FILE
from dateline.store.sqlite import open_log

from .conftest import Run, done, refused

# The coverage is opened (1), three posts are published (2 to 4), the first is taken down (5).
TAMPERED = {
    "words": ("payload = CAST(replace(CAST(payload AS TEXT), 'two', '2') AS BLOB)", 3, "payload"),
    "time": ("time = time + 1", 3, "chain does not fit"),
    "actor": ("actor = CAST('{}' AS BLOB)", 3, "chain does not fit"),
    "type": ("type = type || '0'", 4, "chain does not fit"),
    "digest": ("digest = zeroblob(32)", 3, "digest does not fit"),
    "link": ("chain = zeroblob(32)", 4, "chain does not fit"),
    "place": ("seq = 40", 4, "event 4 is missing"),
    "opening": ("payload = CAST('{}' AS BLOB)", 1, "payload was altered"),
}


@pytest.fixture(autouse=True)
def _coverages(data: Path) -> None:
    asyncio.run(_write(data))


async def _write(data: Path) -> None:
    async with open_log(data) as log:
        for slug in ("storm", "flood"):
            desk = Desk(log, slug)
            await desk.open()
            for number, word in enumerate(("one", "two", "three"), 1):
                await desk.do(a_post(f"Ferry {word} has left."), number)
        await Desk(log, "storm").do(RedactPost(), 1)


def test_a_chain_that_holds(run: Run) -> None:
    """Exit code 0, how many events there are, how many were taken down, and the last link."""
    told = done(run("verify", "storm"))
    assert "The chain holds: 5 events, the words of 1 taken down" in told
    assert len(told.split()[-1]) == 64
    assert done(run("verify", "storm")) == told
    assert "The chain holds: 4 events. Last link" in done(run("verify", "flood"))


@pytest.mark.parametrize("kind", TAMPERED)
def test_a_changed_event_is_named(run: Run, data: Path, kind: str) -> None:
    """Whatever was changed in it, and only in the coverage where it was."""
    change, seq, what = TAMPERED[kind]
    _tamper(data, f"UPDATE events SET {change} WHERE coverage = 'storm' AND seq = {seq}")
    refused(run("verify", "storm"), f"breaks at event {seq}", what, "backup")
    done(run("verify", "flood"))


@pytest.mark.parametrize("seq", [1, 3, 4])
def test_an_event_that_was_taken_out_is_named(run: Run, data: Path, seq: int) -> None:
    """At the beginning, in the middle, and at the end, where the chain alone could not tell."""
    _tamper(data, f"DELETE FROM events WHERE coverage = 'flood' AND seq = {seq}")
    refused(run("verify", "flood"), f"breaks at event {seq}", "missing", "backup")


def test_all_events_taken_out(run: Run, data: Path) -> None:
    """Nothing is left, and the head still tells that there was something."""
    _tamper(data, "DELETE FROM events WHERE coverage = 'storm'")
    refused(run("verify", "storm"), "breaks at event 1", "missing")


def test_words_taken_down_by_nobody(run: Run, data: Path) -> None:
    """A tombstone needs an event that says who put it there; one that was taken out is none."""
    _tamper(data, "DELETE FROM events WHERE coverage = 'storm' AND seq = 5")
    refused(run("verify", "storm"), "breaks at event 2", "no later event redacts")
    _tamper(data, "UPDATE events SET payload = ? WHERE coverage = 'flood' AND seq = 4",
            codec.tombstone())  # fmt: skip
    refused(run("verify", "flood"), "breaks at event 4", "no later event redacts")


def test_the_first_of_several_is_named(run: Run, data: Path) -> None:
    """The others may only follow from it."""
    _tamper(data, "UPDATE events SET time = time + 1 WHERE coverage = 'storm' AND seq >= 3")
    refused(run("verify", "storm"), "breaks at event 3")


def test_a_coverage_that_is_not_there(run: Run) -> None:
    """It is no intact chain of no events."""
    refused(run("verify", "draught"), "no coverage draught", "dateline coverage list")


def _tamper(data: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(data / FILE)) as connection, connection:
        assert connection.execute(statement, values).rowcount
