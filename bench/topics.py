"""How good the topics are that are found without an editor, on live blogs, tweets and news wires.

Files as `bench/README.md` has them; what is not there is left out.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.domain.plain import plain_text
from dateline.ingest.liveblogs import read_blogs
from dateline.projections.naming import Naming
from dateline.projections.phrases import WITHIN
from dateline.projections.vocabulary import Vocabulary
from dateline.projections.words import Words, key_of, text_of

AT = 8
# What stands in the bullets of more blogs than this says nothing of any of them.
SPECIFIC = 0.05


def keys(text: str) -> str:
    """A text as its words, to find a topic in it whole."""
    return " ".join(key for key in text_of(text).keys if key)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") as file:
        yield from map(json.loads, file)


def liveblogs(paths: list[Path]) -> None:
    """Against the bullets by which the editors summed each blog up; the others are its archive."""
    blogs = []
    for path in paths:
        for blog, line in zip(read_blogs(path, None), lines(path), strict=True):
            posts = [f"{post.headline or ''}\n{plain_text(post)}" for post in blog.posts]
            blogs.append((posts, [keys(bullet) for bullet in line["summary"]]))
    archive = vocabulary(post for posts, _ in blogs for post in posts)
    frequent = phrases(bullets for _, bullets in blogs)
    most = SPECIFIC * len(blogs)
    right = covered = bullets_in_all = 0
    reading = looking = 0.0
    for posts, bullets in blogs:
        finder = Naming(archive)
        began = time.process_time()
        for order, post in enumerate(posts):
            finder.put(order, post)
        read = time.process_time()
        topics = [keys(one.name) for one in finder.found()[:AT]]
        looking += time.process_time() - read
        reading += read - began
        right += sum(
            frequent[one] <= most and any(within(one, b) for b in bullets) for one in topics
        )
        covered += sum(any(within(one, bullet) for one in topics) for bullet in bullets)
        bullets_in_all += len(bullets)
    count = sum(len(posts) for posts, _ in blogs)
    show("live blogs", len(blogs))
    show(f"  specific precision at {AT}", right / AT / len(blogs))
    show("  bullets covered", covered / bullets_in_all)
    show("  reading a post, µs of CPU", reading / count * 1e6)
    show("  a look, ms of CPU", looking / len(blogs) * 1e3)


def within(topic: str, text: str) -> bool:
    return f" {topic} " in f" {text} "


def vocabulary(posts: Iterator[str]) -> Vocabulary:
    """The archive's words as the search index counts them."""
    counts: Counter[str] = Counter()
    number = 0
    for post in posts:
        counts.update(set(re.findall(r"[^\W_]+", post.casefold())))
        number += 1
    made = Vocabulary()
    made.put(number, {word: count for word, count in counts.items() if count >= 3})
    return made


def phrases(texts: Iterator[list[str]]) -> Counter[str]:
    """In how many of the texts each phrase stands."""
    found: Counter[str] = Counter()
    for lines_ in texts:
        words = [line.split() for line in lines_]
        found.update(
            {
                " ".join(line[at : at + length])
                for line in words
                for at in range(len(line))
                for length in range(1, 6)
            }
        )
    return found


def names(path: Path) -> None:
    """Against the people, places and organisations that were marked by hand: whole names only."""
    rows = list(lines(path))
    words = Words()
    for order, row in enumerate(rows):
        words.put(order, text_of(" ".join(row["tokens"])))
    hit = said = meant = 0
    for row in rows:
        found = set(spans(["B" if is_part else "O" for is_part in parts(words, row["tokens"])]))
        marked = set(spans(row["tags"]))
        hit, said, meant = hit + len(found & marked), said + len(found), meant + len(marked)
    show(f"{path.name.partition('.')[0]}, exact F", 2 * hit / (said + meant))
    show("  precision", hit / said)
    show("  recall", hit / meant)


def parts(words: Words, tokens: list[str]) -> list[bool]:
    """Which tokens are part of a name."""
    is_name = [
        one[0].isupper() and one[0].isalpha() and words.is_name(key_of(one)) for one in tokens
    ]
    for at in range(1, len(tokens) - 1):
        between = tokens[at] in WITHIN and is_name[at - 1] and is_name[at + 1]
        is_name[at] = is_name[at] or between
    return is_name


def spans(tags: list[str]) -> Iterator[tuple[int, int]]:
    """The names as begin and end. What follows without a break is one name where tags say so."""
    start = None
    for at, tag in enumerate([*tags, "O"]):
        goes_on = start is not None and tag != "O" and (tag[0] == "I" or len(tag) == 1)
        if start is not None and not goes_on:
            yield start, at
            start = None
        if tag != "O" and start is None:
            start = at


def keyphrases(path: Path) -> None:
    """Against the keyphrases that people gave a news text; each of its sentences is a post."""
    rows = list(lines(path))
    right = given = 0
    archive = vocabulary(sentence for row in rows for sentence in sentences(row["text"]))
    for row in rows:
        finder = Naming(archive)
        for order, sentence in enumerate(sentences(row["text"])):
            finder.put(order, sentence)
        wanted = {keys(one) for one in row["keys"]}
        topics = {keys(one.name) for one in finder.found()[:AT]}
        right += len({one for one in topics if any(within(one, other) for other in wanted)})
        given += len(topics)
    show(f"{path.name.partition('.')[0]}, in a keyphrase", right / max(1, given))
    show("  topics a text", given / len(rows))


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+|\n+", text) if one.strip()]


def show(what: str, figure: float) -> None:
    print(f"{what:44}{figure:10.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder with liveblogs, entities and keyphrases")
    data = parser.parse_args().data
    if found := sorted(data.glob("liveblogs/*.jsonl.gz")):
        liveblogs(found)
    for path in sorted(data.glob("entities/*.jsonl.gz")):
        names(path)
    for path in sorted(data.glob("keyphrases/*.jsonl.gz")):
        keyphrases(path)


if __name__ == "__main__":
    main()
