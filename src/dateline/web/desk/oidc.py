"""`/desk/oidc/start`, `/desk/oidc/callback`: sign in by the house's own service."""

from typing import Any
from urllib.parse import quote, unquote

from litestar import Request, Response, get
from litestar.datastructures import Cookie

from dateline.auth.oidc import Oidc
from dateline.auth.secrets import is_same
from dateline.domain.errors import NotAllowed, NotFound
from dateline.web.api.incoming import now
from dateline.web.desk.forms import leading_to, next_of
from dateline.web.desk.signing import begin_session
from dateline.web.origin import origin_of
from dateline.web.site import Site

CALLBACK = "/desk/oidc/callback"
COOKIE = "__Host-oidc"
SECONDS = 300


@get("/desk/oidc/start", name="oidc_start")
async def start(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Send the browser to the service. A cookie binds what comes back to this browser."""
    url, state = await _service(site).start(_redirect(request, site), now=now())
    answer = leading_to(url)
    towards = quote(next_of(request.query_params.get("next", "")), safe="")
    answer.cookies.append(_cookie(f"{state}.{towards}", SECONDS))
    return answer


@get(CALLBACK, name="oidc_callback")
async def callback(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Take who comes back from the service. Nobody else's answer fits this browser's cookie."""
    service = _service(site)
    expected, _, towards = request.cookies.get(COOKIE, "").partition(".")
    state = request.query_params.get("state", "")
    if not expected or not is_same(state, expected):
        raise NotAllowed("This did not begin in this browser. Sign in at /desk/sign-in.")
    code = request.query_params.get("code", "")
    if not code:
        raise NotAllowed("The sign-in service let nobody in. Begin again at /desk/sign-in.")
    person_id = await service.person_of(state, code, _redirect(request, site), now=now())
    person = await site.staff.people.find(person_id)
    answer = leading_to(next_of(unquote(towards)))
    answer.cookies.append(
        await begin_session(request, site, person, f"signed in by {service.name}")
    )
    answer.cookies.append(_cookie("", 0))
    return answer


def _service(site: Site) -> Oidc:
    if site.oidc is None:
        raise NotFound("This house has no sign-in service. Sign in at /desk/sign-in.")
    return site.oidc


def _redirect(request: Request[Any, Any, Any], site: Site) -> str:
    return f"{origin_of(request, site)}{CALLBACK}"


def _cookie(value: str, seconds: int) -> Cookie:
    return Cookie(
        COOKIE,
        value=value,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
        max_age=seconds,
    )
