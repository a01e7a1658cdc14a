"""`/desk/language`: choose the language of the desk, for this device."""

from typing import Any

from litestar import Request, Response, post
from litestar.datastructures import Cookie

from dateline.render.language import codes
from dateline.web.desk.forms import form_of, leading_to, next_of
from dateline.web.negotiation import DESK_LANGUAGE
from dateline.web.session import check_origin
from dateline.web.site import Site

_YEAR = 365 * 24 * 60 * 60


@post("/desk/language", name="desk_language")
async def choose_language(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Keep the choice for a year. Any other value: as the browser asks."""
    check_origin(request, site)
    form = await form_of(request)
    answer = leading_to(next_of(form.get("next", "")))
    answer.cookies.append(_cookie(form.get("language", "")))
    return answer


def _cookie(code: str) -> Cookie:
    is_known = code in codes()
    return Cookie(
        DESK_LANGUAGE,
        value=code if is_known else "",
        path="/desk",
        secure=True,
        httponly=True,
        samesite="lax",
        max_age=_YEAR if is_known else 0,
    )
