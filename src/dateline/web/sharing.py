"""`GET /oembed`: what another site shows when somebody puts our address into its text."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import HTTPException

from dateline.delivery.channel import Channel
from dateline.domain.errors import Gone, NotFound
from dateline.render.embed import HEIGHT, HEIGHT_OF_ONE, WIDTH, frame_html
from dateline.render.environment import newsroom
from dateline.render.sharing import Shared, shared_coverage, shared_post
from dateline.web.audience import check_slug
from dateline.web.errors import Problem, answer
from dateline.web.origin import origin_of
from dateline.web.paging import whole
from dateline.web.site import Site

CACHE_SECONDS = 300
_SCHEMES = {"http", "https"}
_PATH = re.compile(r"/live/([^/]+)(?:/p/([^/]+))?/?\Z")


@get("/oembed", name="oembed")
async def oembed(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """oEmbed 1.0, in JSON, of a coverage or of one of its posts."""
    asked = request.query_params.get("format", "json")
    if asked != "json":
        detail = "oEmbed is answered in JSON here. Ask again with format=json."
        return answer(request, Problem("about:blank", "Not Implemented", 501, detail), {})
    url = request.query_params.get("url")
    if not url:
        raise HTTPException(status_code=400, detail="Of which page? Name it in `url`.")
    origin = origin_of(request, site)
    slug, post_id = _parts(url, origin)
    await check_slug(request, site, slug)
    channel = await site.hub.open(slug)
    shared = _shared(channel, post_id, origin)
    body = {
        "version": "1.0",
        **_frame(request, channel, post_id, origin),
        "title": shared.title,
        "author_name": shared.author or newsroom(),
        "provider_name": newsroom(),
        "provider_url": f"{origin}/",
        "cache_age": CACHE_SECONDS,
    }
    return Response(
        msgspec.json.encode(body),
        media_type="application/json",
        headers={"cache-control": f"public, max-age={CACHE_SECONDS}"},
    )


def _frame(
    request: Request[Any, Any, Any], channel: Channel, post_id: str | None, origin: str
) -> dict[str, Any]:
    """It goes on where it stands, in a frame within the room that the site has: a coverage with
    what is new, a post with its corrections."""
    most = HEIGHT_OF_ONE if post_id else HEIGHT
    width = min(WIDTH, whole(request, "maxwidth") or WIDTH)
    height = min(most, whole(request, "maxheight") or most)
    post = channel.page.post(post_id) if post_id else None
    html = frame_html(channel.coverage, origin, width=width, height=height, only=post)
    return {"type": "rich", "html": html, "width": width, "height": height}


def _shared(channel: Channel, post_id: str | None, origin: str) -> Shared:
    if post_id is None:
        return shared_coverage(channel.coverage, origin)
    post = channel.page.post(post_id)
    if post is None:
        raise NotFound("There is no such update in this coverage.")
    if post.status == "redacted":
        raise Gone("This update was removed for legal reasons.")
    return shared_post(post, channel.coverage, origin)


def _parts(url: str, origin: str) -> tuple[str, str | None]:
    """Slug and post of an address: a post's own, or that of the page around it.

    :raises NotFound: it is none of ours.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    ours = urlsplit(origin)
    found = _PATH.match(parts.path)
    # http and https are one site to whoever copies an address.
    if not found or parts.netloc.lower() != ours.netloc.lower() or parts.scheme not in _SCHEMES:
        raise NotFound("This is no address of a coverage, or of an update, on this site.")
    around = parse_qs(parts.query).get("at-post")
    return found[1], found[2] or (around[0] if around else None)
