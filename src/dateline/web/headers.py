"""The headers that every answer bears: what a page may load, and from where."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from dateline.render.players import FRAME_HOSTS


def policy(*, images: str = "'self'", more: tuple[str, ...] = ()) -> str:
    """What a page may load, and from where. Nothing inline, nothing of other sites by itself."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {images}",
            "font-src 'self'",
            "connect-src 'self'",
            # The players that a reader may load by a click; nothing of theirs comes by itself.
            "frame-src " + " ".join(f"https://{host}" for host in FRAME_HOSTS),
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


def with_security_headers(app: ASGIApp) -> ASGIApp:
    """The app, adding the headers to whatever it answers, where an answer has no own."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [*message["headers"]]
                names = {name.lower() for name, _ in own}
                message["headers"] = [*own, *(one for one in SECURITY if one[0] not in names)]
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == ScopeType.HTTP else send)

    return wrapped
