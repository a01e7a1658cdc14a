"""`/sitemap.xml`, `/robots.txt` and `/.well-known/security.txt`."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from litestar import Request, Response, get

from dateline.domain.errors import NotFound
from dateline.render import sitemap as pages
from dateline.web.origin import origin_of
from dateline.web.ready import Answer
from dateline.web.site import Site

_TEXT = "text/plain; charset=utf-8"
_DAY = "public, max-age=86400"


@get("/sitemap.xml", name="sitemap")
async def sitemap(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """All coverages; those that changed in the last two days as news."""
    origin = origin_of(request, site)
    body = pages.sitemap(await site.front.listed(), origin, datetime.now(UTC))
    answer = Answer(
        body,
        media_type="application/xml; charset=utf-8",
        cache_control="public, max-age=60",
        etag=sha256(body).hexdigest()[:16],
    )
    return answer.response(request)


@get("/robots.txt", name="robots")
async def robots(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Where crawlers need not look, and where the sitemap is."""
    body = pages.robots(origin_of(request, site))
    return Answer(body, media_type=_TEXT, cache_control=_DAY).response(request)


@get("/.well-known/security.txt", name="security")
async def security(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Whom to tell of a weakness, if there is somebody."""
    if not site.security_contact:
        raise NotFound("Nobody is named here. Write to the newsroom.")
    body = pages.security(site.security_contact, origin_of(request, site), datetime.now(UTC))
    return Answer(body, media_type=_TEXT, cache_control=_DAY).response(request)
