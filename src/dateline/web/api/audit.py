"""The API's audit trail: sign-ins, and what was done to accounts and rights."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from dateline.web.api.answers import json
from dateline.web.api.incoming import MOST_SEQ, grant, whole
from dateline.web.site import Site

PAGE = 100
MOST = 500


class HappeningAnswer(Struct, frozen=True):
    """`by` did `what` to `about`. An empty `by`: somebody who was not known."""

    id: int
    time: datetime
    what: str
    by: str
    by_id: str
    about: str
    address: str


class AuditAnswer(Struct, frozen=True):
    """Newest first. `next` is the address of the older ones."""

    happenings: list[HappeningAnswer]
    next: str | None


@get("/api/audit", name="read_audit")
async def read_audit(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """For administrators. Kept are the last 100,000 lines, of failed sign-ins the last 10,000."""
    held = await grant(request, site)
    held.check("audit")
    before = whole(request, "before", MOST_SEQ, most=MOST_SEQ)
    limit = whole(request, "limit", PAGE, least=1, most=MOST)
    found = await site.staff.audit.listed(before=before, most=limit)
    lines = [
        HappeningAnswer(one.id, one.time, one.what, one.by.name, one.by.id, one.about, one.address)
        for one in found
    ]
    older = f"/api/audit?before={lines[-1].id}&limit={limit}" if len(lines) == limit else None
    return json(AuditAnswer(lines, older))
