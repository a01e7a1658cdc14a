"""Forms of the desk's pages: what was sent, and pages that no cache and no other site gets."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from dateline.domain.errors import Invalid
from dateline.domain.shapes import Line
from dateline.render.desk import desk_html, desk_speech
from dateline.render.language import Language, codes, language_of, own_name
from dateline.render.refusals import refusal
from dateline.web.errors import TooLarge
from dateline.web.negotiation import DESK_LANGUAGE, desk_lang_of
from dateline.web.site import Site

HOME = "/desk"
NAME = "Write your name as readers know it, in one line of at most 300 characters."
MOST_BYTES = 16 * 1024
MOST_FIELDS = 20
# Not `no-referrer`: browsers then hide a form's origin from ourselves too.
PRIVATE = {"cache-control": "no-store", "referrer-policy": "same-origin"}


async def form_of(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The fields of a form, each once; what comes twice counts as it came last."""
    try:
        body = await request.body()
    except HTTPException as error:
        raise TooLarge("The form is too large. Load the page again.") from error
    if len(body) > MOST_BYTES:
        raise TooLarge("The form is too large. Load the page again.")
    try:
        fields = parse_qs(
            body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError as error:
        raise Invalid("The form can't be read. Load the page again.") from error
    return {name: values[-1] for name, values in fields.items()}


def saying(request: Request[Any, Any, Any]) -> Callable[[str], str]:
    """What the words of the desk's pages are in the language of whom it talks to."""
    return language_of(desk_lang_of(request)).gettext


def page(
    request: Request[Any, Any, Any],
    site: Site,
    template: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """A page of the desk."""
    lang = desk_lang_of(request)
    told = {
        **_in(language_of(lang), values),
        "speech": desk_speech(lang),
        "spoken": [(code, own_name(code)) for code in codes()],
        "chosen": request.cookies.get(DESK_LANGUAGE, ""),
        "here": _address(request) if request.method == "GET" else "",
    }
    return Response(
        desk_html(template, told, site.assets, lang),
        status_code=status,
        media_type="text/html",
        headers={**PRIVATE, **(headers or {})},
    )


def _in(language: Language, values: Mapping[str, object]) -> Mapping[str, object]:
    """With what was refused said in this language."""
    told = dict(values)
    if isinstance(detail := values.get("detail"), str):
        told["detail"] = refusal(detail, language)
    if isinstance(errors := values.get("errors"), Mapping):
        told["errors"] = {field: refusal(words, language) for field, words in errors.items()}
    return told


def leading_to(address: str) -> Response[bytes]:
    """See there: after a form was taken."""
    return Response(b"", status_code=303, headers={**PRIVATE, "location": address})


def next_of(value: str) -> str:
    """Where somebody wanted to go, if that is on the desk. Never to another site."""
    is_desk = value == HOME or value.startswith((f"{HOME}/", f"{HOME}?"))
    is_plain = value.isascii() and value.isprintable() and "\\" not in value and "//" not in value
    return value if is_desk and is_plain and "/../" not in f"{value}/" else HOME


def _address(request: Request[Any, Any, Any]) -> str:
    """Where somebody is, to come back to."""
    query = request.scope["query_string"].decode("latin-1")
    return f"{request.scope['path']}?{query}" if query else str(request.scope["path"])


def line_of(value: str, words: str) -> str:
    """One line of a form.

    :raises Invalid: it is empty, too long, or no line.
    """
    try:
        return msgspec.convert(value.strip(), Line)
    except msgspec.ValidationError:
        raise Invalid(words) from None
