"""`/desk/set-password`: by a one-time link, a new password, or the first administrator.

`/desk/forgot`: the link by e-mail, where the house sends letters.
"""

from email.message import EmailMessage
from functools import partial
from typing import Any

from litestar import Request, Response, get, post

from dateline.auth.attempts import by_address, by_letter
from dateline.auth.mailing import Mail
from dateline.auth.people import Person, check_email, folded
from dateline.domain.errors import DatelineError, Gone, Invalid, NotFound, TooMany
from dateline.web.api.incoming import now
from dateline.web.desk.forms import HOME, NAME, form_of, line_of, page, saying
from dateline.web.desk.signing import MOST_CHARACTERS, enter
from dateline.web.session import address_of, check_origin
from dateline.web.site import Site

SET_PASSWORD = "/desk/set-password"  # noqa: S105 - an address
FORGOT = "/desk/forgot"
_SHOWN = 200


@get(SET_PASSWORD, name="set_password_page")
async def set_password_page(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The form. To look at it does not use the link: mail programs look at links too."""
    token = request.query_params.get("token", "")
    return await _form(request, site, token, {})


@post(SET_PASSWORD, name="set_password")
async def set_password(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Set the password and sign in. All sessions from before end."""
    check_origin(request, site)
    form = await form_of(request)
    token, password = form.get("token", ""), form.get("password", "")
    try:
        link = await site.staff.links.look(token, now=now())
    except Gone as error:
        return _gone(request, site, error)
    try:
        if link.kind == "first":
            person = await _first(site, token, form)
        else:
            person = await site.staff.renew_password(token, password, now=now())
    except Gone as error:
        return _gone(request, site, error)
    except Invalid as error:
        words = {error.pointer.removeprefix("/") or "password": error.detail}
        return await _form(request, site, token, form, words)
    what = "first administrator made" if link.kind == "first" else "password set by link"
    return await enter(request, site, person, what, towards=HOME)


@get(FORGOT, name="forgot_page")
async def forgot_page(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The form: to which address?"""
    _letters(site)
    return page(request, site, "forgot", {"email": "", "errors": {}})


@post(FORGOT, name="forgot")
async def forgot(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Send the link, if there is somebody of this address. The answer is the same if not."""
    mail = _letters(site)
    check_origin(request, site)
    form = await form_of(request)
    email = folded(form.get("email", ""))[:MOST_CHARACTERS]
    try:
        check_email(email)
        tried = by_letter(email), by_address(address_of(request))
        await site.staff.attempts.enter(*tried, now=now())
    except (Invalid, TooMany) as error:
        values = {"email": email, "errors": {"email": error.detail}}
        return page(
            request, site, "forgot", values, status=429 if isinstance(error, TooMany) else 422
        )
    # Nothing of it before the answer: the time it takes would tell whether the address is known.
    mail.soon(partial(_letter, site, mail, email, address_of(request)))
    _ = saying(request)
    detail = _(
        "If %(email)s is known here, a letter with a link is on its way. "
        "It works once, within a day."
    )
    values = {"title": _("Look into your letters"), "detail": detail % {"email": email}}
    return page(request, site, "notice", values)


async def _letter(site: Site, mail: Mail, email: str, address: str) -> EmailMessage | None:
    found = await site.staff.people.by_email(email)
    if found is None or found[0].is_disabled:
        return None
    person, _ = found
    secret = await site.staff.links.password(person.id, now=now())
    await site.staff.audit.note(
        "password link sent", now=now(), about=person.name, address=address, is_minor=True
    )
    return mail.password_link(person, f"{site.url}{SET_PASSWORD}?token={secret}")


def _letters(site: Site) -> Mail:
    if site.mail is None:
        raise NotFound("This house sends no letters. Ask an administrator for a link.")
    return site.mail


async def _first(site: Site, token: str, form: dict[str, str]) -> Person:
    try:
        name = line_of(form.get("name", ""), NAME)
    except Invalid as error:
        raise Invalid(error.detail, "/name") from None
    email = folded(form.get("email", ""))
    check_email(email)
    return await site.staff.make_first(token, name, email, form.get("password", ""), now=now())


async def _form(
    request: Request[Any, Any, Any],
    site: Site,
    token: str,
    form: dict[str, str],
    errors: dict[str, str] | None = None,
) -> Response[bytes]:
    try:
        link = await site.staff.links.look(token, now=now())
    except DatelineError as error:
        return _gone(request, site, error)
    person = await site.staff.people.find(link.person) if link.person else None
    values = {
        "token": token,
        "person": person,
        "name": form.get("name", "")[:_SHOWN],
        "email": form.get("email", "")[:_SHOWN],
        "errors": errors or {},
    }
    return page(request, site, "set-password", values, status=422 if errors else 200)


def _gone(request: Request[Any, Any, Any], site: Site, error: DatelineError) -> Response[bytes]:
    _ = saying(request)
    values = {"title": _("This link does not work"), "detail": error.detail}
    return page(request, site, "notice", values, status=410)
