"""`GET /live/{slug}/p/{id}/history`: what a post said before, for readers and without a script."""

from typing import Any

from litestar import Request, Response, get

from dateline.domain.errors import Gone, NotFound
from dateline.projections.history import history_of
from dateline.render.history import history_html
from dateline.web.ready import Answer, target_of
from dateline.web.site import Site


@get("/live/{slug:str}/p/{post_id:str}/history", name="history")
async def history(
    request: Request[Any, Any, Any], slug: str, post_id: str, site: Site
) -> Response[bytes]:
    """The post as it is now, and what changed with each version, newest first."""
    channel = await site.hub.open(slug)
    target = target_of(request)
    answer = site.ready.find(target)
    if answer is None:
        seq, coverage = channel.seq, channel.coverage
        if channel.page.post(post_id) is None:
            raise NotFound("There is no such update in this coverage. It may be on another page.")
        found = history_of((await site.log.history(slug, [post_id], upto=seq)).records)
        if found is None or found.post.status == "redacted":
            raise Gone("This update was removed for legal reasons.")
        answer = Answer(
            history_html(found, coverage, site.assets),
            media_type="text/html; charset=utf-8",
            cache_control="public, max-age=1",
            etag=f"{found.post.seq}-{channel.page.epoch}-{site.assets['etag']}",
        )
        # What came while the log was read may have been a takedown.
        if channel.seq == seq:
            site.ready.keep(target, channel, answer)
    return answer.response(request)
