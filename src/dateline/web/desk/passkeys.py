"""Passkeys over HTTP: a browser makes one for who is signed in, and signs in with one."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, delete, get, post
from msgspec import Struct

from dateline.auth.passkeys import House, Passkey
from dateline.domain.errors import Unauthenticated
from dateline.domain.shapes import Line
from dateline.render.environment import newsroom
from dateline.web.api.answers import json
from dateline.web.api.incoming import command, now
from dateline.web.desk.forms import HOME, PRIVATE, next_of
from dateline.web.desk.signing import begin_session
from dateline.web.origin import origin_of
from dateline.web.session import Signed, address_of, check_origin, check_page, signed_in
from dateline.web.site import Site


class AddPasskey(Struct, frozen=True, forbid_unknown_fields=True):
    """`credential` is what `PublicKeyCredential.toJSON()` gives."""

    credential: dict[str, Any]
    label: Line = "Passkey"


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    credential: dict[str, Any]
    next: str = HOME


class PasskeyAnswer(Struct, frozen=True):
    id: str
    label: str
    created_at: datetime
    used_at: datetime | None


class PasskeysAnswer(Struct, frozen=True):
    passkeys: list[PasskeyAnswer]


class LedAnswer(Struct, frozen=True):
    """Where to go on."""

    next: str


@get("/api/me/passkeys", name="list_passkeys")
async def list_passkeys(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """One's own passkeys."""
    signed = await _signed(request, site)
    found = await site.staff.passkeys.listed(signed.session.person.id)
    return json(PasskeysAnswer([_answer(one) for one in found]))


@post("/api/me/passkeys/begin", name="begin_passkey", status_code=200)
async def begin_passkey(request: Request[Any, Any, Any], site: Site) -> Response[str]:
    """What a browser needs to make one: the options of `navigator.credentials.create`."""
    signed = await _signed(request, site, writes=True)
    house = _house(request, site)
    return _options(await site.staff.passkeys.offer(signed.session.person, house, now=now()))


@post("/api/me/passkeys/finish", name="finish_passkey", status_code=201)
async def finish_passkey(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Keep the one that the browser has made."""
    signed = await _signed(request, site, writes=True)
    person = signed.session.person
    sent = await command(request, AddPasskey)
    made = await site.staff.passkeys.add(
        person, sent.credential, sent.label, _house(request, site), now=now()
    )
    await _note(request, site, signed, "passkey added", made.label)
    return json(_answer(made), status=201)


@delete("/api/me/passkeys/{passkey_id:str}", name="remove_passkey", status_code=204)
async def remove_passkey(
    request: Request[Any, Any, Any], passkey_id: str, site: Site
) -> Response[None]:
    """One's own; nobody signs in with it any more."""
    signed = await _signed(request, site, writes=True)
    await site.staff.passkeys.remove(signed.session.person.id, passkey_id)
    await _note(request, site, signed, "passkey removed", "")
    return Response(None, status_code=204)


@post("/desk/passkey/begin", name="begin_passkey_sign_in", status_code=200)
async def begin_sign_in(request: Request[Any, Any, Any], site: Site) -> Response[str]:
    """The options of `navigator.credentials.get`. They name nobody: the device knows whose."""
    check_origin(request, site)
    return _options(await site.staff.passkeys.ask(_house(request, site), now=now()))


@post("/desk/passkey/finish", name="finish_passkey_sign_in", status_code=200)
async def finish_sign_in(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Sign in with what the device has signed."""
    check_origin(request, site)
    sent = await command(request, SignIn)
    house = _house(request, site)
    person_id = await site.staff.passkeys.person_of(sent.credential, house, now=now())
    person = await site.staff.people.find(person_id)
    answer = json(LedAnswer(next_of(sent.next)), headers=PRIVATE)
    answer.cookies.append(await begin_session(request, site, person, "signed in by passkey"))
    return answer


async def _signed(request: Request[Any, Any, Any], site: Site, *, writes: bool = False) -> Signed:
    signed = await signed_in(request, site, now=now())
    if signed is None:
        raise Unauthenticated("Nobody is signed in. Sign in at /desk/sign-in.")
    if writes:
        check_origin(request, site)
        check_page(request.headers.get("x-csrf-token", ""), signed)
    return signed


def _house(request: Request[Any, Any, Any], site: Site) -> House:
    origin = origin_of(request, site)
    return House(newsroom(), urlsplit(origin).hostname or "", origin)


def _options(made: str) -> Response[str]:
    return Response(made, media_type="application/json", headers=PRIVATE)


def _answer(one: Passkey) -> PasskeyAnswer:
    return PasskeyAnswer(one.id, one.label, one.created, one.used)


async def _note(
    request: Request[Any, Any, Any], site: Site, signed: Signed, what: str, about: str
) -> None:
    by = signed.session.person.actor
    await site.staff.audit.note(what, now=now(), by=by, about=about, address=address_of(request))
