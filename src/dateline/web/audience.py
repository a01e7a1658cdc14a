"""Who sees a coverage: everybody, or while it is rehearsed, the desk alone.

One gate in front of all addresses of a coverage, so that no new one can forget it. To everybody
else a rehearsal is not there, by the very answer that a coverage gets which is not.
"""

from typing import Any

from litestar import Request
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from dateline.auth.grants import Grant
from dateline.desk.writing import meet
from dateline.domain.errors import NotFound, Unauthenticated
from dateline.web.api.incoming import grant
from dateline.web.session import COOKIE
from dateline.web.site import Site

DESK = {"is_for_desk": True}
"""For routes that tell strangers nothing anyhow: they are refused before it is looked for."""
_MARK = "is_rehearsal"
_PRIVATE = [(b"cache-control", b"private, no-store"), (b"x-robots-tag", b"noindex")]


async def check_audience(request: Request[Any, Any, Any]) -> None:
    """Before each request: those who may not see its coverage don't.

    :raises NotFound: there is none for them.
    """
    slug = request.path_params.get("slug")
    if slug is None or request.method != "GET" or request.route_handler.opt.get("is_for_desk"):
        return
    await check_slug(request, request.app.state.site, slug)


async def check_slug(request: Request[Any, Any, Any], site: Site, slug: str) -> None:
    """The same for a coverage that is not in the path.

    :raises NotFound: there is none for them.
    """
    if not await _is_rehearsal(site, slug):
        return
    if not sees(await viewer(request, site), slug):
        raise missing(request, slug)
    request.state[_MARK] = True


def with_privacy(app: ASGIApp) -> ASGIApp:
    """The app, telling caches and crawlers to keep nothing of what only the desk may see."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_private(message: Message) -> None:
            if message["type"] == "http.response.start" and scope.get("state", {}).get(_MARK):
                kept = [one for one in message["headers"] if one[0].lower() != b"cache-control"]
                message["headers"] = [*kept, *_PRIVATE]
            await send(message)

        await app(scope, receive, send_private)

    return wrapped


def is_private(request: Request[Any, Any, Any]) -> bool:
    """Whether who asks was let in to a rehearsal."""
    return bool(request.scope["state"].get(_MARK))


async def viewer(request: Request[Any, Any, Any], site: Site) -> Grant | None:
    """Who asks, if they say so; None is the public."""
    if "authorization" not in request.headers and COOKIE not in request.cookies:
        return None
    try:
        return await grant(request, site)
    except Unauthenticated:
        return None


def sees(who: Grant | None, slug: str) -> bool:
    """Whether somebody sees that coverage while it is rehearsed."""
    return who is not None and who.may("see", slug)


def missing(request: Request[Any, Any, Any], slug: str) -> NotFound:
    """The error for a coverage that is not there, as the address tells it."""
    if request.scope["path"].startswith("/api"):
        return NotFound(f"There is no coverage “{slug}”. GET /api/coverages lists those there are.")
    return NotFound(f"There is no coverage “{slug}”. See the front page for all.")


async def _is_rehearsal(site: Site, slug: str) -> bool:
    channel = site.hub.loaded(slug)
    if channel and channel.is_current:
        return channel.coverage.rehearsal
    coverage = (await meet(site.log, slug)).coverage
    return coverage is not None and coverage.rehearsal
