"""The readers' pages: the front page, a coverage's page, and the address of each post."""

from bisect import bisect_left
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.exceptions import HTTPException
from msgspec.structs import replace

from dateline.delivery.channel import Channel
from dateline.domain.errors import Gone, NotFound
from dateline.projections.front import Listed
from dateline.render.page import Card, LivePage, TopicBar, front_html, key_of, live_html
from dateline.web.origin import origin_of
from dateline.web.past import Past, moment_of, past
from dateline.web.ready import Answer, target_of
from dateline.web.site import Site

POSTS = 30
ABOVE_FOCUS = 5
KEYS = 24
TOPICS = 12
ARCHIVE = 50
_HTML = "text/html"


@get("/", name="front")
async def front(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Coverages live now, those to come, then the archive."""
    listed = await site.front.listed()
    ended = [one for one in listed if one.coverage.status == "ended"]
    start = _whole(request, "archive") or 0
    body = front_html(
        live=_cards(listed, "live", "paused"),
        scheduled=_cards(listed, "scheduled"),
        archive=[_card(one) for one in ended[start : start + ARCHIVE]],
        older_url=f"/?archive={start + ARCHIVE}" if len(ended) > start + ARCHIVE else None,
        newer_url=f"/?archive={max(0, start - ARCHIVE)}" if start else None,
        assets=site.assets,
    )
    return Response(body, media_type=_HTML, headers={"cache-control": "public, max-age=1"})


@get("/live/{slug:str}", name="live")
async def live(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """A coverage, complete in HTML: the newest posts, those before one, or those around one.

    With `at`, all of it as it was at that moment.
    """
    channel = await site.hub.open(slug)
    target = target_of(request)
    answer = site.ready.find(target)
    if answer is None:
        seq = channel.seq
        at = _moment(request, channel)
        shown = await past(site.log, channel.coverage, at) if at else channel
        page = _page(shown, _whole(request, "before"), request.query_params.get("at-post"), at)
        if at is None:
            name = request.query_params.get("topic")
            page = replace(
                page,
                topics=channel.page.topics.popular(TOPICS),
                topic=_topic(channel, name, page.focus) if name else None,
            )
            related = await site.related.to(page.coverage, [key.headline for key in page.keys])
            page = replace(page, related=[_card(one) for one in related])
        page = replace(page, origin=_origin(request, site))
        answer = Answer(
            live_html(page, site.assets),
            media_type="text/html; charset=utf-8",
            cache_control="public, max-age=1",
            etag=f"{page.seq}-{channel.page.epoch}-{site.assets['etag']}",
        )
        # What came while the log was read may have been a takedown.
        if channel.seq == seq:
            site.ready.keep(target, channel, answer)
    return answer.response(request)


@get("/live/{slug:str}/p/{post_id:str}", name="post_address")
async def post_address(slug: str, post_id: str, site: Site) -> Response[bytes]:
    """A post's own address leads to the page where it stands."""
    channel = await site.hub.open(slug)
    _find(channel, post_id)
    location = f"/live/{slug}?at-post={post_id}#p-{post_id}"
    headers = {"location": location, "cache-control": "public, max-age=1"}
    return Response(b"", status_code=302, headers=headers)


def _origin(request: Request[Any, Any, Any], site: Site) -> str:
    try:
        return origin_of(request, site)
    except HTTPException:
        # Under an odd name the page is still worth reading; its links are relative then.
        return ""


def _moment(request: Request[Any, Any, Any], channel: Channel) -> datetime | None:
    """The moment that is asked for; None for now, and for what is still to come."""
    value = request.query_params.get("at")
    if not value:
        return None
    at = moment_of(value, channel.coverage.timezone)
    return at if at < datetime.now(UTC) else None


@get("/live/{slug:str}/topics/{name:path}", name="topic_address")
async def topic_address(slug: str, name: str, site: Site) -> Response[bytes]:
    """A topic's address leads to its newest post; from there one goes on to the next."""
    channel = await site.hub.open(slug)
    # A name may hold a slash; the path begins with one of its own.
    name = name.removeprefix("/")
    orders = channel.page.topics.orders(name)
    if not orders:
        raise NotFound("No update in this coverage has this topic. See all updates.")
    location = _topic_url(channel, name, orders[-1])
    headers = {"location": location, "cache-control": "public, max-age=1"}
    return Response(b"", status_code=302, headers=headers)


def _topic(channel: Channel, name: str, focus: str | None) -> TopicBar | None:
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
        newer_url=_topic_url(channel, name, newer) if newer else None,
        older_url=_topic_url(channel, name, older) if older else None,
    )


def _topic_url(channel: Channel, name: str, order: int) -> str:
    post = channel.page.at(order)
    query = urlencode({"at-post": post.id, "topic": name})
    return f"/live/{channel.slug}?{query}#p-{post.id}"


def _page(
    channel: Channel | Past, before: int | None, focus: str | None, at: datetime | None
) -> LivePage:
    page = channel.page
    if focus is not None:
        before = _before_focus(channel, focus)
    shown = page.stream(before=before, limit=POSTS + 1)
    older = len(shown) > POSTS
    shown = shown[:POSTS]
    above = page.newer(shown[0].order, limit=POSTS + 1) if shown and before is not None else []
    newer_url = None
    if above:
        # So many newer ones are one page more; fewer are the newest page itself.
        newer = above[POSTS - 1].order + 1 if len(above) > POSTS else None
        newer_url = _address(channel.slug, newer, at)
    return LivePage(
        coverage=channel.coverage,
        head_html=channel.head(),
        briefing_html=channel.briefing(),
        pinned=[channel.fragment(post) for post in page.pinned()],
        posts=[channel.fragment(post) for post in shown],
        keys=[key_of(post) for post in page.keys()[:KEYS]],
        seq=channel.seq,
        epoch=page.epoch,
        count=page.count,
        is_head=not above,
        older_url=_address(channel.slug, shown[-1].order, at) if older else None,
        newer_url=newer_url,
        focus=focus,
        last_order=shown[-1].order if older else 0,
        at=at,
        updates=[*page.pinned(), *shown],
        focused=page.post(focus) if focus else None,
        updated_at=page.updated_at,
    )


def _address(slug: str, before: int | None, at: datetime | None) -> str:
    asked = {"at": at and at.isoformat().replace("+00:00", "Z"), "before": before}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/live/{slug}" + (f"?{query}" if query else "")


def _before_focus(channel: Channel | Past, focus: str) -> int | None:
    post = _find(channel, focus)
    newer = channel.page.newer(post.order, limit=ABOVE_FOCUS + 1)
    if post.pinned or len(newer) <= ABOVE_FOCUS:
        return None
    return newer[ABOVE_FOCUS - 1].order + 1


def _find(channel: Channel | Past, post_id: str) -> Any:
    post = channel.page.post(post_id)
    if post is None:
        raise NotFound("There is no such update in this coverage. It may be on another page.")
    if post.status == "redacted":
        raise Gone("This update was removed for legal reasons.")
    return post


def _cards(listed: list[Listed], *statuses: str) -> list[Card]:
    return [_card(one) for one in listed if one.coverage.status in statuses]


def _card(one: Listed) -> Card:
    coverage = one.coverage
    return Card(
        slug=coverage.slug,
        title=coverage.title,
        summary=coverage.summary,
        status=coverage.status,
        language=coverage.language,
        timezone=coverage.timezone,
        updated_at=one.head.updated_at,
        count=one.head.posts,
        url=f"/live/{coverage.slug}",
    )


def _whole(request: Request[Any, Any, Any], name: str) -> int | None:
    value = request.query_params.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise HTTPException(
            status_code=400,
            detail=f"`{name}` has to be a whole number. Go back to the newest page.",
        )
    return int(value)
