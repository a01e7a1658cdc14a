"""A live blog played into a running server through its API, as if it were happening now."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
from msgspec.structs import replace

from dateline.domain.commands import Command
from dateline.domain.errors import Invalid, Unavailable
from dateline.ingest.liveblogs import Blog

PATIENCE = (0, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5)
"""Seconds before each try: a server that is started again meanwhile is waited for."""
PATIENCE_AT_FIRST = PATIENCE[:5]
"""One that was never there is missed sooner."""
LONGEST_PAUSE = timedelta(minutes=30)
USUAL_PAUSE = timedelta(minutes=4)


async def replay(
    blog: Blog,
    *,
    url: str,
    token: str,
    speed: float,
    slug: str | None,
    opened: Callable[[str], None],
    advance: Callable[[], None],
) -> str:
    """Open a coverage, publish the posts at their pace (`speed` times faster), end it.

    :returns: the coverage's address.
    :raises Invalid: the address or the token is none.
    :raises Unavailable: the server refuses, or can't be reached for long.
    """
    _check(url, token)
    coverage = replace(blog.coverage, slug=slug) if slug else blog.coverage
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=10) as client:
        run = f"replay-{coverage.slug}"
        address = f"/api/coverages/{coverage.slug}"
        await _send(client, "/api/coverages", coverage, f"{run}-open", PATIENCE_AT_FIRST)
        await _send(client, f"{address}/status", {"status": "live"}, f"{run}-live")
        opened(f"{url.rstrip('/')}/live/{coverage.slug}")
        for number, pause in enumerate(_pauses(blog)):
            await asyncio.sleep(pause.total_seconds() / speed)
            # It happens now, not then; the words are what is replayed.
            post = replace(blog.posts[number], occurred_at=None)
            await _send(client, f"{address}/posts", post, f"{run}-{number}")
            advance()
        await _send(client, f"{address}/status", {"status": "ended"}, f"{run}-end")
    return f"{url.rstrip('/')}/live/{coverage.slug}"


def _check(url: str, token: str) -> None:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise Invalid(f"“{url}” is no server's address. Name it as http://127.0.0.1:8000 is named.")
    if not (token.isascii() and token.isprintable()):
        raise Invalid("This is no token. `dateline token create` makes one.")


def _pauses(blog: Blog) -> list[timedelta]:
    """How long after the one before each post came, in its own time."""
    pauses: list[timedelta] = []
    before = None
    for post in blog.posts:
        pause = USUAL_PAUSE
        if post.occurred_at and before:
            pause = min(max(post.occurred_at - before, timedelta()), LONGEST_PAUSE)
        pauses.append(pause if pauses else timedelta())
        before = post.occurred_at
    return pauses


async def _send(
    client: httpx2.AsyncClient,
    path: str,
    body: Command | dict[str, Any],
    key: str,
    patience: Sequence[float] = PATIENCE,
) -> None:
    """Send until it is answered: the key makes it happen once."""
    content = msgspec.json.encode(body)
    fault = ""
    for pause in patience:
        await asyncio.sleep(pause)
        try:
            answer = await client.post(path, content=content, headers={"idempotency-key": key})
        except httpx2.TransportError as error:
            fault = f"{type(error).__name__} {error}".strip()
        else:
            if answer.is_success:
                return
            fault = _detail(answer)
            if answer.status_code < 500:
                raise Unavailable(f"The server refused {path}: {fault}")
    raise Unavailable(
        f"The server at {client.base_url} does not answer {path} ({fault}). "
        "Start it with `dateline serve`, or name it with --url."
    )


def _detail(answer: httpx2.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
