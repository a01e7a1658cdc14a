"""The API's topics of a coverage: what readers are shown, and the desk's word on it."""

from typing import Any

from litestar import Request, Response, get, put

from dateline.desk import reading
from dateline.desk.writing import Request as Writing
from dateline.desk.writing import write
from dateline.domain.commands import SetTopics
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.incoming import command, grant, key_and_fingerprint, now, revision
from dateline.web.site import Site

SHOWN = 24


@get("/api/coverages/{slug:str}/topics", name="read_topics")
async def read_topics(slug: str, site: Site) -> Response[bytes]:
    """The topics that readers may be shown, with their counts, and what the desk has chosen."""
    chosen = await reading.topics(site.log, slug)
    channel = await site.hub.open(slug)
    shown = channel.page.topics.popular(SHOWN)
    headers = {"etag": f'"{chosen.revision}"'}
    return json(answers.topics_answer(slug, chosen, shown), headers=headers)


@put("/api/coverages/{slug:str}/topics", name="set_topics", status_code=200)
async def set_topics(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Set the desk's whole choice. With `If-Match`, only if nobody has set it meanwhile."""
    held = await grant(request, site)
    sent = await command(request, SetTopics)
    held.check("run", slug)
    key, told = key_and_fingerprint(request, held, sent)
    writing = Writing(slug, sent, seen=revision(request), key=key, fingerprint=told)
    receipt = await write(site.log, held.actor, writing, now=now())
    answer = answers.SettingReceipt(
        slug, receipt.seq, receipt.revision or 0, f"/live/{slug}#topics"
    )
    return json(answer, headers={"etag": f'"{answer.revision}"'})
