"""No post is ever lost, doubled or out of place, whatever happens on the way.

Random schedules instead of examples: in each, a reporter writes to a coverage, twenty readers
come and go, and the server is killed under them. Ten schedules share a server and its deaths.

`DATELINE_SCHEDULES` says how many schedules, `DATELINE_SEED` with which seed they begin; to
repeat a round that failed: `DATELINE_SCHEDULES=10 DATELINE_SEED=<its seed> pytest …`.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from integration.history import Entry, check_chain, read_events
from integration.pages import Page, read_page
from integration.readers import Reader, Witness
from integration.server import Server, serving
from integration.writers import Acknowledged, Line, Writer

pytestmark = pytest.mark.anyio

TOGETHER = 10
READERS = 20
KILLS = 3
ROUND_SECONDS = 90.0
SCHEDULES = int(os.environ.get("DATELINE_SCHEDULES", "200"))
FIRST_SEED = int(os.environ.get("DATELINE_SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + -(-SCHEDULES // TOGETHER))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data: Path = tmp_path_factory.mktemp("lossless") / "data"
    with serving(data) as running:
        yield running


@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_is_lost_doubled_or_reordered(seed: int, server: Server, token: str) -> None:
    """Every reader ends with the page's posts, byte for byte, and every acknowledged write is
    in the log exactly once, although the server is killed and the readers are unreliable."""
    rng = random.Random(seed)
    _choose(server, rng)
    server.restart()
    pulse = Pulse()
    schedules = [Schedule(server, token, seed, n, pulse) for n in range(TOGETHER)]
    async with asyncio.timeout(ROUND_SECONDS), asyncio.TaskGroup() as tasks:
        tasks.create_task(_kill(server, rng, pulse, sum(one.writes for one in schedules)))
        for one in schedules:
            tasks.create_task(one.run())
    for one in schedules:
        with one.told("at the end"):
            await one.check()
    verified = await asyncio.to_thread(server.command, "verify", rng.choice(schedules).slug)
    assert verified.returncode == 0, f"seed {seed}: {verified.stdout}{verified.stderr}"


class Pulse:
    """Counts acknowledged writes, so that deaths come in the midst of work, not after a time."""

    def __init__(self) -> None:
        self.count = 0
        self._beat = asyncio.Event()

    def beat(self) -> None:
        self.count += 1
        self._beat.set()

    async def reaches(self, count: int) -> None:
        while self.count < count:
            self._beat.clear()
            await self._beat.wait()


def _choose(server: Server, rng: random.Random) -> None:
    """One process or two, streams taken over or not: no reader may notice."""
    server.settings = {
        "DATELINE_WORKERS": rng.choice(["1", "2"]),
        "DATELINE_TAKEOVER": rng.choice(["true", "true", "false"]),
    }


async def _kill(server: Server, rng: random.Random, pulse: Pulse, writes: int) -> None:
    for moment in sorted(rng.sample(range(5, writes - 5), KILLS)):
        await pulse.reaches(moment)
        await asyncio.sleep(rng.uniform(0, 0.02))
        # Mostly without a goodbye; a deployment's polite end has to be as lossless.
        end = server.stop if rng.random() < 0.2 else server.kill
        await asyncio.to_thread(end)
        await asyncio.sleep(rng.uniform(0, 0.1))
        _choose(server, rng)
        await asyncio.to_thread(server.start)


class Schedule:
    """One coverage with its writer and its readers."""

    def __init__(self, server: Server, token: str, seed: int, n: int, pulse: Pulse) -> None:
        self.slug = f"s{seed}-{n}"
        rng = random.Random(self.slug)
        self.writes = rng.choice((12, 25, 50, 100))
        self._port = server.port
        self._line = Line(server.port, token)
        self._writer = Writer(self._line, self.slug, rng, pulse.beat)
        self._witness = Witness()
        self._readers = [
            Reader(server.port, self.slug, random.Random(f"{self.slug} {k}"), self._witness)
            for k in range(READERS)
        ]

    async def run(self) -> None:
        """Write and read until everything is written and has come to everybody."""
        final: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        async with self._line, asyncio.TaskGroup() as tasks:
            with self.told("the writer"):
                await self._writer.open()
                for k in range(READERS):
                    tasks.create_task(self._read(k, final))
                await self._writer.run(self.writes)
            final.set_result(self._writer.seq)

    async def check(self) -> None:
        """Hold readers, page and log against each other."""
        page = await read_page(self._port, self.slug)
        assert page.seq == self._writer.seq, f"the page is at {page.seq} of {self._writer.seq}"
        for k, reader in enumerate(self._readers):
            with self.told(f"reader {k}", *reader.path):
                _same(reader, page)
        assert set(page.articles) >= set(self._writer.drafts), "posts are missing on the page"
        entries = await read_events(self._port, self.slug)
        _once_each(entries, self._writer.done)
        check_chain(self.slug, entries)

    @contextmanager
    def told(self, who: str, *path: str) -> Iterator[None]:
        """Say in a failure whose it is and what led to it."""
        try:
            yield
        except Exception as error:
            error.add_note(f"schedule {self.slug}, {who}")
            for line in path:
                error.add_note(f"  {line}")
            raise

    async def _read(self, k: int, final: "asyncio.Future[int]") -> None:
        try:
            await self._readers[k].run(final)
        except Exception as error:
            path = "\n  ".join(self._readers[k].path)
            error.add_note(f"schedule {self.slug}, reader {k}:\n  {path}")
            raise


def _same(reader: Reader, page: Page) -> None:
    view = reader.view
    assert set(view.posts) == set(page.articles), "other posts than the page"
    for post, html in page.articles.items():
        assert view.posts[post] == html, f"post {post} is not what the page shows"
    if not reader.has_loaded:
        assert view.ids() == list(page.articles), "another order than the page"


def _once_each(entries: list[Entry], done: list[Acknowledged]) -> None:
    """Every event belongs to exactly one acknowledged write, and is what that write asked for."""
    claimed = {
        one.seq - len(one.write.events) + 1 + n: (event, one)
        for one in done
        for n, event in enumerate(one.write.events)
    }
    assert sum(len(one.write.events) for one in done) == len(claimed), "a seq was given twice"
    assert sorted(claimed) == [entry.seq for entry in entries], "an event nobody wrote, or none"
    for entry in entries:
        event, one = claimed[entry.seq]
        assert entry.name == event, f"event {entry.seq} is a {entry.name}, not a {event}"
        if one.post and not entry.is_tombstone:
            assert entry.post == one.post, f"event {entry.seq} is about another post: {one}"
    keys = Counter(one.write.key for one in done)
    assert set(keys.values()) <= {1}, "a key was used twice"
