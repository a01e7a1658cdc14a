"""The API's people: who is in the house, and their accounts."""

from datetime import datetime
from email.message import EmailMessage
from typing import Any

import msgspec
import uuid_utils
from litestar import Request, Response, get, patch, post
from msgspec import UNSET, Struct, UnsetType

from dateline.auth import accounts
from dateline.auth.accounts import Linked
from dateline.auth.deeds import Outcome
from dateline.auth.people import Newcomer, Person
from dateline.domain.rights import Role
from dateline.domain.shapes import Email, Line
from dateline.web.api.answers import json
from dateline.web.api.incoming import command, deed_of, grant
from dateline.web.desk.passwords import SET_PASSWORD
from dateline.web.origin import origin_of
from dateline.web.site import Site


class AddPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to be let in."""

    email: Email
    name: Line
    role: Role = "reporter"
    organisation: Line | None = None
    place: Line | None = None


class ChangePerson(Struct, frozen=True, forbid_unknown_fields=True):
    """Only what is given changes. `closed` ends all sessions, and lets nobody in."""

    email: Email | UnsetType = UNSET
    name: Line | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    organisation: Line | UnsetType | None = UNSET
    place: Line | UnsetType | None = UNSET
    closed: bool | UnsetType = UNSET


class PersonAnswer(Struct, frozen=True, omit_defaults=True):
    """`email` and what follows is for administrators. `waiting`: there is no password yet.

    `seen_at`: when they last used a session that has not been ended since.
    """

    id: str
    name: str
    role: Role
    organisation: str | None
    place: str | None
    email: str | UnsetType | None = UNSET
    closed: bool | UnsetType = UNSET
    waiting: bool | UnsetType = UNSET
    seen_at: datetime | UnsetType | None = UNSET


class PeopleAnswer(Struct, frozen=True):
    people: list[PersonAnswer]


class LinkAnswer(Struct, frozen=True):
    """A link that is shown this once. `mailed`: it was also sent to the person."""

    url: str
    expires_at: datetime
    mailed: bool


class NewPersonAnswer(Struct, frozen=True):
    """Who was added, and the link by which they choose a password."""

    person: PersonAnswer
    link: LinkAnswer


@get("/api/people", name="list_people")
async def list_people(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Everybody who may be named in a byline. Who came by an invitation sees only themself."""
    held = await grant(request, site)
    everybody = await site.staff.people.listed()
    if held.may("people"):
        used = await site.staff.sessions.last_used()
        return json(PeopleAnswer([account_answer(one, used.get(one.id)) for one in everybody]))
    found = [
        person_answer(one)
        for one in everybody
        if one.id == held.actor.id or (held.role != "contributor" and not one.is_disabled)
    ]
    return json(PeopleAnswer(found))


@post("/api/people", name="add_person", status_code=201)
async def add_person(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Let somebody in. The answer has a one-time link by which they choose a password."""
    held = await grant(request, site)
    held.check("people")
    sent = await command(request, AddPerson)
    newcomer = Newcomer(str(uuid_utils.uuid7()), **msgspec.structs.asdict(sent))
    deed = deed_of(request, held, sent)
    done = await site.staff.deeds.do(deed, Linked, lambda act: accounts.add(act, newcomer))
    answer = NewPersonAnswer(account_answer(done.answer.person), _link(request, site, done))
    return json(answer, status=201)


@patch("/api/people/{person_id:str}", name="change_person")
async def change_person(
    request: Request[Any, Any, Any], person_id: str, site: Site
) -> Response[bytes]:
    """Change somebody's account, close it, or open it again."""
    held = await grant(request, site)
    held.check("people")
    sent = await command(request, ChangePerson)
    fields = {
        name: value
        for name, value in msgspec.structs.asdict(sent).items()
        if value is not UNSET and name != "closed"
    }
    closed = None if sent.closed is UNSET else sent.closed
    done = await site.staff.deeds.do(
        deed_of(request, held, sent),
        Person,
        lambda act: accounts.change(act, person_id, fields, closed),
    )
    return json(account_answer(done.answer))


@post("/api/people/{person_id:str}/reset", name="reset_person", status_code=200)
async def reset_person(
    request: Request[Any, Any, Any], person_id: str, site: Site
) -> Response[bytes]:
    """A one-time link by which somebody chooses a new password. Until then the old one holds."""
    held = await grant(request, site)
    held.check("people")
    deed = deed_of(request, held)
    done = await site.staff.deeds.do(deed, Linked, lambda act: accounts.reset(act, person_id))
    return json(_link(request, site, done))


@post("/api/people/{person_id:str}/sign-out", name="sign_out_person", status_code=204)
async def sign_out_person(
    request: Request[Any, Any, Any], person_id: str, site: Site
) -> Response[None]:
    """End all sessions of somebody: a telephone was lost. They can sign in again."""
    held = await grant(request, site)
    held.check("people")
    deed = deed_of(request, held)
    await site.staff.deeds.do(deed, type(None), lambda act: accounts.sign_out(act, person_id))
    return Response(None, status_code=204)


def person_answer(person: Person) -> PersonAnswer:
    """As everybody of the house may see them."""
    return PersonAnswer(
        id=person.id,
        name=person.name,
        role=person.role,
        organisation=person.organisation,
        place=person.place,
    )


def account_answer(person: Person, seen: datetime | None = None) -> PersonAnswer:
    """With what is for administrators."""
    return msgspec.structs.replace(
        person_answer(person),
        email=person.email,
        closed=person.is_disabled,
        waiting=not person.has_password,
        seen_at=seen,
    )


def _link(request: Request[Any, Any, Any], site: Site, done: Outcome[Linked]) -> LinkAnswer:
    person = done.answer.person
    url = f"{origin_of(request, site)}{SET_PASSWORD}?token={done.secret}"
    mailed = False
    if site.mail is not None and person.email:
        letter = site.mail.password_link(person, url)

        async def write() -> EmailMessage:
            return letter

        # Its letter went out when it was done.
        mailed = done.is_again or site.mail.soon(write)
    return LinkAnswer(url, done.answer.expires, mailed)
