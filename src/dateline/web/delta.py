"""`GET /live/{slug}/changes/{n}`: what changed after n, for any cache to keep."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from dateline.delivery.channel import Channel
from dateline.delivery.delta import changes
from dateline.domain.errors import Invalid
from dateline.web.ready import Answer
from dateline.web.site import Site

IMMUTABLE = "public, max-age=31536000, immutable"
OPEN = "public, max-age=1, stale-while-revalidate=5"


@get("/live/{slug:str}/changes/{after:str}", name="changes")
async def delta(
    request: Request[Any, Any, Any], slug: str, after: str, site: Site
) -> Response[bytes]:
    """The changes after a seq, compacted to the last state of each post."""
    channel = await site.hub.open(slug)
    return await site.ready.answered(request, channel, lambda: _delta(request, channel, after))


async def _delta(request: Request[Any, Any, Any], channel: Channel, after: str) -> Answer:
    epoch = channel.page.epoch
    found = await changes(channel, _number(after))
    # The address of another epoch may still be asked for: it gets today's words, and no cache
    # may keep them under that name.
    is_current = request.query_params.get("epoch", "0") == str(epoch)
    return Answer(
        msgspec.json.encode(found.delta),
        media_type="application/json",
        cache_control=IMMUTABLE if found.is_full and is_current else OPEN,
        etag=f"{found.delta.seq}-{epoch}",
    )


def _number(after: str) -> int:
    if not (after.isascii() and after.isdigit() and len(after) < 16):
        raise Invalid("The changes after which seq? Give a whole number, or load the page again.")
    return int(after)
