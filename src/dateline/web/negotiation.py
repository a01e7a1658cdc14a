"""What a reader can take: codings and languages (RFC 9110, 12.5)."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request

from dateline.render.language import SOURCE, codes, own_name
from dateline.render.page import Spoken

BY_LANGUAGE = {"vary": "accept-language"}
"""What an answer bears that `lang_of` has a part in."""
DESK_LANGUAGE = "desk-language"
"""The cookie that keeps the language which somebody has chosen for the desk on this device."""
BY_DEVICE = {"vary": "accept-language, cookie"}
"""What an answer bears that `desk_lang_of` has a part in."""
_MOST_LANGUAGES = 32


def accepts(header: str, coding: str) -> bool:
    """Whether an `Accept-Encoding` names this coding, and does not refuse it with q=0."""
    for one in header.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "").rstrip("0").rstrip(".") != "q="
    return False


def lang_of(request: Request[Any, Any, Any]) -> str:
    """The language to speak where no coverage decides it: that of `?lang=`, else the browser's."""
    header = request.headers.get("accept-language", "")
    known = [one for one in _wanted(header) if one in codes()]
    return _asked(request) or (known[0] if known else SOURCE)


def desk_lang_of(request: Request[Any, Any, Any]) -> str:
    """The language of the desk: the one chosen on this device, else the browser's."""
    chosen = request.cookies.get(DESK_LANGUAGE, "")
    return chosen if chosen in codes() else lang_of(request)


def languages_of(request: Request[Any, Any, Any]) -> list[Spoken]:
    """The same page in each language there is."""
    query = parse_qsl(request.scope["query_string"].decode("latin-1"))
    others = [(name, value) for name, value in query if name != "lang"]
    path = request.scope["path"]
    return [
        Spoken(code, own_name(code), f"{path}?{urlencode([*others, ('lang', code)])}")
        for code in codes()
    ]


def keeping_language(request: Request[Any, Any, Any], query: dict[str, Any]) -> str:
    """The query of a page that belongs to this one: in the language that its address names."""
    asked = _asked(request)
    return urlencode({**query, "lang": asked} if asked else query)


def _asked(request: Request[Any, Any, Any]) -> str | None:
    asked = request.query_params.get("lang", "")
    return asked if asked in codes() else None


def _wanted(header: str) -> list[str]:
    """Those of an `Accept-Language`, the dearest first, each with the wider one after it."""
    weighed = []
    for place, one in enumerate(header.lower().split(",")[:_MOST_LANGUAGES]):
        tag, _, weight = one.partition(";")
        quality = _quality(weight)
        if quality > 0:
            weighed.append((-quality, place, tag.strip()))
    return [
        name
        for _, _, tag in sorted(weighed)
        for name in dict.fromkeys((tag, tag.partition("-")[0]))
    ]


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
