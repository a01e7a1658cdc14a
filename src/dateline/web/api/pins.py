"""The API's pinned posts of a coverage: which there are, and in which order they stand."""

from typing import Any

from litestar import Request, Response, get, put

from dateline.desk import reading
from dateline.desk.writing import Request as Writing
from dateline.desk.writing import write
from dateline.domain.commands import OrderPins
from dateline.domain.errors import Stale
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.incoming import command, grant, key_and_fingerprint, now
from dateline.web.site import Site


@get("/api/coverages/{slug:str}/pins", name="read_pins")
async def read_pins(slug: str, site: Site) -> Response[bytes]:
    """The pinned posts in their order."""
    await reading.coverage(site.log, slug)
    return json(await _standing(site, slug))


@put("/api/coverages/{slug:str}/pins", name="order_pins", status_code=200)
async def order_pins(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Set the order of the pinned posts. What is pinned later stands above them. With `seen`, only
    if nobody else has moved those meanwhile."""
    held = await grant(request, site)
    sent = await command(request, OrderPins)
    held.check("run", slug)
    key, told = key_and_fingerprint(request, held, sent)
    writing = Writing(slug, sent, key=key, fingerprint=told)
    try:
        receipt = await write(site.log, held.actor, writing, now=now())
    except Stale as error:
        raise Stale(error.detail, await _standing(site, slug)) from error
    return json(answers.StatusAnswer(slug, receipt.seq, _url(slug)))


async def _standing(site: Site, slug: str) -> answers.PinsAnswer:
    channel = await site.hub.open(slug)
    posts = [post.id for post in channel.page.pinned()]
    return answers.PinsAnswer(channel.seq, posts, _url(slug))


def _url(slug: str) -> str:
    return f"/live/{slug}#pinned"
