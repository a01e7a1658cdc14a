"""`GET /live/{slug}/p/{id}/history`: what a post said before, for readers and without a script."""

from typing import Any

from litestar import Request, Response, get

from dateline.delivery.channel import Channel
from dateline.domain.errors import Gone, NotFound
from dateline.projections.history import history_of
from dateline.render.history import history_html
from dateline.web.ready import Answer
from dateline.web.site import Site


@get("/live/{slug:str}/p/{post_id:str}/history", name="history")
async def history(
    request: Request[Any, Any, Any], slug: str, post_id: str, site: Site
) -> Response[bytes]:
    """The post as it is now, and what changed with each version, newest first."""
    channel = await site.hub.open(slug)
    return await site.ready.answered(request, channel, lambda: _history(channel, post_id, site))


async def _history(channel: Channel, post_id: str, site: Site) -> Answer:
    coverage = channel.coverage
    if channel.page.post(post_id) is None:
        raise NotFound("There is no such update in this coverage. It may be on another page.")
    records = (await site.log.history(channel.slug, [post_id], upto=channel.seq)).records
    found = history_of(records)
    if found is None or found.post.status == "redacted":
        raise Gone("This update was removed for legal reasons.")
    return Answer(
        history_html(found, coverage, site.assets),
        media_type="text/html; charset=utf-8",
        cache_control="public, max-age=1",
        etag=f"{found.post.seq}-{channel.page.epoch}-{site.assets['etag']}",
    )
