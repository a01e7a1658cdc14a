"""A request of the API on its way in: who sends it, may they, and what does it say."""

import re
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException
from msgspec import Struct

from dateline.auth.deeds import Deed
from dateline.auth.grants import Grant
from dateline.desk.writing import fingerprint
from dateline.domain.commands import Command
from dateline.domain.errors import Invalid, Unauthenticated
from dateline.domain.pointers import invalid
from dateline.store.log import kept_as
from dateline.web.errors import NotJson, TooLarge, WrongType
from dateline.web.session import SAFE, address_of, check_csrf, check_origin, signed_in
from dateline.web.site import Site

MAX_BODY = 1024 * 1024
MOST_SEQ = 10**15 - 1
MOST_POSTS = 200
"""In one page of the API's list."""
UNKNOWN = (
    "This needs a token: send `Authorization: Bearer …`. `dateline token create LABEL` makes one. "
    "People sign in at /desk/sign-in."
)
_KEY = re.compile(r"[\x21-\x7e]{1,200}\Z")
_REVISION = re.compile(r'(?:W/)?"?([0-9]{1,9})"?\Z')

T = TypeVar("T", bound=Struct)


def now() -> datetime:
    return datetime.now(UTC)


async def grant(request: Request[Any, Any, Any], site: Site) -> Grant:
    """Who sends this: by a token, or by the cookie of somebody who is signed in.

    :raises Unauthenticated: no token and no session, or one that is not known.
    :raises NotAllowed: by cookie, a write that may not come from our own pages.
    :raises TooMany: too many wrong tokens from that address.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        # Another scheme is not for us: a proxy in front may have a password of its own.
        return await _grant_of_session(request, site)
    if not token.strip():
        raise Unauthenticated(UNKNOWN)
    found = await site.tokens.find(token.strip())
    if found is None:
        # Only those who fail wait: a newsroom behind one address must not be shut out by a
        # single script with an old token.
        address = address_of(request)
        site.door.check(address)
        site.door.failed(address)
        raise Unauthenticated(
            "This token is not known here. Check that it is whole, "
            "or make a new one with `dateline token create LABEL`."
        )
    return found


async def _grant_of_session(request: Request[Any, Any, Any], site: Site) -> Grant:
    signed = await signed_in(request, site, now=now())
    if signed is None:
        raise Unauthenticated(UNKNOWN)
    if request.method not in SAFE:
        check_origin(request, site)
        check_csrf(request.headers.get("x-csrf-token", ""), signed)
    return signed.session.grant


async def command(request: Request[Any, Any, Any], kind: type[T]) -> T:
    """The body as a command.

    :raises Invalid: with a pointer to the field that does not fit.
    """
    media_type = request.headers.get("content-type", "application/json").partition(";")[0]
    if media_type.strip().lower() != "application/json":
        raise WrongType("Send the body as application/json.")
    try:
        body = await request.body()
    except HTTPException as error:
        raise TooLarge(f"The body is larger than {MAX_BODY // 1024} KiB. Send less.") from error
    if not body and not any(field.required for field in msgspec.structs.fields(kind)):
        return kind()
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    except RecursionError as error:
        raise NotJson("The body is nested too deeply. Nothing was changed.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotJson(f"The body is no JSON: {error}. Nothing was changed.") from error


def key_of(request: Request[Any, Any, Any]) -> str | None:
    """The idempotency key, if there is one.

    :raises Invalid: it is none that could be kept.
    """
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.match(key):
        raise Invalid("An Idempotency-Key has 1 to 200 visible ASCII characters, no spaces.")
    return key


def key_and_fingerprint(
    request: Request[Any, Any, Any], held: Grant, sent: Command
) -> tuple[str | None, str]:
    """The idempotency key, unique to its sender, and what tells this request from others."""
    key = key_of(request)
    if key is None:
        return None, ""
    return kept_as(_own(key, held)), _told(request, sent)


def deed_of(request: Request[Any, Any, Any], held: Grant, sent: Struct | None = None) -> Deed:
    """Who does something to accounts or rights, with the idempotency key if there is one."""
    key = key_of(request)
    deed = Deed(held.actor, now(), address_of(request))
    if key is None:
        return deed
    return msgspec.structs.replace(deed, key=_own(key, held), fingerprint=_told(request, sent))


def _own(key: str, held: Grant) -> str:
    return f"{held.actor.id}:{key}"


def _told(request: Request[Any, Any, Any], sent: Struct | None) -> str:
    body = msgspec.json.encode(sent, order="sorted")
    return fingerprint(request.method.encode(), request.scope["path"].encode(), body)


def revision(request: Request[Any, Any, Any]) -> int | None:
    """The revision of `If-Match`; None where it is missing or `*`."""
    value = request.headers.get("if-match")
    if value is None or value.strip() == "*":
        return None
    found = _REVISION.match(value.strip())
    if not found:
        raise Invalid('If-Match has to be the revision you changed, such as `"3"`.')
    return int(found.group(1))


def whole(
    request: Request[Any, Any, Any], name: str, default: int, *, least: int = 0, most: int
) -> int:
    """A whole number of the query, from `least` to `most`.

    :raises Invalid: it is something else.
    """
    value = request.query_params.get(name)
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,15}", value) or not least <= int(value) <= most:
        raise Invalid(f"`{name}` has to be a whole number from {least} to {most}.", f"/{name}")
    return int(value)
