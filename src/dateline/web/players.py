"""`GET /live/{slug}/p/{id}/player/{n}`: another site's player, alone in a page of ours.

A coverage's page may show frames of its own site alone. What a reader loads by a click stands in
this one, whose policy names that one other site: so there may be any, and no page has to name them.
"""

from litestar import Response, get

from dateline.domain.blocks import Embed
from dateline.domain.errors import NotFound
from dateline.domain.posts import Post
from dateline.render.framed import player_html
from dateline.render.players import player as player_of
from dateline.web.headers import policy_of_player
from dateline.web.paging import find
from dateline.web.site import Site


@get("/live/{slug:str}/p/{post_id:str}/player/{number:int}", name="player")
async def player(slug: str, post_id: str, number: int, site: Site) -> Response[bytes]:
    """The player of a post's block, counted from 0."""
    channel = await site.hub.open(slug)
    embed = _embed(find(channel, post_id), number)
    found = player_of(embed) if embed else None
    if embed is None or found is None:
        raise NotFound("There is nothing to play in this update any more. See the update itself.")
    headers = {
        "content-security-policy": policy_of_player(found.host),
        "cache-control": "public, max-age=1",
    }
    body = player_html(embed, found, channel.coverage.language, site.assets)
    return Response(body, media_type="text/html", headers=headers)


def _embed(post: Post, number: int) -> Embed | None:
    blocks = post.content.blocks if post.status == "published" else ()
    block = blocks[number] if 0 <= number < len(blocks) else None
    return block if isinstance(block, Embed) else None
