"""Live blogs as JSON lines: one blog a line, its posts newest first. Reading and shaping, pure
but for the file.

The format is that of the LiveBlogSummary corpus: `blog_id`, `title`, `url`, `summary` (bullets)
and `documents`, each with `title`, `text` (sentences), `time` ([Y, M, D, h, m] or "hh:mm"),
`is_key_event` and `author`.
"""

import codecs
import gzip
import hashlib
import html
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from dateline.domain.commands import OpenCoverage, PublishPost
from dateline.domain.errors import Damaged
from dateline.domain.shapes import without_controls

SENTENCES_A_PARAGRAPH = 3
MOST_PARAGRAPHS = 60
MOST_TITLE = 300
MOST_LINE_BYTES = 64 * 1024 * 1024
_DATE = re.compile(r"\b(\d{1,2} (?:January|February|March|April|May|June|July|August|September"
                   r"|October|November|December) \d{4})\b")  # fmt: skip
_NEWSROOM = {"theguardian.com": "The Guardian", "bbc.com": "BBC News", "bbc.co.uk": "BBC News"}


class _Document(Struct, frozen=True):
    text: list[str]
    title: str | None = None
    time: list[int] | str | None = None
    is_key_event: bool = False
    author: str | list[str] | None = None
    """A name, or a name and what that person does."""


class _Line(Struct, frozen=True):
    blog_id: str
    title: str
    url: str
    documents: list[_Document]
    summary: list[str] = []


class Blog(Struct, frozen=True):
    """A live blog as the commands that make it again, oldest post first. `line` is its place in
    the file, from 1."""

    line: int
    blog_id: str
    coverage: OpenCoverage
    posts: list[PublishPost]


_decoder = msgspec.json.Decoder(_Line)


def read_blogs(path: Path, limit: int | None) -> Iterator[Blog]:
    """The blogs of a file, at most `limit`.

    :raises Damaged: with the number of the line that can't be read.
    """
    number = found = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            while limit is None or found < limit:
                line = lines.readline(MOST_LINE_BYTES)
                if not line:
                    break
                number += 1
                line = line.removeprefix(codecs.BOM_UTF8)
                if line.strip():
                    found += 1
                    yield _blog(_decoder.decode(line), number)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path, number + 1, "the file is cut off or no gzip", error) from error
    except OSError as error:
        raise Damaged(
            f"{path} can't be read: {error.strerror or error}. Name a file of live blogs."
        ) from error
    except msgspec.ValidationError as error:
        raise _damaged(path, number, "this is no live blog", error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, number, "this is no whole line of JSON", error) from error
    except (ValueError, OverflowError, RecursionError) as error:
        # Such as a URL that is none, or lists in lists without end.
        raise _damaged(path, number, "this is no live blog", error) from error
    if found == 0 and limit != 0:
        raise Damaged(f"{path} is empty: there is nothing to read. Get a whole copy and try again.")


def _damaged(path: Path, number: int, what: str, error: Exception) -> Damaged:
    return Damaged(
        f"{path}, line {number}: {what} ({error}). Nothing of the file was imported; "
        "get a whole copy and try again."
    )


def _blog(line: _Line, number: int) -> Blog:
    title = _clean(line.title)[:MOST_TITLE]
    host = (urlsplit(line.url).hostname or "").removeprefix("www.")
    newsroom = _NEWSROOM.get(host, host or "Unknown")
    opening = {
        "slug": slug_of(title, line.blog_id),
        "title": title,
        "timezone": "Europe/London",
        "summary": _clean(" ".join(_sentence(bullet) for bullet in line.summary))[:2000] or None,
    }
    moments = _moments(line)
    posts = [
        _post(document, moment, newsroom, line.url)
        for document, moment in zip(line.documents, moments, strict=True)
        if _clean(" ".join(document.text)) or _clean(document.title or "")
    ]
    return Blog(number, line.blog_id, msgspec.convert(opening, OpenCoverage), posts[::-1])


def slug_of(title: str, blog_id: str) -> str:
    """A readable name that is unique to the blog."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:70].strip("-")
    mark = hashlib.sha256(blog_id.encode()).hexdigest()[:8]
    return f"{words}-{mark}".strip("-")


def _post(document: _Document, moment: datetime | None, newsroom: str, url: str) -> PublishPost:
    headline = _sentence(_clean(document.title or ""))[:MOST_TITLE].strip() or None
    sentences = [html.escape(_sentence(text), quote=False) for text in map(_clean, document.text)]
    sentences = [sentence for sentence in sentences if sentence]
    size = max(SENTENCES_A_PARAGRAPH, -(-len(sentences) // MOST_PARAGRAPHS))
    blocks = [
        {"type": "paragraph", "html": " ".join(sentences[start : start + size])}
        for start in range(0, len(sentences), size)
    ]
    author = _clean(_name(document.author))[:MOST_TITLE] or newsroom
    made = {
        "headline": headline,
        "blocks": blocks,
        "byline": [{"name": author, "organisation": newsroom}],
        "key": document.is_key_event and headline is not None,
        "occurred_at": moment,
        "sources": [
            {"name": newsroom, "kind": "publication", "verification": "confirmed", "url": url}
        ],
    }
    return msgspec.convert(made, PublishPost)


def _name(author: str | list[str] | None) -> str:
    return next(iter(author), "") if isinstance(author, list) else author or ""


def _moments(line: _Line) -> list[datetime | None]:
    """The time of each document, newest first; None where the file does not tell the day."""
    day = _day(line.title)
    moments: list[datetime | None] = []
    for document in line.documents:
        moment = _moment(document.time, day)
        if day and moment and moments and moments[-1] and moment > moments[-1]:
            # Down the page the clock only goes back: past midnight it is the day before.
            moment -= timedelta(days=1)
            day -= timedelta(days=1)
        moments.append(moment)
    return moments


def _day(title: str) -> datetime | None:
    if found := _DATE.search(title):
        # A 31 February tells no day either.
        with suppress(ValueError):
            return datetime.strptime(found.group(1), "%d %B %Y").replace(tzinfo=UTC)
    return None


def _moment(time: list[int] | str | None, day: datetime | None) -> datetime | None:
    try:
        if isinstance(time, list):
            return datetime(*time[:5], tzinfo=UTC)  # type: ignore[misc,arg-type]
        if time and day:
            hour, minute = time.split(":")
            return day.replace(hour=int(hour), minute=int(minute))
    except (ValueError, TypeError, OverflowError) as error:
        raise msgspec.ValidationError(f"“{time}” is no time") from error
    return None


def _clean(text: str) -> str:
    return " ".join(without_controls(text).split())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
