"""A coverage as plain text, for people and machines that want nothing but the words."""

from collections.abc import Iterable

from dateline.domain.people import Byline
from dateline.domain.posts import Post
from dateline.render.entries import Entry, Feed
from dateline.render.environment import ENVIRONMENT, full

_RULE = "-" * 8
# Made from the page's own sentence. There is no HTML in what comes out, so nothing to escape.
_byline = ENVIRONMENT.from_string(
    "{% import 'blocks.html.j2' as blocks %}{{ blocks.byline(people)|striptags|safe }}"
)


def coverage_text(feed: Feed) -> bytes:
    """Title and summary, then the posts, newest first, with a rule above each."""
    coverage = feed.coverage
    updated = full(feed.updated, coverage.timezone)
    head = [
        feed.title,
        coverage.summary,
        f"{coverage.status.capitalize()}. Updated {updated}.",
        feed.url,
    ]
    posts = zip(feed.posts, feed.entries(), strict=True)
    parts = [head, *(_post(post, entry, coverage.timezone) for post, entry in posts)]
    texts = ["\n".join(line for line in part if line) for part in parts]
    return (f"\n\n{_RULE}\n\n".join(texts) + "\n").encode()


def _post(post: Post, entry: Entry, zone: str) -> list[str | None]:
    time = full(post.time, zone)
    if post.status == "withdrawn":
        return [time, entry.text, entry.url]
    content = post.content
    return [time, content.headline, byline_text(content.byline), entry.text, entry.url]


def byline_text(people: Iterable[Byline]) -> str:
    """Ana Ruiz, The Courier and Tom Maes in Brussels"""
    return _byline.render(people=list(people))
