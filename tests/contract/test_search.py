"""What was published can be found, by its words and in its order; what is gone can not."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from anyio import Event, create_task_group
from anyio.lowlevel import checkpoint

from builders import SLUG, Desk, a_post, a_post_id
from dateline.domain.blocks import Heading, Quote
from dateline.domain.commands import RedactPost, RevisePost, WithdrawPost
from dateline.domain.errors import Unavailable
from dateline.projections.searching import AT_ONCE, Searching
from dateline.store.database import FILE, Database
from dateline.store.fulltext import purge
from dateline.store.search import MARK, MARK_END, Findable, Hit, SearchIndex, query_of
from dateline.store.sqlite import SqliteEventLog, open_log

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_log(tmp_path) as log:
        made = Desk(log)
        await made.open()
        yield made


def searching(desk: Desk) -> Searching:
    assert isinstance(desk.log, SqliteEventLog)
    return Searching(desk.log, SearchIndex(desk.log.database))


async def found(desk: Desk, words: str, **how: Any) -> list[str]:
    return [hit.post for hit in await searching(desk).find(words, most=10, **how)]


class GatedIndex(SearchIndex):
    """An index whose answers wait until they may go; `asked` counts who waits for one."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.gate = Event()
        self.asked = 0

    async def find(self, words: str, **how: Any) -> list[Hit]:
        self.asked += 1
        await self.gate.wait()
        return await super().find(words, **how)


async def test_those_who_search_leave_room_for_those_who_write(desk: Desk) -> None:
    """However many search at once, few are in the database; the others are told to come back."""
    assert isinstance(desk.log, SqliteEventLog)
    await desk.do(a_post("The ferries stay."), 1)
    index = GatedIndex(desk.log.database)
    search = partial(Searching(desk.log, index, wait=0.2).find, "ferries", most=10)
    async with create_task_group() as tasks:
        for _ in range(AT_ONCE):
            tasks.start_soon(search)
        while index.asked < AT_ONCE:
            await checkpoint()
        with pytest.raises(Unavailable, match="Try again"):
            await search()
        assert index.asked == AT_ONCE
        index.gate.set()
    assert [hit.post for hit in await search()] == [a_post_id(1)]


async def test_every_kind_of_words(desk: Desk) -> None:
    """Headline, text, quotation and speaker; small or capital, with accents or without."""
    blocks = (Heading("What we know"), Quote("Nothing is agreed.", "Zoë Lindqvist", "Chair"))
    await desk.do(a_post(headline="Doors close", blocks=blocks), 1)
    await desk.do(a_post("The <em>ferries</em> stay &amp; wait"), 2)
    for words in ("doors CLOSE", "know", "agreed nothing", "zoe lindqvist", "chair"):
        assert await found(desk, words) == [a_post_id(1)], words
    assert await found(desk, "ferries wait") == [a_post_id(2)]
    assert await found(desk, "doors ferries") == []
    assert await found(desk, "em") == []


async def test_the_begin_of_the_last_word(desk: Desk) -> None:
    """Who has not finished typing finds all the same; from three letters on."""
    await desk.do(a_post("The communiqué is out."), 1)
    assert await found(desk, "the commun") == [a_post_id(1)]
    assert await found(desk, "commun the") == []
    assert await found(desk, "th") == []


async def test_in_all_but_some(desk: Desk) -> None:
    """What is looked for besides a coverage is looked for in all others."""
    other = Desk(desk.log, "elsewhere")
    await other.open()
    await desk.do(a_post("The ferries wait."), 1)
    await other.do(a_post("The ferries sail."), 2)
    assert await found(desk, "ferries", besides=[SLUG]) == [a_post_id(2)]
    assert await found(desk, "ferries", besides=[SLUG, "elsewhere"]) == []
    assert sorted(await found(desk, "ferries", besides=["nowhere"])) == [a_post_id(1), a_post_id(2)]


async def test_what_is_frequent(desk: Desk) -> None:
    """The index tells in how many posts a word stands, if in more than two: the archive's words."""
    for n in range(1, 5):
        await desk.do(a_post("Rain and more rain.", headline="Kraków" if n > 1 else "Ghent"), n)
    assert isinstance(desk.log, SqliteEventLog)
    index = SearchIndex(desk.log.database)
    await searching(desk).catch_up()
    assert await index.size() == 4
    assert await index.frequent() == {"rain": 4, "and": 4, "more": 4, "krakow": 3}


async def test_a_headline_counts_more(desk: Desk) -> None:
    """The post that is about it comes before the one that names it; what matched is marked."""
    await desk.do(a_post("Later they spoke of the weather, of fish and of the harbour."), 1)
    await desk.do(a_post("There was more of it than one thought.", headline="Fish"), 2)
    hits = await searching(desk).find("fish", most=10)
    assert [hit.post for hit in hits] == [a_post_id(2), a_post_id(1)]
    assert f"{MARK}fish{MARK_END}" in hits[1].snippet


@pytest.mark.parametrize(
    "words",
    ['"', "AND", "fish AND", "a OR b", "NEAR(a b)", "col:x", "-x", "(*)", "'; --", "\x00", ""],
)
async def test_operators_are_words(desk: Desk, words: str) -> None:
    """Whatever is typed is an answer, never an error of the database."""
    await desk.do(a_post("Fish."), 1)
    assert await found(desk, words) == []


async def test_a_revision_replaces_what_was(desk: Desk) -> None:
    """The new words are found and the old ones are not; a withdrawn post is not found at all."""
    await desk.do(a_post("It was four."), 1)
    assert await found(desk, "four") == [a_post_id(1)]
    await desk.do(RevisePost(blocks=a_post("It was five.").blocks, correction="Five."), 1, seen=1)
    assert await found(desk, "four") == []
    assert await found(desk, "five") == [a_post_id(1)]
    await desk.do(WithdrawPost("it came twice"), 1)
    assert await found(desk, "five") == []


async def test_one_coverage_or_all(desk: Desk) -> None:
    """In one coverage the others' posts are not found."""
    other = Desk(desk.log, "storm")
    await other.open()
    await other.do(a_post("Fish."), 1)
    await desk.do(a_post("Fish."), 2)
    assert await found(desk, "fish", coverage=SLUG) == [a_post_id(2)]
    assert len(await found(desk, "fish")) == 2


async def test_two_processes_index_one_log(desk: Desk) -> None:
    """Whoever comes second takes the other's work for done: no post is there twice."""
    one, two = searching(desk), searching(desk)
    for number in range(1, 6):
        await desk.do(a_post("Fish."), number)
        await one.catch_up()
        if number % 2:
            assert len(await two.find("fish", most=10)) == number


async def test_taken_down_words_leave_the_file(desk: Desk, tmp_path: Path) -> None:
    """After a takedown no byte of the words is in the index, however the parts were merged."""
    for number in range(1, 40):
        await desk.do(a_post(f"Word {number} unspeakableword"), number)
        if number % 7 == 0:
            await found(desk, "word")
    for number in range(1, 40):
        await desk.do(RedactPost(), number)
    for file in (FILE, f"{FILE}-wal"):
        content = (tmp_path / file).read_bytes() if (tmp_path / file).exists() else b""
        assert b"unspeakable" not in content, file
    assert await found(desk, "unspeakableword") == []


def test_a_query_of_many_words_is_cut() -> None:
    """Nobody makes the database work for an hour."""
    assert query_of("a " * 1000).count('"a"') == 12


async def test_no_number_of_takedowns_wears_the_index_out(desk: Desk) -> None:
    """After more of them than an index has levels for, all that stands is found, and can go."""
    assert isinstance(desk.log, SqliteEventLog)
    await desk.do(a_post("The ferries stay."), 1)
    assert await found(desk, "ferries") == [a_post_id(1)]

    def wear(connection: sa.Connection) -> None:
        put = "INSERT INTO full_text(rowid, body) VALUES (?, ?)"
        for n in range(1_000, 1_050):
            connection.exec_driver_sql(put, (n, " ".join(f"w{n}x{k}" for k in range(30))))
        for _ in range(600):
            connection.exec_driver_sql(put, (999, "secret"))
            purge(connection, "full_text")
            connection.exec_driver_sql("DELETE FROM full_text WHERE rowid = 999")
            purge(connection, "full_text")

    await desk.log.database.write(wear)
    assert await found(desk, "ferries") == [a_post_id(1)]
    await desk.do(RedactPost(), 1)
    assert await found(desk, "ferries") == []


async def test_what_was_read_before_a_takedown_stays_out(desk: Desk) -> None:
    """An index that is late brings no word back that was taken down while it read."""
    await desk.do(a_post("unspeakableword"), 1)
    assert isinstance(desk.log, SqliteEventLog)
    index = SearchIndex(desk.log.database)
    late = Findable(a_post_id(1), desk.now, "", "unspeakableword")
    await desk.do(RedactPost(), 1)
    assert await index.take(SLUG, 0, 2, [late])
    assert await index.find("unspeakableword", most=1) == []


async def test_a_damaged_coverage_hides_no_other(desk: Desk, tmp_path: Path) -> None:
    """Where one event can't be read, the posts of the other coverages are found all the same."""
    other = Desk(desk.log, "storm")
    await other.open()
    await other.do(a_post("Fish."), 1)
    await desk.do(a_post("Fish."), 2)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE events SET payload = x'00' WHERE coverage = 'storm'")
    assert await found(desk, "fish") == [a_post_id(2)]
