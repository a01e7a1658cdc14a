"""How long a search takes: words of random posts, one to three at a time, in a data folder."""

import argparse
import asyncio
import json
import random
import re
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from dateline.domain.events import PostPublished
from dateline.domain.plain import plain_text
from dateline.projections.searching import Searching
from dateline.store.search import SearchIndex
from dateline.store.sqlite import SqliteEventLog, open_log

OUT = Path(__file__).parent.parent / "build" / "bench" / "search.json"
MOST = 21


async def words_of(log: SqliteEventLog, count: int, rng: random.Random) -> list[str]:
    """So many searches: each the first words of some post, or the most frequent word there is."""
    heads = await log.heads()
    found = ["the"]
    while len(found) < count:
        head = rng.choice(heads)
        for record in await log.read(head.coverage, rng.randrange(max(1, head.version)), limit=1):
            if isinstance(record.event, PostPublished):
                words = re.findall(r"\w+", plain_text(record.event.content))
                start = rng.randrange(max(1, len(words) - 3))
                found.append(" ".join(words[start : start + rng.randint(1, 3)]))
    return found


async def measure(folder: Path, count: int) -> dict[str, float]:
    async with open_log(folder) as log:
        searching = Searching(log, SearchIndex(log.database))
        began = time.perf_counter()
        await searching.catch_up()
        indexed = time.perf_counter() - began
        waits = []
        for words in await words_of(log, count, random.Random(1)):
            began = time.perf_counter()
            await searching.find(words, most=MOST)
            waits.append((time.perf_counter() - began) * 1e3)
        posts = sum(head.posts for head in await log.heads())
    waits.sort()
    return {
        "posts": posts,
        "index_s": indexed,
        "p50_ms": statistics.median(waits),
        "p99_ms": waits[int(len(waits) * 0.99)],
        "max_ms": waits[-1],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a data folder, such as `dateline import` makes")
    parser.add_argument("--searches", type=int, default=500)
    arguments = parser.parse_args()
    found = asyncio.run(measure(arguments.data, arguments.searches))
    for name, value in found.items():
        print(f"{name:10}{value:12.1f}")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    OUT.write_text(json.dumps({"at": at, **found}, indent=2) + "\n")


if __name__ == "__main__":
    main()
