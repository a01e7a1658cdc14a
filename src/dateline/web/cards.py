"""`GET /live/{slug}/card.png` and `…/p/{id}/card.png`: pictures for who shares a page."""

import asyncio
from typing import Any

from litestar import Request, Response, get

from dateline.delivery.channel import Channel
from dateline.domain.errors import Gone, NotFound
from dateline.domain.posts import Post
from dateline.render.card import Drawn, card_of, card_png
from dateline.render.environment import newsroom
from dateline.render.lettering import Faces
from dateline.web.site import Site

KEPT = 64
AT_ONCE = 2
CACHE_SECONDS = 300
Key = tuple[str, str, int, int]


class Cards:
    """The pictures that were asked for last. At most two are drawn at a time."""

    def __init__(self) -> None:
        self._kept: dict[Key, bytes] = {}
        self._drawing = asyncio.Semaphore(AT_ONCE)

    async def png(self, key: Key, card: Drawn, faces: Faces) -> bytes:
        async with self._drawing:
            found = self._kept.pop(key, b"")
            if not found:
                found = await asyncio.to_thread(card_png, card, faces)
            self._kept[key] = found
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
            return found

    def forget(self, slug: str, post_id: str) -> None:
        """After a takedown no picture holds its words."""
        for key in [key for key in self._kept if key[:2] == (slug, post_id)]:
            del self._kept[key]


_CARDS = Cards()


@get("/live/{slug:str}/card.png", name="coverage_card")
async def coverage_card(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """The picture of a coverage."""
    return await _answer(request, site, await site.hub.open(slug), None)


@get("/live/{slug:str}/p/{post_id:str}/card.png", name="post_card")
async def post_card(
    request: Request[Any, Any, Any], slug: str, post_id: str, site: Site
) -> Response[bytes]:
    """The picture of an update."""
    return await _answer(request, site, await site.hub.open(slug), post_id)


async def _answer(
    request: Request[Any, Any, Any], site: Site, channel: Channel, post_id: str | None
) -> Response[bytes]:
    post = _post(channel, post_id)
    coverage = channel.coverage
    key = channel.slug, post.id if post else "", post.seq if post else 0, coverage.seq
    headers = {
        "etag": f'"{key[2]}-{key[3]}-{site.assets["etag"]}"',
        "cache-control": f"public, max-age={CACHE_SECONDS}",
        "cross-origin-resource-policy": "cross-origin",
    }
    known = request.headers.get("if-none-match", "")
    if headers["etag"] in {one.strip().removeprefix("W/") for one in known.split(",")}:
        return Response(b"", status_code=304, headers=headers)
    faces = Faces(site.static, dict(site.assets))
    body = await _CARDS.png(key, card_of(coverage, post, newsroom()), faces)
    _post(channel, post_id)  # It may have been taken down while it was drawn.
    return Response(body, media_type="image/png", headers=headers)


def _post(channel: Channel, post_id: str | None) -> Post | None:
    if post_id is None:
        return None
    post = channel.page.post(post_id)
    if post is None:
        raise NotFound("There is no such update in this coverage.")
    if post.status == "redacted":
        _CARDS.forget(channel.slug, post_id)
        raise Gone("This update was removed for legal reasons.")
    return post
