"""A coverage as plain text, for people and machines that want nothing but the words."""

from collections.abc import Iterable
from functools import lru_cache

from jinja2 import Template

from dateline.domain.people import Byline
from dateline.domain.posts import Post
from dateline.render.entries import Entry, Feed
from dateline.render.environment import environment_of
from dateline.render.language import language_of
from dateline.render.statuses import status_words

_RULE = "-" * 8
# Made from the page's own sentence. There is no HTML in what comes out, so nothing to escape.
_BYLINE = "{% import 'blocks.html.j2' as blocks %}{{ blocks.byline(people)|striptags|safe }}"


def coverage_text(feed: Feed) -> bytes:
    """Title and summary, then the posts, newest first, with a rule above each."""
    coverage = feed.coverage
    language = language_of(coverage.language)
    said = {
        "status": status_words(coverage.status, language),
        "time": language.full(feed.updated, coverage.timezone),
    }
    head = [
        feed.title,
        coverage.summary,
        language.gettext("%(status)s. Updated %(time)s.") % said,
        feed.url,
    ]
    posts = zip(feed.posts, feed.entries(), strict=True)
    parts = [head, *(_post(post, entry, feed) for post, entry in posts)]
    texts = ["\n".join(line for line in part if line) for part in parts]
    return (f"\n\n{_RULE}\n\n".join(texts) + "\n").encode()


def _post(post: Post, entry: Entry, feed: Feed) -> list[str | None]:
    tag = feed.coverage.language
    time = language_of(tag).full(post.time, feed.coverage.timezone)
    if post.status == "withdrawn":
        return [time, entry.text, entry.url]
    content = post.content
    return [time, content.headline, byline_text(content.byline, tag), entry.text, entry.url]


def byline_text(people: Iterable[Byline], tag: str) -> str:
    """Ana Ruiz, The Courier and Tom Maes in Brussels"""
    return _byline(tag).render(people=list(people))


@lru_cache(maxsize=64)
def _byline(tag: str) -> Template:
    return environment_of(tag).from_string(_BYLINE)
