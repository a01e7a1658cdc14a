"""The API's members: who takes part in a coverage as what, and who is invited."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from litestar import Request, Response, delete, get, post, put
from msgspec import Meta, Struct

from dateline.auth import parts
from dateline.auth.grants import Grant
from dateline.auth.invitations import Invitation
from dateline.auth.memberships import Member
from dateline.desk import reading
from dateline.domain.rights import Role
from dateline.domain.shapes import Line
from dateline.web.api.answers import json
from dateline.web.api.incoming import command, deed_of, grant, now
from dateline.web.audience import DESK
from dateline.web.origin import origin_of
from dateline.web.site import Site

_S = "/api/coverages/{slug:str}"
JOIN = "/desk/join"


class SetMember(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody is in this coverage."""

    role: Role


class Invite(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a link is for, so that it can be told from others; for how many days it holds."""

    label: Line = "Contributor"
    days: Annotated[int, Meta(ge=1, le=30)] = 2


class MemberAnswer(Struct, frozen=True):
    """`role` is the one here; `until` when it ends, for who came by an invitation."""

    id: str
    name: str
    organisation: str | None
    role: Role
    until: datetime | None


class MembersAnswer(Struct, frozen=True):
    members: list[MemberAnswer]


class InvitationAnswer(Struct, frozen=True):
    """`person` is the id of who came by it, once somebody has."""

    id: str
    label: str
    person: str | None
    created_at: datetime
    expires_at: datetime


class InvitationsAnswer(Struct, frozen=True):
    invitations: list[InvitationAnswer]


class NewInvitationAnswer(Struct, frozen=True):
    """The link is shown this once."""

    id: str
    url: str
    expires_at: datetime


@get(f"{_S}/members", name="list_members", opt=DESK)
async def list_members(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Who has a role of their own here. Everybody else has the one for the house."""
    await _allowed(request, site, slug, "see")
    found = await site.staff.memberships.of(slug, now=now())
    return json(MembersAnswer([_member_answer(one) for one in found]))


@get(f"{_S}/members/{{person_id:str}}", name="read_member", opt=DESK)
async def read_member(
    request: Request[Any, Any, Any], slug: str, person_id: str, site: Site
) -> Response[bytes]:
    """One of them."""
    await _allowed(request, site, slug, "see")
    return json(_member_answer(await site.staff.memberships.find(slug, person_id, now=now())))


@put(f"{_S}/members/{{person_id:str}}", name="set_member", status_code=200)
async def set_member(
    request: Request[Any, Any, Any], slug: str, person_id: str, site: Site
) -> Response[bytes]:
    """Give somebody a role here: at most one's own, and nobody who has more."""
    held = await _allowed(request, site, slug, "members")
    sent = await command(request, SetMember)
    done = await site.staff.deeds.do(
        deed_of(request, held, sent),
        Member,
        lambda act: parts.set_member(act, held, slug, person_id, sent.role),
    )
    return json(_member_answer(done.answer))


@delete(f"{_S}/members/{{person_id:str}}", name="remove_member", status_code=204)
async def remove_member(
    request: Request[Any, Any, Any], slug: str, person_id: str, site: Site
) -> Response[None]:
    """From now on their role for the house counts here."""
    held = await _allowed(request, site, slug, "members")
    await site.staff.deeds.do(
        deed_of(request, held),
        type(None),
        lambda act: parts.remove_member(act, held, slug, person_id),
    )
    return Response(None, status_code=204)


@get(f"{_S}/invitations", name="list_invitations", opt=DESK)
async def list_invitations(
    request: Request[Any, Any, Any], slug: str, site: Site
) -> Response[bytes]:
    """The invitations that hold; never their links."""
    await _allowed(request, site, slug, "members")
    found = await site.staff.invitations.listed(slug, now=now())
    return json(InvitationsAnswer([_invitation_answer(one) for one in found]))


@post(f"{_S}/invitations", name="invite", status_code=201)
async def invite(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """A link by which one person files here without an account, for some days."""
    held = await _allowed(request, site, slug, "members")
    sent = await command(request, Invite)
    lasting = timedelta(days=sent.days)
    done = await site.staff.deeds.do(
        deed_of(request, held, sent),
        Invitation,
        lambda act: parts.invite(act, slug, sent.label, lasting),
    )
    made = done.answer
    url = f"{origin_of(request, site)}{JOIN}?token={done.secret}"
    return json(NewInvitationAnswer(made.id, url, made.expires), status=201)


@delete(f"{_S}/invitations/{{invitation:str}}", name="revoke_invitation", status_code=204)
async def revoke_invitation(
    request: Request[Any, Any, Any], slug: str, invitation: str, site: Site
) -> Response[None]:
    """End an invitation, and sign out who came by it. What they filed stays."""
    held = await _allowed(request, site, slug, "members")
    deed = deed_of(request, held)
    await site.staff.deeds.do(deed, type(None), lambda act: parts.revoke(act, slug, invitation))
    return Response(None, status_code=204)


async def _allowed(request: Request[Any, Any, Any], site: Site, slug: str, action: Any) -> Grant:
    held = await grant(request, site)
    held.check(action, slug)
    await reading.coverage(site.log, slug)
    return held


def _member_answer(one: Member) -> MemberAnswer:
    person = one.person
    return MemberAnswer(person.id, person.name, person.organisation, one.role, one.until)


def _invitation_answer(one: Invitation) -> InvitationAnswer:
    return InvitationAnswer(one.id, one.label, one.person, one.created, one.expires)
