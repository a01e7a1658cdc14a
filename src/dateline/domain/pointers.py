"""What does not fit a type, told with a JSON pointer (RFC 6901) to where it stands."""

import re

import msgspec

from dateline.domain.errors import Invalid
from dateline.domain.shapes import PATTERN_WORDS

_AT = re.compile(r" - at `(?:key in )?\$(.*)`\Z")
_PATTERNS = {f"`str` matching regex {asked!r}": words for asked, words in PATTERN_WORDS.items()}
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_FIELD = re.compile(r"(?:unknown|required) field `(.*?)`")


def invalid(error: msgspec.ValidationError) -> Invalid:
    """The error with a JSON pointer instead of msgspec's path."""
    message = str(error)
    found = _AT.search(message)
    steps = _STEP.findall(found.group(1)) if found else []
    pointer = "".join("/" + _escaped(name or number) for name, number in steps)
    detail = message[: found.start()] if found else message
    if named := _FIELD.search(detail):
        pointer += "/" + _escaped(named.group(1))
    for pattern, words in _PATTERNS.items():
        detail = detail.replace(pattern, words)
    return Invalid(f"{detail}. Nothing was changed.", pointer)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
