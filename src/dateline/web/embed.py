"""`/embed/…`: a coverage on other people's pages, the scripts for it, and the page in a frame."""

from typing import Any, Literal

from litestar import Request, Response, get

from dateline.delivery.channel import Channel
from dateline.render.embed import Embedded, embed_html
from dateline.web.files import packed
from dateline.web.origin import origin_or_nothing
from dateline.web.paging import find, whole
from dateline.web.ready import Answer
from dateline.web.site import Site

POSTS, MOST = 10, 30
# Their addresses stand in other people's pages and stay; what they answer may change.
_SCRIPT = "public, max-age=300, stale-while-revalidate=86400"


@get("/embed/live.js", name="embed_script")
async def script(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """What `<dateline-live>` is."""
    return _script(site, "live").response(request)


@get("/embed/resize.js", name="embed_resize")
async def resize(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """For the page around a frame: gives it its height, and tells it the page's colours."""
    return _script(site, "resize").response(request)


@get("/embed/{slug:str}", name="embed")
async def embed(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """The newest posts, the pinned ones first, or one: complete in HTML, live with its script."""
    channel = await site.hub.open(slug)
    return await site.ready.answered(request, channel, lambda: _embed(request, channel, site))


async def _embed(request: Request[Any, Any, Any], channel: Channel, site: Site) -> Answer:
    page = channel.page
    most = min(max(1, whole(request, "posts") or POSTS), MOST)
    asked = request.query_params.get("post")
    only = find(channel, asked) if asked else None
    shown = [only] if only else [*page.pinned(), *page.stream(limit=most)]
    embedded = Embedded(
        coverage=channel.coverage,
        head_html=channel.head(),
        posts=[channel.fragment(post) for post in shown],
        seq=page.seq,
        epoch=page.epoch,
        most=most,
        pins=page.pins,
        scheme=_scheme(request),
        only=only.id if only else None,
        origin=origin_or_nothing(request, site),
    )
    return Answer(
        embed_html(embedded, site.assets),
        media_type="text/html; charset=utf-8",
        cache_control="public, max-age=1",
        etag=f"{page.seq}-{page.epoch}-{site.assets['etag']}",
    )


def _scheme(request: Request[Any, Any, Any]) -> Literal["", "light", "dark"]:
    asked = request.query_params.get("scheme")
    return "dark" if asked == "dark" else "light" if asked == "light" else ""


def _script(site: Site, name: str) -> Answer:
    file = site.assets[f"embed-{name}.js"]
    return packed(site.static / file, _SCRIPT, file)
