"""The headers that every answer bears: what a page may load and from where, who may frame it, and
whose scripts may read it.
"""

import re

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def policy(*, images: str = "'self'", frames: str = "'self'", more: tuple[str, ...] = ()) -> str:
    """What a page may load, and from where. Nothing inline, nothing of other sites by itself."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {images}",
            "font-src 'self'",
            "connect-src 'self'",
            # A player that a reader loads by a click stands in a page of ours (web/players.py).
            f"frame-src {frames}",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
            *more,
        ]
    )


SECURITY = [
    (b"content-security-policy", policy().encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
# What other people's pages show of ours stands in their frames, and loads nothing but ours.
_EMBEDDED_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    ]
)
# Public, the same for everybody, and asked for without cookies: any page may read it.
_CORS = [(b"access-control-allow-origin", b"*")]
_OPEN = [*SECURITY, *_CORS]
_EMBEDDED = [(b"content-security-policy", _EMBEDDED_POLICY.encode()), *SECURITY[1:], *_CORS]
_FOLLOWED = re.compile(r"/live/[^/]+/(stream|changes/[^/]+)")


def bearing(path: str) -> list[tuple[bytes, bytes]]:
    """The headers of what is at a path."""
    if path.startswith("/embed/"):
        return _EMBEDDED
    return _OPEN if _FOLLOWED.fullmatch(path) else SECURITY


def policy_of_player(host: str) -> str:
    """What the page around another site's player may load: that site in a frame, and our style."""
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            f"frame-src https://{host}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        ]
    )


def with_security_headers(app: ASGIApp) -> ASGIApp:
    """The app, adding the headers to whatever it answers, where an answer has no own."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [*message["headers"]]
                names = {name.lower() for name, _ in own}
                borne = bearing(scope["path"])
                message["headers"] = [*own, *(one for one in borne if one[0] not in names)]
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == ScopeType.HTTP else send)

    return wrapped
