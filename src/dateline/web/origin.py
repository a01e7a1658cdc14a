"""The site's own address, for what leaves it: feeds, sitemaps, pages that name themselves."""

import re
from typing import Any

from litestar import Request
from litestar.exceptions import HTTPException

from dateline.web.site import Site

_HOST = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


def check_host(request: Request[Any, Any, Any]) -> None:
    """Before each request. Of two names we would take one, and keep the answer for the other.

    :raises HTTPException: it has more than one (RFC 9112, 3.2).
    """
    if len(request.headers.getall("host", [])) > 1:
        raise HTTPException(
            status_code=400, detail="The request names two hosts. Ask again by one name."
        )


def origin_of(request: Request[Any, Any, Any], site: Site) -> str:
    """Such as https://live.example.org: as it is set, else as the request names it.

    What is made from a request's own name for us is for who asks by that name: keep it only under a
    key that holds the name too, as `ready.target_of` does.

    :raises HTTPException: the name is none.
    """
    if site.url:
        return site.url
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise HTTPException(
            status_code=400,
            detail="The request names no host of ours. Ask again by the site's address.",
        )
    return f"{request.scope['scheme']}://{host}"


def origin_or_nothing(request: Request[Any, Any, Any], site: Site) -> str:
    """The same for a page that is worth reading under an odd name too: its links are relative."""
    try:
        return origin_of(request, site)
    except HTTPException:
        return ""
