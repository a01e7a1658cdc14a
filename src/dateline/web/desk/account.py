"""`/desk/account`: one's own account: password, passkeys, signing out."""

from typing import Any

from litestar import Request, Response, get, post

from dateline.auth.attempts import by_address, by_name
from dateline.domain.errors import Invalid, TooMany
from dateline.web.api.incoming import now
from dateline.web.desk.forms import form_of, leading_to, page
from dateline.web.desk.signing import SIGN_IN, begin_session
from dateline.web.session import Signed, address_of, check_origin, check_page, signed_in
from dateline.web.site import Site

ACCOUNT = "/desk/account"


@get(ACCOUNT, name="account_page")
async def account_page(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The page; who is not signed in is led to where they can."""
    signed = await signed_in(request, site, now=now())
    if signed is None:
        return leading_to(f"{SIGN_IN}?next={ACCOUNT}")
    return await _page(request, site, signed, is_changed="changed" in request.query_params)


@post("/desk/account/password", name="change_password")
async def change_password(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """A new password by the old one. All other sessions end, and this one is a new one."""
    check_origin(request, site)
    form = await form_of(request)
    signed = await signed_in(request, site, now=now())
    if signed is None:
        return leading_to(f"{SIGN_IN}?next={ACCOUNT}")
    check_page(form.get("csrf", ""), signed)
    person = signed.session.person
    # Who finds a desk left alone guesses here as at the door.
    name, address = by_name(person.email or person.id), by_address(address_of(request))
    try:
        await site.staff.attempts.enter(name, address, now=now())
        await site.staff.change_password(person, form.get("current", ""), form.get("password", ""))
    except TooMany as error:
        return await _page(request, site, signed, errors={"current": error.detail}, status=429)
    except Invalid as error:
        where = error.pointer.removeprefix("/") or "password"
        return await _page(request, site, signed, errors={where: error.detail}, status=422)
    await site.staff.attempts.forgive(name, address)
    answer = leading_to(f"{ACCOUNT}?changed")
    answer.cookies.append(await begin_session(request, site, person, "password changed"))
    return answer


async def _page(
    request: Request[Any, Any, Any],
    site: Site,
    signed: Signed,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    is_changed: bool = False,
) -> Response[bytes]:
    person = signed.session.person
    values = {
        "person": person,
        "csrf": signed.csrf,
        "passkeys": await site.staff.passkeys.listed(person.id),
        "errors": errors or {},
        "is_changed": is_changed,
    }
    return page(request, site, "account", values, status=status)
