"""`GET /live/{slug}/feed.…`: the newest posts of a coverage, for machines that come by."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from litestar import Request, Response, get

from dateline.delivery.channel import Channel
from dateline.domain.posts import Post
from dateline.projections.topics import Topics
from dateline.render.entries import Feed
from dateline.render.feeds import atom, json_feed, rss
from dateline.render.ninjs import ninjs
from dateline.render.text import coverage_text
from dateline.web.origin import origin_of
from dateline.web.ready import Answer
from dateline.web.site import Site

POSTS = 50


class Format(NamedTuple):
    """A way to write a feed down."""

    media_type: str
    write: Callable[[Feed], bytes]


FORMATS = {
    "atom": Format("application/atom+xml; charset=utf-8", atom),
    "rss": Format("application/rss+xml; charset=utf-8", rss),
    "json": Format("application/feed+json", json_feed),
    "ninjs": Format("application/json", ninjs),
    "txt": Format("text/plain; charset=utf-8", coverage_text),
}


@get([f"/live/{{slug:str}}/feed.{ending}" for ending in FORMATS], name="feed")
async def feed(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """The feed in the format of the address; with `topic`, only the posts of that topic."""
    channel = await site.hub.open(slug)
    return await site.ready.answered(request, channel, lambda: _made(request, channel, site))


async def _made(request: Request[Any, Any, Any], channel: Channel, site: Site) -> Answer:
    form = FORMATS[str(request.scope["path"]).rpartition(".")[2]]
    topic = request.query_params.get("topic") or None
    return Answer(
        form.write(_feed(channel, origin_of(request, site), topic)),
        media_type=form.media_type,
        cache_control="public, max-age=10",
        etag=f"{channel.seq}-{channel.page.epoch}-{site.assets['etag']}",
    )


def _feed(channel: Channel, origin: str, topic: str | None) -> Feed:
    page = channel.page
    newest = page.listed(before=page.seq + 1, limit=page.count if topic else POSTS)
    return Feed(
        coverage=channel.coverage,
        posts=list(islice(_of(topic, page.topics, newest) if topic else newest, POSTS)),
        # Whatever the topic: which one they had was taken down with them.
        removed=page.redacted(limit=POSTS),
        origin=origin,
        topic=topic,
    )


def _of(topic: str, topics: Topics, posts: list[Post]) -> Iterator[Post]:
    """A topic's posts as the page has them, whether it was given or found.

    Those that were withdrawn stay, as notices: whoever follows the topic may have read them.
    """
    orders = set(topics.orders(topic))
    for post in posts:
        if post.order in orders or (post.status == "withdrawn" and topics.was_of(topic, post)):
            yield post
