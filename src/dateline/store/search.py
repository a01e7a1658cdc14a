"""The search index in SQLite (FTS5): a projection that can be thrown away and made again.

It is written from the log by `projections/searching.py` and knows nothing of events.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from heapq import nlargest
from math import log, sqrt

import sqlalchemy as sa
from msgspec import Struct

from dateline.store.codec import from_micros, is_redaction, to_micros
from dateline.store.database import Database
from dateline.store.fulltext import purge
from dateline.store.tables import events, findable, searched

MOST_WORDS = 12
SNIPPET_WORDS = 28
MARK, MARK_END = "\x02", "\x03"
"""Around the words that were found. No post can hold them: control characters are refused."""
_WORD = re.compile(r"\w+")
# So many posts, or a ten-thousandth of all, make a word one that is frequent.
_LEAST, _PART = 3, 10_000
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, full_text, row)"

# A headline says what a post is about: a word there counts as much as six in the text.
_FIND = sa.text("""
SELECT f.coverage, f.post, f.time, t.headline,
       snippet(full_text, 1, :mark, :mark_end, '…', :words) AS snippet
FROM full_text AS t JOIN findable AS f ON f.id = t.rowid
WHERE full_text MATCH :query AND (:coverage IS NULL OR f.coverage = :coverage)
AND f.coverage NOT IN :besides
ORDER BY bm25(full_text, 6.0, 1.0), f.time DESC LIMIT :most OFFSET :start
""").bindparams(sa.bindparam("besides", expanding=True))
_STANDING = sa.text("""
SELECT f.coverage, count(*) AS posts
FROM full_text AS t JOIN findable AS f ON f.id = t.rowid
WHERE full_text MATCH :query GROUP BY f.coverage
""")
# Of so many of the best posts in all of them the first of each is taken.
_NEAREST = sa.text("""
SELECT f.coverage, f.post
FROM full_text AS t JOIN findable AS f ON f.id = t.rowid
WHERE full_text MATCH :query AND f.coverage IN :coverages AND t.headline <> ''
ORDER BY bm25(full_text, 6.0, 1.0), f.time DESC LIMIT 200
""").bindparams(sa.bindparam("coverages", expanding=True))
_HEADLINE = sa.text("""
SELECT t.headline FROM full_text AS t JOIN findable AS f ON f.id = t.rowid
WHERE f.coverage = :coverage AND f.post = :post
""")
_SIZES = sa.text("SELECT coverage, count(*) AS posts FROM findable GROUP BY coverage")


class Findable(Struct, frozen=True):
    """A post as the index has it. No words: it can't be found any more; no time: it keeps its."""

    post: str
    time: datetime | None = None
    headline: str = ""
    body: str = ""


class Hit(Struct, frozen=True):
    """A post that was found. In `snippet` what matched stands between MARK and MARK_END."""

    coverage: str
    post: str
    time: datetime
    headline: str
    snippet: str


class SearchIndex:
    """The full text of all posts that are to see."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reached(self) -> dict[str, int]:
        """How far each coverage is indexed."""
        rows = await self._database.read(lambda one: one.execute(sa.select(searched)).all())
        return {row.coverage: row.seq for row in rows}

    async def take(self, coverage: str, after: int, upto: int, posts: Sequence[Findable]) -> bool:
        """Take in what happened after `after` up to `upto`; whether nobody else has done it."""
        return await self._database.write(
            lambda connection: _take(connection, coverage, after, upto, posts)
        )

    async def find(
        self,
        words: str,
        *,
        coverage: str | None = None,
        besides: Collection[str] = (),
        start: int = 0,
        most: int,
    ) -> list[Hit]:
        """Posts with all of the words, best first; the last word may be the beginning of one.

        Of one `coverage` or of all, but of none that is `besides` them.
        """
        query = query_of(words)
        if not query:
            return []
        given = {
            "query": query,
            "coverage": coverage,
            "besides": list(besides),
            "start": start,
            "most": most,
            "words": SNIPPET_WORDS,
            "mark": MARK,
            "mark_end": MARK_END,
        }
        rows = await self._database.read(lambda one: one.execute(_FIND, given).all())
        return [
            Hit(row.coverage, row.post, from_micros(row.time), row.headline, row.snippet)
            for row in rows
        ]

    async def related(self, coverage: str, words: Sequence[str], *, most: int) -> list[str]:
        """Other coverages whose posts have most of these words, best first.

        A word counts by how few coverages have it, and by the share of posts there that do: one
        long post, or one long coverage, does not win by its length.
        """
        known = [word for word in words if _WORD.search(word) and '"' not in word]
        sizes, standing = await self._database.read(lambda one: _standing(one, known))
        scores: dict[str, float] = {}
        for posts in standing:
            rarity = log((len(sizes) + 1) / len(posts)) ** 2
            for other in posts.keys() - {coverage}:
                share = posts[other] / sizes[other]
                scores[other] = scores.get(other, 0.0) + rarity * sqrt(share)
        return nlargest(most, scores, key=lambda other: (scores[other], other))

    async def nearest(self, coverages: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Of each coverage the post, among those with a headline, that has most of these words."""
        known = [f'"{word}"' for word in words if _WORD.search(word) and '"' not in word]
        if not known or not coverages:
            return {}
        given = {"query": " OR ".join(known), "coverages": list(coverages)}
        rows = await self._database.read(lambda one: one.execute(_NEAREST, given).all())
        return {row.coverage: row.post for row in reversed(rows)}

    async def headlines(self, posts: Mapping[str, str]) -> dict[str, str]:
        """What posts are headed by now, one of each coverage; none of one that says nothing."""

        def work(connection: sa.Connection) -> dict[str, str]:
            asked = ({"coverage": coverage, "post": post} for coverage, post in posts.items())
            found = {one["coverage"]: connection.execute(_HEADLINE, one).scalar() for one in asked}
            return {coverage: headline for coverage, headline in found.items() if headline}

        return await self._database.read(work)

    async def size(self) -> int:
        """How many posts are in it."""
        count = sa.select(sa.func.count()).select_from(findable)
        return await self._database.read(lambda one: one.execute(count).scalar_one())

    async def frequent(self) -> dict[str, int]:
        """In how many posts each word stands that is not rare. It reads the whole index."""
        least = max(_LEAST, await self.size() // _PART)

        def work(connection: sa.Connection) -> dict[str, int]:
            connection.exec_driver_sql(_WORDS)
            rows = connection.exec_driver_sql(
                "SELECT term, doc FROM temp.words WHERE doc >= ?", (least,)
            )
            return {row.term: row.doc for row in rows}

        return await self._database.read(work)


def query_of(words: str) -> str:
    """What was typed as a query of FTS5: every word, none of its operators.

    See https://sqlite.org/fts5.html#full_text_query_syntax.
    """
    found = _WORD.findall(words)[:MOST_WORDS]
    if not found:
        return ""
    *whole, last = (f'"{word}"' for word in found)
    return " ".join([*whole, f"{last}*" if len(found[-1]) > 2 else last])


def erase(connection: sa.Connection, coverage: str, posts: Iterable[str]) -> None:
    """Take the words of redacted posts out of the index and out of its bytes."""
    for post in posts:
        _put(connection, coverage, Findable(post))
    purge(connection, "full_text")


def _standing(
    connection: sa.Connection, words: Sequence[str]
) -> tuple[dict[str, int], list[dict[str, int]]]:
    """How many posts each coverage has, and of each word that stands somewhere where it does."""
    sizes = {row.coverage: row.posts for row in connection.execute(_SIZES)}
    found = [connection.execute(_STANDING, {"query": f'"{word}"'}).all() for word in words]
    return sizes, [{row.coverage: row.posts for row in rows} for rows in found if rows]


def is_findable(connection: sa.Connection, coverage: str, post: str) -> bool:
    """Whether the index has words of that post."""
    one = (findable.c.coverage == coverage) & (findable.c.post == post)
    return connection.execute(sa.select(findable.c.id).where(one)).first() is not None


def _take(
    connection: sa.Connection, coverage: str, after: int, upto: int, posts: Sequence[Findable]
) -> bool:
    at = connection.execute(
        sa.select(searched.c.seq).where(searched.c.coverage == coverage)
    ).scalar()
    if (at or 0) != after:
        return False
    if at is None:
        connection.execute(sa.insert(searched), {"coverage": coverage, "seq": upto})
    else:
        moved = sa.update(searched).where(searched.c.coverage == coverage).values(seq=upto)
        connection.execute(moved)
    for post in posts:
        # What was read before a takedown must not come in after it.
        _put(
            connection,
            coverage,
            Findable(post.post) if _redacted(connection, coverage, post) else post,
        )
    return True


def _redacted(connection: sa.Connection, coverage: str, post: Findable) -> bool:
    about = sa.select(events.c.type).where(
        events.c.coverage == coverage, events.c.subject == post.post
    )
    return any(is_redaction(row.type) for row in connection.execute(about))


def _put(connection: sa.Connection, coverage: str, post: Findable) -> None:
    one = (findable.c.coverage == coverage) & (findable.c.post == post.post)
    row = connection.execute(sa.select(findable.c.id).where(one)).scalar()
    if row is not None:
        connection.exec_driver_sql("DELETE FROM full_text WHERE rowid = ?", (row,))
    if not post.headline and not post.body:
        connection.execute(sa.delete(findable).where(one))
        return
    time = {"time": to_micros(post.time)} if post.time else {}
    if row is not None and time:
        connection.execute(sa.update(findable).where(one).values(**time))
    elif row is None:
        given = {"coverage": coverage, "post": post.post, "time": 0, **time}
        row = connection.execute(sa.insert(findable), given).inserted_primary_key[0]  # type: ignore[index]
    connection.exec_driver_sql(
        "INSERT INTO full_text(rowid, headline, body) VALUES (?, ?, ?)",
        (row, post.headline, post.body),
    )
