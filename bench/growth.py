"""Does a coverage get dearer as it grows? CPU per publish and per page view, and idle memory.

A real server process, measured from outside. `bench/README.md` tells how to read the figures.
"""

import argparse
import asyncio
import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
import uuid_utils

from dateline.auth.tokens import Tokens
from dateline.domain import posts
from dateline.domain.commands import OpenCoverage, PublishPost
from dateline.domain.coverage import open_
from dateline.domain.events import CoverageStatusChanged, Event
from dateline.domain.people import Actor
from dateline.store.sqlite import SqliteEventLog

OUT = Path(__file__).parent.parent / "build" / "bench" / "growth.json"
SMALL, LARGE = 100, 10_000
MOST_RATIO = 1.5
PUBLISHES, VIEWS = 50, 10_000
"""Requests of one measurement. Few publishes, so that the small coverage stays small; many views,
because the kernel counts in hundredths of a second, and a view from ready bytes takes less.
"""
IDLE_COVERAGES, IDLE_POSTS, IDLE_CYCLES = 500, 50, 3
TICK = os.sysconf("SC_CLK_TCK")
ACTOR = Actor(id="bench", name="Bench", kind="machine")
START = datetime(2021, 6, 14, 6, 0, tzinfo=UTC)
SENTENCES = (
    "The leaders of the two alliances met in the morning, and the doors closed behind them.",
    "An official who was in the room said that the wording of the communiqué was settled.",
    "Outside, the press waited in the sun for a statement that had been promised for noon.",
    "The statement came at three, was read in two languages, and no questions were taken.",
)


class Server(NamedTuple):
    pid: int
    address: str

    def cpu(self) -> float:
        """Seconds of user and system time that the process has used, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def rss(self) -> int:
        """KiB of memory that is really there."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise RuntimeError("no VmRSS")


class Client:
    """One connection that is kept open, as a proxy in front keeps it."""

    def __init__(self, server: Server, token: str) -> None:
        host = urlsplit(server.address)
        self._connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)
        self._token = token

    def get(self, path: str) -> bytes:
        self._connection.request("GET", path)
        return self._answer(200)

    def publish(self, slug: str, number: int) -> None:
        headers = {
            "authorization": f"Bearer {self._token}",
            "content-type": "application/json",
            "idempotency-key": f"bench-{slug}-{number}",
        }
        body = msgspec.json.encode(a_post(number))
        self._connection.request("POST", f"/api/coverages/{slug}/posts", body, headers)
        self._answer(201)

    def _answer(self, expected: int) -> bytes:
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{answer.status} instead of {expected}: {body[:500]!r}")
        return body


def a_post(number: int) -> PublishPost:
    """About 1 KB of text, every tenth with a headline."""
    made = {
        "headline": f"Update number {number} from the summit" if number % 10 == 0 else None,
        "blocks": [
            {"type": "paragraph", "html": " ".join(SENTENCES)},
            {"type": "quote", "text": SENTENCES[number % 4], "speaker": "A spokesperson"},
            {"type": "paragraph", "html": SENTENCES[(number + 1) % 4]},
        ],
        "byline": [{"name": "Ana Ruiz", "organisation": "The Courier", "place": "Brussels"}],
        "occurred_at": START + timedelta(minutes=number),
        "sources": [{"name": "Press office", "kind": "official", "verification": "confirmed"}],
    }
    return msgspec.convert(made, PublishPost)


async def fill(folder: Path, sizes: Mapping[str, int]) -> str:
    """Coverages of so many posts straight into the log, by the rules; a token for the API."""
    log = await SqliteEventLog.open(folder)
    try:
        for slug, size in sizes.items():
            opening = OpenCoverage(slug, f"The summit, {slug}", "Europe/Brussels")
            events: list[Event] = [*open_(None, opening), CoverageStatusChanged("live")]
            for number in range(size):
                events += posts.publish(str(uuid_utils.uuid7()), a_post(number))
            await log.append(slug, events, expected=0, actor=ACTOR, now=datetime.now(UTC))
        return await Tokens(log.database, lambda: None).create("bench", now=datetime.now(UTC))
    finally:
        await log.close()


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Server]:
    """A server of its own process on a free port, ended with the block."""
    command = [sys.executable, "-m", "dateline", "serve", "--data", str(folder), "--port", "0"]
    own = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**own, **settings, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        if " at http" not in line:
            raise RuntimeError(f"the server did not start: {line!r}")
        yield Server(process.pid, line.split()[-1])
    finally:
        process.terminate()
        process.wait(10)


def growth(rounds: int) -> dict[str, dict[str, list[float]]]:
    """CPU milliseconds per request: work -> "small" or "large" -> one figure a round."""
    smalls = [f"small-{n}" for n in range(rounds)]
    found: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"large": LARGE, **dict.fromkeys(smalls, SMALL)}
        token = asyncio.run(fill(Path(folder), sizes))
        with serving(Path(folder), DATELINE_IDLE="3600") as server:
            client = Client(server, token)
            for number, small in enumerate(smalls):
                sides = [("small", small, SMALL), ("large", "large", LARGE)]
                # Whoever comes second finds warmer caches: so each comes second every other time.
                for side, slug, size in sides if number % 2 else sides[::-1]:
                    for work, ms in _measured(server, client, slug, size, number):
                        found.setdefault(work, {}).setdefault(side, []).append(ms)
    return found


def _measured(
    server: Server, client: Client, slug: str, size: int, number: int
) -> Iterator[tuple[str, float]]:
    base = 1_000_000 * (number + 1)
    middle = f"/live/{slug}?before={size // 2 + 2}"
    # Not measured: the channel opened, the fragments of both pages rendered.
    for warm in range(3):
        client.publish(slug, base + 900_000 + warm)
        client.get(f"/live/{slug}")
        client.get(middle)

    def cost(times: int, act: object) -> float:
        before = server.cpu()
        for n in range(times):
            act(n)  # type: ignore[operator]
        return (server.cpu() - before) * 1000 / times

    yield "publish", cost(PUBLISHES, lambda n: client.publish(slug, base + n))
    client.get(f"/live/{slug}")
    yield "page, newest posts", cost(VIEWS, lambda _: client.get(f"/live/{slug}"))
    yield "page, middle of the coverage", cost(VIEWS, lambda _: client.get(middle))
    tail = size + 2 + 3 + PUBLISHES * (number + 1 if slug == "large" else 1) - 10
    yield (
        "delta, last ten changes",
        cost(VIEWS, lambda _: client.get(f"/live/{slug}/changes/{tail}")),
    )
    yield (
        "publish, then one page view",
        cost(
            PUBLISHES // 2,
            lambda n: (client.publish(slug, base + 500_000 + n), client.get(f"/live/{slug}")),
        ),
    )


def opening() -> dict[str, float]:
    """CPU milliseconds of the first view after a coverage was let go, by its size."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        token = asyncio.run(fill(Path(folder), {"warm": SMALL, "small": SMALL, "large": LARGE}))
        with serving(Path(folder)) as server:
            client = Client(server, token)
            for slug in ("warm", "small", "large"):
                before = server.cpu()
                client.get(f"/live/{slug}")
                found[slug] = round((server.cpu() - before) * 1000, 1)
    return {"small": found["small"], "large": found["large"]}


def idle_memory() -> dict[str, float]:
    """KiB of a server before it has opened its coverages, with all open, and after each cycle."""
    slugs = [f"idle-{n}" for n in range(IDLE_COVERAGES)]
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        sizes = dict.fromkeys([*slugs, "warm-1", "warm-2"], IDLE_POSTS)
        token = asyncio.run(fill(Path(folder), sizes))
        with serving(Path(folder), DATELINE_IDLE="1") as server:
            # A new client after each pause: the server ends connections that are idle for 5 s.
            client = Client(server, token)
            # Not counted: templates, prepared statements and the list of the front page.
            for path in ("/live/warm-1", "/live/warm-2", "/"):
                client.get(path)
            time.sleep(8)
            found["before"] = server.rss()
            for cycle in range(1, IDLE_CYCLES + 1):
                client = Client(server, token)
                for slug in slugs:
                    client.get(f"/live/{slug}")
                found[f"open {cycle}"] = server.rss()
                # The hub looks every 5 s and lets go of what was idle for 1 s.
                time.sleep(13)
                found[f"idle {cycle}"] = server.rss()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9, help="how often, side by side")
    rounds = parser.parse_args().rounds
    print(
        f"{SMALL} and {LARGE} posts, {rounds} rounds; CPU ms of the server per request, medians\n"
    )
    print(f"{'':32}{'small':>8}{'large':>8}{'ratio':>8}")
    works = {}
    for work, sides in growth(rounds).items():
        small, large = (statistics.median(sides[side]) for side in ("small", "large"))
        ratio = round(large / small, 2)
        works[work] = {"small_ms": small, "large_ms": large, "ratio": ratio, "rounds": sides}
        print(f"{work:32}{small:8.3f}{large:8.3f}{ratio:8.2f}")
    cold = opening()
    print(
        f"{'first view after being idle':32}{cold['small']:8.0f}{cold['large']:8.0f}  (not bound)"
    )
    memory = idle_memory()
    print(f"\nMemory, {IDLE_COVERAGES} coverages of {IDLE_POSTS} posts (RSS in KiB)")
    for name, kib in memory.items():
        each = (kib - memory["before"]) / IDLE_COVERAGES
        print(f"{name:12}{kib:10.0f}   {each:+7.1f} a coverage")
    kept = (memory[f"idle {IDLE_CYCLES}"] - memory["idle 1"]) / (IDLE_CYCLES - 1) / IDLE_COVERAGES
    print(f"idle growth {kept:+.2f} KiB a coverage and cycle after the first")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    report = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg(),
        "posts": {"small": SMALL, "large": LARGE},
        "most_ratio": MOST_RATIO,
        "cpu": works,
        "first_view_ms": cold,
        "idle_memory_kib": memory,
        "idle_growth_kib_a_coverage": round(kept, 3),
    }
    OUT.write_text(json.dumps(report, indent=2) + "\n")
    over = [work for work, one in works.items() if one["ratio"] > MOST_RATIO]
    print("\nWritten to build/bench/growth.json")
    if over:
        print(f"Over {MOST_RATIO}: {', '.join(over)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
