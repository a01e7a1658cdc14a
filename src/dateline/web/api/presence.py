"""The API's presence: who is in a coverage, who is at what, and taking it over."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, post
from msgspec import Struct

from dateline.desk import drafts as desk
from dateline.desk import reading
from dateline.domain import presence as rules
from dateline.domain.drafts import Colleague, colleague
from dateline.domain.presence import Device, Present
from dateline.domain.shapes import PostId
from dateline.web.api.answers import json
from dateline.web.api.drafts import hand_of, shown
from dateline.web.api.incoming import command, grant, now
from dateline.web.site import Site


class Report(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a device says every ten seconds, and when it leaves (`gone`).

    `take`: what it is at, it takes over from whoever else is at it.
    """

    device: Device
    editing: PostId | None = None
    gone: bool = False
    take: bool = False


class Taking(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """By which device; without it, by all of that person's."""

    device: Device = "all"


class PresenceAnswer(Struct, frozen=True):
    """Who is there: each person once for each thing they are at."""

    coverage: str
    people: list[Present]


@post("/api/coverages/{slug:str}/presence", name="report_presence", status_code=200)
async def report_presence(
    request: Request[Any, Any, Any], slug: str, site: Site
) -> Response[bytes]:
    """Say that one is here, and at what."""
    held = await grant(request, site)
    said = await command(request, Report)
    hand = hand_of(held, slug, "file" if said.take else "see")
    await reading.coverage(site.log, slug)
    who, at = colleague(hand.actor), now()
    if said.gone:
        await site.presence.leave(slug, who.id, said.device, now=at)
    elif said.take and said.editing:
        await _take(site, slug, who, said.device, said.editing, at)
    else:
        await site.presence.change(
            slug, lambda there: rules.heard(there, who, said.device, said.editing, at), now=at
        )
    there = await site.presence.there(slug, at)
    return json(PresenceAnswer(slug, rules.present(there)))


@post("/api/coverages/{slug:str}/drafts/{draft_id:str}/take", name="take_draft", status_code=200)
async def take_draft(
    request: Request[Any, Any, Any], slug: str, draft_id: str, site: Site
) -> Response[bytes]:
    """Take over what somebody else is at. They are told; nothing of theirs is lost."""
    hand = hand_of(await grant(request, site), slug, "file")
    device = (await command(request, Taking)).device
    draft = await desk.found(site.drafts, slug, draft_id, hand)
    who, at = colleague(hand.actor), now()
    await _take(site, slug, who, device, draft.post_id, at)
    return await shown(site, hand, draft)


async def _take(
    site: Site, slug: str, who: Colleague, device: str, item: str, at: datetime
) -> None:
    await site.presence.change(
        slug, lambda there: rules.taken(there, who, device, item, at), now=at
    )
