"""The readers' pages: the front page, a coverage's page, and the address of each post."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get
from msgspec.structs import replace

from dateline.delivery.channel import Channel
from dateline.domain.errors import NotFound
from dateline.projections.front import Listed
from dateline.projections.related import Beside
from dateline.render.page import Card, Lead, front_html, live_html
from dateline.web.finding import leading, topic_url
from dateline.web.negotiation import BY_LANGUAGE, keeping_language, lang_of, languages_of
from dateline.web.origin import origin_or_nothing
from dateline.web.paging import asked_of, find, page_of, whole
from dateline.web.past import moment_of, past
from dateline.web.ready import Answer
from dateline.web.site import Site

ARCHIVE = 50
_HTML = "text/html"


@get("/", name="front")
async def front(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Coverages live now, those to come, then the archive."""
    listed = await site.front.listed()
    ended = [one for one in listed if one.coverage.status == "ended"]
    start = whole(request, "archive") or 0
    body = front_html(
        live=_cards(listed, "live", "paused"),
        scheduled=_cards(listed, "scheduled"),
        archive=[_card(one) for one in ended[start : start + ARCHIVE]],
        older_url=_archive(request, start + ARCHIVE) if len(ended) > start + ARCHIVE else None,
        newer_url=_archive(request, max(0, start - ARCHIVE)) if start else None,
        lang=lang_of(request),
        languages=languages_of(request),
        origin=origin_or_nothing(request, site),
        assets=site.assets,
    )
    headers = {"cache-control": "public, max-age=1", **BY_LANGUAGE}
    return Response(body, media_type=_HTML, headers=headers)


@get("/live/{slug:str}", name="live")
async def live(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """A coverage, complete in HTML: the newest posts or the first ones, those beside one.

    With `at`, all of it as it was at that moment.
    """
    channel = await site.hub.open(slug)
    return await site.ready.answered(request, channel, lambda: _live(request, channel, site))


async def _live(request: Request[Any, Any, Any], channel: Channel, site: Site) -> Answer:
    at = _moment(request, channel)
    shown = await past(site.log, channel.coverage, at) if at else channel
    page = page_of(shown, asked_of(request, at))
    if at is None:
        page = leading(channel, page, request.query_params.get("topic"))
        related = await site.related.to(page.coverage, channel.page.topics.telling)
        page = replace(page, related=[_beside(one) for one in related])
    page = replace(page, origin=origin_or_nothing(request, site))
    return Answer(
        live_html(page, site.assets),
        media_type="text/html; charset=utf-8",
        cache_control="public, max-age=1",
        etag=f"{page.seq}-{channel.page.epoch}-{site.assets['etag']}",
    )


@get("/live/{slug:str}/p/{post_id:str}", name="post_address")
async def post_address(slug: str, post_id: str, site: Site) -> Response[bytes]:
    """A post's own address leads to the page where it stands."""
    channel = await site.hub.open(slug)
    find(channel, post_id)
    location = f"/live/{slug}?at-post={post_id}#p-{post_id}"
    headers = {"location": location, "cache-control": "public, max-age=1"}
    return Response(b"", status_code=302, headers=headers)


def _archive(request: Request[Any, Any, Any], start: int) -> str:
    return f"/?{keeping_language(request, {'archive': start})}"


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
    location = topic_url(channel, name, orders[-1])
    headers = {"location": location, "cache-control": "public, max-age=1"}
    return Response(b"", status_code=302, headers=headers)


def _cards(listed: list[Listed], *statuses: str) -> list[Card]:
    return [_card(one) for one in listed if one.coverage.status in statuses]


def _beside(one: Beside) -> Card:
    card = _card(one.listed)
    if one.lead is None or one.lead.headline == card.title:
        return card
    lead = Lead(one.lead.headline, f"{card.url}/p/{one.lead.id}")
    return replace(card, lead=lead)


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
