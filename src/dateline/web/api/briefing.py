"""The API's briefing of a coverage: read it, set it as a whole."""

from typing import Any

from litestar import Request, Response, get, put

from dateline.desk import reading
from dateline.desk.writing import Request as Writing
from dateline.desk.writing import write
from dateline.domain.commands import SetBriefing
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.incoming import command, grant, key_and_fingerprint, now, revision
from dateline.web.site import Site


@get("/api/coverages/{slug:str}/briefing", name="read_briefing")
async def read_briefing(slug: str, site: Site) -> Response[bytes]:
    """The briefing as it is now."""
    briefed = await reading.briefing(site.log, slug)
    headers = {"etag": f'"{briefed.revision}"'}
    return json(answers.briefing_answer(slug, briefed), headers=headers)


@put("/api/coverages/{slug:str}/briefing", name="set_briefing", status_code=200)
async def set_briefing(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Set the whole briefing. With `If-Match`, only if nobody else has set it meanwhile."""
    held = await grant(request, site)
    sent = await command(request, SetBriefing)
    held.check("run", slug)
    key, told = key_and_fingerprint(request, held, sent)
    writing = Writing(slug, sent, seen=revision(request), key=key, fingerprint=told)
    receipt = await write(site.log, held.actor, writing, now=now())
    answer = answers.SettingReceipt(
        slug, receipt.seq, receipt.revision or 0, f"/live/{slug}#briefing"
    )
    return json(answer, headers={"etag": f'"{answer.revision}"'})
