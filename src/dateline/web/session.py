"""The session of somebody who is signed in: its cookie, and what keeps other sites from using it.

The cookie goes with every request a browser sends here, also those that another site has made it
send. A write counts only if it shows that it comes from our own pages: the secret of `/api/me` in
`X-CSRF-Token` (in a form: `csrf`), and an origin that is ours where the browser tells one.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie
from msgspec import Struct

from dateline.auth.secrets import derived, is_same
from dateline.auth.sessions import LIFETIME, Session
from dateline.domain.errors import NotAllowed
from dateline.web.site import Site

COOKIE = "__Host-session"
"""The prefix makes browsers refuse it from a subdomain, for a path, or without Secure. They take
Secure cookies from http://127.0.0.1 and http://localhost too; elsewhere there has to be TLS."""
SAFE = ("GET", "HEAD", "OPTIONS")
_ELSEWHERE = "This came from another site, so nothing was done. Open the desk and do it there."
_EARLIER = "You have signed in anew since this page was opened, so nothing was done. Load it again."


class Signed(Struct, frozen=True):
    """A session, and the secret of its cookie."""

    session: Session
    secret: str

    @property
    def csrf(self) -> str:
        """What a write by this session has to send along. It gives nobody the session."""
        return derived(self.secret, "csrf")


async def signed_in(request: Request[Any, Any, Any], site: Site, *, now: datetime) -> Signed | None:
    """Who is signed in, by their cookie."""
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    session = await site.staff.sessions.find(secret, now=now)
    return Signed(session, secret) if session else None


def check_csrf(given: str, signed: Signed) -> None:
    """:raises NotAllowed: the request does not have the secret that our own pages have."""
    if not is_same(given, signed.csrf):
        raise NotAllowed(
            "The request lacks the secret of this session. "
            "Send `csrf` of GET /api/me as X-CSRF-Token."
        )


def check_page(given: str, signed: Signed) -> None:
    """The same of a page that people have before them, in words for them.

    :raises NotAllowed: it is none of ours, or from a session before this one.
    """
    if not is_same(given, signed.csrf):
        raise NotAllowed(_EARLIER)


def check_origin(request: Request[Any, Any, Any], site: Site) -> None:
    """:raises NotAllowed: the browser says that another site made it send this."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None and fetched not in ("same-origin", "none"):
        raise NotAllowed(_ELSEWHERE)
    origin = request.headers.get("origin")
    if origin is not None and not _is_ours(origin, request, site):
        raise NotAllowed(_ELSEWHERE)


def session_cookie(secret: str) -> Cookie:
    return Cookie(
        COOKIE,
        value=secret,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
        max_age=int(LIFETIME.total_seconds()),
    )


def no_cookie() -> Cookie:
    """Takes the session's cookie away."""
    return Cookie(COOKIE, value="", path="/", secure=True, httponly=True, samesite="lax", max_age=0)


def address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


def _is_ours(origin: str, request: Request[Any, Any, Any], site: Site) -> bool:
    # Not the scheme: behind a proxy with TLS it may not be known here.
    ours = {request.headers.get("host", "").lower()}
    if site.url:
        ours.add(urlsplit(site.url).netloc.lower())
    return origin.partition("://")[2].lower() in ours - {""}
