"""`/desk/join`: take part in a coverage by an invitation, without an account."""

from typing import Any

import uuid_utils
from litestar import Request, Response, get, post

from dateline.auth.people import Newcomer
from dateline.desk import reading
from dateline.domain.errors import Gone, Invalid
from dateline.web.api.incoming import now
from dateline.web.desk.forms import HOME, NAME, form_of, line_of, page, saying
from dateline.web.desk.signing import enter
from dateline.web.session import check_origin
from dateline.web.site import Site

JOIN = "/desk/join"
_SHOWN = 300


@get(JOIN, name="join_page")
async def join_page(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The form: who are you? To look at it does nothing."""
    return await _form(request, site, request.query_params.get("token", ""), {})


@post(JOIN, name="join")
async def join(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Take part; or, by the same link, go on as who one was."""
    check_origin(request, site)
    form = await form_of(request)
    token = form.get("token", "")
    try:
        _, known = await site.staff.invitations.look(token, now=now())
        newcomer = None if known else _newcomer(form)
        person = await site.staff.invitations.take(token, newcomer, now=now())
    except Gone as error:
        return _gone(request, site, error)
    except Invalid as error:
        return await _form(
            request, site, token, form, {error.pointer.removeprefix("/"): error.detail}
        )
    return await enter(request, site, person, "signed in by invitation", towards=HOME)


def _newcomer(form: dict[str, str]) -> Newcomer:
    given = {}
    for field, words in (
        ("name", NAME),
        ("organisation", "Write for whom you work, in one line of at most 300 characters."),
    ):
        if field == "name" or form.get(field, "").strip():
            try:
                given[field] = line_of(form.get(field, ""), words)
            except Invalid as error:
                raise Invalid(error.detail, f"/{field}") from None
    return Newcomer(str(uuid_utils.uuid7()), role="contributor", **given)


async def _form(
    request: Request[Any, Any, Any],
    site: Site,
    token: str,
    form: dict[str, str],
    errors: dict[str, str] | None = None,
) -> Response[bytes]:
    try:
        invitation, person = await site.staff.invitations.look(token, now=now())
    except Gone as error:
        return _gone(request, site, error)
    coverage, _ = await reading.coverage(site.log, invitation.coverage)
    values = {
        "token": token,
        "coverage": coverage,
        "expires": invitation.expires,
        "person": person,
        "name": form.get("name", "")[:_SHOWN],
        "organisation": form.get("organisation", "")[:_SHOWN],
        "errors": errors or {},
    }
    return page(request, site, "join", values, status=422 if errors else 200)


def _gone(request: Request[Any, Any, Any], site: Site, error: Gone) -> Response[bytes]:
    _ = saying(request)
    values = {"title": _("This invitation has ended"), "detail": error.detail}
    return page(request, site, "notice", values, status=410)
