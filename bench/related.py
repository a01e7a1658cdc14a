"""How good related coverage is: parts of one story have to find each other among all others.

Headlines: eight at a time of one story are a coverage; those of the same story are right. Live
blogs: the first half of each has to find its second half.
"""

import argparse
import asyncio
import gzip
import json
import math
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dateline.domain.plain import plain_text
from dateline.ingest.liveblogs import read_blogs
from dateline.projections.naming import Naming
from dateline.projections.vocabulary import Vocabulary
from dateline.store.database import Database
from dateline.store.search import Findable, SearchIndex

PIECE = 8
Pieces = dict[str, tuple[str, list[str]]]
"""Of each coverage by its name: what it belongs to, and its posts."""


def stories(path: Path) -> Pieces:
    told: dict[str, list[str]] = {}
    with gzip.open(path, "rt") as file:
        for line in map(json.loads, file):
            told.setdefault(line["story"], []).append(line["title"])
    return {
        f"story-{number}-{at}": (story, titles[at : at + PIECE])
        for number, (story, titles) in enumerate(sorted(told.items()))
        for at in range(0, len(titles) - PIECE + 1, PIECE)
    }


def blogs(paths: Sequence[Path]) -> Pieces:
    pieces: Pieces = {}
    for path in paths:
        for blog in read_blogs(path, None):
            posts = [f"{post.headline or ''}\n{plain_text(post)}" for post in blog.posts]
            half = len(posts) // 2
            pieces[f"{blog.coverage.slug}-1"] = blog.blog_id, posts[:half]
            pieces[f"{blog.coverage.slug}-2"] = blog.blog_id, posts[half:]
    return pieces


async def measure(what: str, pieces: Pieces) -> None:
    with TemporaryDirectory() as folder:
        database = await Database.open(Path(folder))
        index = SearchIndex(database)
        for name, (_, posts) in pieces.items():
            found = [
                Findable(f"{name}-{n}", datetime(2021, 6, 14, tzinfo=UTC), "", post)
                for n, post in enumerate(posts)
            ]
            await index.take(name, 0, len(posts), found)
        archive = Vocabulary()
        archive.put(await index.size(), await index.frequent())
        await judge(what, pieces, index, archive)
        await database.close()


async def judge(what: str, pieces: Pieces, index: SearchIndex, archive: Vocabulary) -> None:
    gains, first, waits = [], 0, []
    in_all = Counter(story for story, _ in pieces.values())
    for name, (story, posts) in pieces.items():
        finder = Naming(archive)
        for order, post in enumerate(posts):
            finder.put(order, post)
        words = finder.telling()
        began = time.perf_counter()
        found = await index.related(name, words, most=10)
        waits.append((time.perf_counter() - began) * 1e3)
        right = [pieces[one][0] == story for one in found]
        first += bool(right and right[0])
        best = sum(discounts(min(10, in_all[story] - 1)))
        if best:
            gains.append(sum(d for d, hit in zip(discounts(10), right, strict=False) if hit) / best)
    print(f"{what:12}{len(pieces):6} coverages  P@1 {first / len(pieces):.3f}  "
          f"nDCG@10 {statistics.mean(gains):.3f}  p50 {statistics.median(waits):.1f} ms  "
          f"max {max(waits):.1f} ms")  # fmt: skip


def discounts(count: int) -> Iterator[float]:
    return (1 / math.log2(place + 2) for place in range(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder with stories and liveblogs")
    data = parser.parse_args().data
    if (headlines := data / "stories" / "headlines.jsonl.gz").exists():
        asyncio.run(measure("headlines", stories(headlines)))
    if found := sorted(data.glob("liveblogs/*.jsonl.gz")):
        asyncio.run(measure("live blogs", blogs(found)))


if __name__ == "__main__":
    main()
