"""The API's audit trail: sign-ins, and what was done to accounts and rights."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from msgspec import Struct

from dateline.auth.audit import KINDS, Kind
from dateline.domain.errors import Invalid
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
    """For administrators. Kept are the last 100,000 lines, of failed sign-ins the last 10,000.

    `person`: only what they did, or what was done to them; `kind`: only of this kind.
    """
    held = await grant(request, site)
    held.check("audit")
    before = whole(request, "before", MOST_SEQ, most=MOST_SEQ)
    limit = whole(request, "limit", PAGE, least=1, most=MOST)
    person_id = request.query_params.get("person")
    person = await site.staff.people.find(person_id) if person_id else None
    kind = _kind(request)
    found = await site.staff.audit.listed(before=before, most=limit, person=person, kind=kind)
    lines = [
        HappeningAnswer(one.id, one.time, one.what, one.by.name, one.by.id, one.about, one.address)
        for one in found
    ]
    return json(AuditAnswer(lines, _older(lines, limit, person_id, kind)))


def _kind(request: Request[Any, Any, Any]) -> Kind | None:
    asked = request.query_params.get("kind")
    if not asked:
        return None
    for kind in KINDS:
        if asked == kind:
            return kind
    raise Invalid(f"A line of the trail is one of {', '.join(KINDS)}.", "/kind")


def _older(
    lines: list[HappeningAnswer], limit: int, person: str | None, kind: str | None
) -> str | None:
    if len(lines) < limit:
        return None
    asked = {"before": lines[-1].id, "limit": limit, "person": person, "kind": kind}
    return f"/api/audit?{urlencode({name: value for name, value in asked.items() if value})}"
