"""`/desk/set-password`: by a one-time link, a new password, or the first administrator."""

from typing import Any

from litestar import Request, Response, get, post

from dateline.auth.people import Person, check_email, folded
from dateline.domain.errors import DatelineError, Gone, Invalid
from dateline.web.api.incoming import now
from dateline.web.desk.forms import HOME, form_of, line_of, page
from dateline.web.desk.signing import enter
from dateline.web.session import check_origin
from dateline.web.site import Site

SET_PASSWORD = "/desk/set-password"  # noqa: S105 - an address
_SHOWN = 200


@get(SET_PASSWORD, name="set_password_page")
async def set_password_page(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The form. To look at it does not use the link: mail programs look at links too."""
    token = request.query_params.get("token", "")
    return await _form(site, token, {})


@post(SET_PASSWORD, name="set_password")
async def set_password(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Set the password and sign in. All sessions from before end."""
    check_origin(request, site)
    form = await form_of(request)
    token, password = form.get("token", ""), form.get("password", "")
    try:
        link = await site.staff.links.look(token, now=now())
    except Gone as error:
        return _gone(site, error)
    try:
        if link.kind == "first":
            person = await _first(site, token, form)
        else:
            person = await site.staff.renew_password(token, password, now=now())
    except Gone as error:
        return _gone(site, error)
    except Invalid as error:
        words = {error.pointer.removeprefix("/") or "password": error.detail}
        return await _form(site, token, form, words)
    what = "first administrator made" if link.kind == "first" else "password set by link"
    return await enter(request, site, person, what, towards=HOME)


async def _first(site: Site, token: str, form: dict[str, str]) -> Person:
    try:
        name = line_of(form.get("name", ""), "Write your name as readers know it")
    except Invalid as error:
        raise Invalid(error.detail, "/name") from None
    email = folded(form.get("email", ""))
    check_email(email)
    return await site.staff.make_first(token, name, email, form.get("password", ""), now=now())


async def _form(
    site: Site, token: str, form: dict[str, str], errors: dict[str, str] | None = None
) -> Response[bytes]:
    try:
        link = await site.staff.links.look(token, now=now())
    except DatelineError as error:
        return _gone(site, error)
    person = await site.staff.people.find(link.person) if link.person else None
    values = {
        "token": token,
        "person": person,
        "name": form.get("name", "")[:_SHOWN],
        "email": form.get("email", "")[:_SHOWN],
        "errors": errors or {},
    }
    return page(site, "set-password", values, status=422 if errors else 200)


def _gone(site: Site, error: DatelineError) -> Response[bytes]:
    values = {"title": "This link does not work", "detail": error.detail}
    return page(site, "notice", values, status=410)
