"""`/desk/sign-in`, `/desk/sign-out`: in by e-mail address and password, and out again."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from dateline.auth.attempts import by_address, by_name
from dateline.auth.people import Person, folded
from dateline.domain.errors import NotFound, TooMany
from dateline.web.api.incoming import now
from dateline.web.desk.forms import form_of, leading_to, next_of, page, saying
from dateline.web.session import (
    COOKIE,
    address_of,
    check_origin,
    check_page,
    no_cookie,
    session_cookie,
    signed_in,
)
from dateline.web.site import Site

SIGN_IN = "/desk/sign-in"
MOST_CHARACTERS = 320
"""Of an e-mail address (RFC 5321) and its name."""


@get(SIGN_IN, name="sign_in_page")
async def sign_in_page(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The form; who is signed in already is led on."""
    towards = next_of(request.query_params.get("next", ""))
    if await signed_in(request, site, now=now()):
        return leading_to(towards)
    return _form(request, site, towards)


@post(SIGN_IN, name="sign_in")
async def sign_in(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Sign in. The session is a new one, whatever cookie the browser had."""
    check_origin(request, site)
    form = await form_of(request)
    _ = saying(request)
    email = form.get("email", "")[:MOST_CHARACTERS]
    password = form.get("password", "")
    towards = next_of(form.get("next", ""))
    if not email.strip() or not password:
        words = {"email": "" if email.strip() else _("Your e-mail address is missing.")}
        words["password"] = "" if password else _("Your password is missing.")
        return _form(request, site, towards, email=email, errors=words, status=422)
    try:
        person = await _person_of(request, site, email, password)
    except TooMany as error:
        headers = {"retry-after": str(error.retry_after)}
        words = {"form": error.detail}
        return _form(request, site, towards, email=email, errors=words, status=429, headers=headers)
    if person is None:
        words = {
            "form": _("The address or the password is not right. Look at both, and try again.")
        }
        return _form(request, site, towards, email=email, errors=words, status=422)
    return await enter(request, site, person, "signed in by password", towards=towards)


@post("/desk/demo", name="demo_sign_in")
async def demo_sign_in(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """In the demo alone: sign in as its editor or its reporter, by a click."""
    check_origin(request, site)
    form = await form_of(request)
    email = next((one for role, one in site.demo_people.items() if role == form.get("as")), None)
    found = await site.staff.people.by_email(email) if email else None
    if found is None:
        raise NotFound("Only in the demo a click signs in. Sign in at /desk/sign-in.")
    towards = next_of(form.get("next", ""))
    return await enter(request, site, found[0], "signed in by a click", towards=towards)


@post("/desk/sign-out", name="sign_out")
async def sign_out(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """End this session, or with `everywhere` all sessions of this person."""
    check_origin(request, site)
    form = await form_of(request)
    signed = await signed_in(request, site, now=now())
    if signed:
        check_page(form.get("csrf", request.headers.get("x-csrf-token", "")), signed)
        actor = signed.session.grant.actor
        if everywhere := bool(form.get("everywhere")):
            await site.staff.sessions.end_all(actor.id)
        else:
            await site.staff.sessions.end(signed.secret)
        what = "signed out everywhere" if everywhere else "signed out"
        await site.staff.audit.note(what, now=now(), by=actor, address=address_of(request))
    answer = leading_to(SIGN_IN)
    answer.cookies.append(no_cookie())
    return answer


async def enter(
    request: Request[Any, Any, Any], site: Site, person: Person, how: str, *, towards: str
) -> Response[bytes]:
    """Begin a session for somebody who has shown who they are, and lead them on.

    :raises NotAllowed: the account is closed.
    """
    answer = leading_to(towards)
    answer.cookies.append(await begin_session(request, site, person, how))
    return answer


async def begin_session(
    request: Request[Any, Any, Any], site: Site, person: Person, how: str
) -> Cookie:
    """The cookie of a new session, which takes the place of the one that the browser had.

    :raises NotAllowed: the account is closed.
    """
    sessions, audit = site.staff.sessions, site.staff.audit
    secret = await sessions.start(person.id, now=now(), instead_of=request.cookies.get(COOKIE))
    await audit.note(how, now=now(), by=person.actor, address=address_of(request))
    return session_cookie(secret)


async def _person_of(
    request: Request[Any, Any, Any], site: Site, email: str, password: str
) -> Person | None:
    staff = site.staff
    name, address = by_name(folded(email)), by_address(address_of(request))
    await staff.attempts.enter(name, address, now=now())
    person = await staff.person_of(email, password)
    if person:
        await staff.attempts.forgive(name, address)
        return person
    # Not what was typed: now and then it is a password.
    known = await staff.people.by_email(email)
    about = known[0].name if known else "unknown address"
    await staff.audit.note(
        "sign-in failed", now=now(), about=about, address=address_of(request), is_minor=True
    )
    return None


def _form(
    request: Request[Any, Any, Any],
    site: Site,
    towards: str,
    *,
    email: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    values: dict[str, object] = {"email": email, "towards": towards, "errors": errors or {}}
    values["sends_letters"] = site.mail is not None
    values["service"] = site.oidc.name if site.oidc else ""
    values["demo_roles"] = list(site.demo_people)
    return page(request, site, "sign-in", values, status=status, headers=headers)
