"""`GET /live/{slug}/finding`: the ways into a coverage, its topics and its hours, for open pages.

A page that stays open asks for them now and then, since their counts change with every post. They
are not in the stream: which topics are found depends on the archive as well as on the log.
"""

from bisect import bisect_left
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from msgspec.structs import replace

from dateline.delivery.channel import Channel
from dateline.render.page import LivePage, TopicBar, finding_html
from dateline.web.hours import days_of
from dateline.web.paging import asked_of, page_of
from dateline.web.ready import Answer
from dateline.web.site import Site

TOPICS = 12


@get("/live/{slug:str}/finding", name="finding")
async def finding(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Topics and hours as the page with the same query shows them now."""
    channel = await site.hub.open(slug)
    return await site.ready.answered(request, channel, lambda: _finding(request, channel, site))


async def _finding(request: Request[Any, Any, Any], channel: Channel, site: Site) -> Answer:
    page = page_of(channel, asked_of(request, None))
    page = leading(channel, page, request.query_params.get("topic"))
    return Answer(
        finding_html(page),
        media_type="text/html; charset=utf-8",
        cache_control="public, max-age=1",
        etag=f"{page.seq}-{page.epoch}-{site.assets['etag']}",
    )


def leading(channel: Channel, page: LivePage, topic: str | None) -> LivePage:
    """The page with what leads through its coverage; `topic` is the one that its reader is in."""
    return replace(
        page,
        days=days_of(channel, page),
        topics=channel.page.topics.popular(TOPICS),
        topic=_bar(channel, topic, page.focus) if topic else None,
    )


def topic_url(channel: Channel, name: str, order: int) -> str:
    """The page around the post of that order, within a topic."""
    post = channel.page.at(order)
    query = urlencode({"at-post": post.id, "topic": name})
    return f"/live/{channel.slug}?{query}#p-{post.id}"


def _bar(channel: Channel, name: str, focus: str | None) -> TopicBar | None:
    topics = channel.page.topics
    post = channel.page.post(focus) if focus else None
    orders = topics.orders(name)
    if post is None or post.order not in orders:
        return None
    newer, older = topics.around(name, post.order)
    return TopicBar(
        name=name,
        place=len(orders) - bisect_left(orders, post.order),
        count=len(orders),
        newer_url=topic_url(channel, name, newer) if newer else None,
        older_url=topic_url(channel, name, older) if older else None,
    )
