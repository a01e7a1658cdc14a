"""`GET /live/{slug}/since/{seq}`: what a reader who has seen so much has missed, in numbers.

The browser alone knows what was seen; the server learns a seq, as it does of every stream.
"""

import msgspec
from litestar import Response, get

from dateline.web.site import Site


@get("/live/{slug:str}/since/{seq:int}", name="since")
async def since(slug: str, seq: int, site: Site) -> Response[bytes]:
    """How many updates came after `seq`, how many are key events, where the first one is."""
    channel = await site.hub.open(slug)
    missed = channel.page.since(seq)
    body = {
        "seq": channel.seq,
        "count": missed.count,
        "keys": missed.keys,
        "first": f"/live/{slug}/p/{missed.first.id}" if missed.first else None,
    }
    return Response(
        msgspec.json.encode(body),
        media_type="application/json",
        headers={"cache-control": "public, max-age=1"},
    )
