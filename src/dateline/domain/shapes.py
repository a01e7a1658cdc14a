"""The limits of every field, as types: msgspec checks them on decoding and shows them in OpenAPI.

Limits that concern several fields at once (all text together, all pictures of a post) are
in `content.py`.
"""

import re
from typing import Annotated
from zoneinfo import available_timezones

from msgspec import Meta

MAX_BLOCKS = 64
MAX_IMAGES = 40
MAX_TEXT_BYTES = 256 * 1024
MAX_BYLINES = 20
MAX_SOURCES = 20
MAX_TOPICS = 20
MAX_RELATED = 8
MAX_PINS = 100

# Python's `$` also matches before a last line feed; `(?!\n)` closes that door.
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)"
POST_ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$(?!\n)"
UPLOAD_ID_PATTERN = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$(?!\n)"
_BESIDE = (
    r"^[a-z0-9]+(-[a-z0-9]+)*"
    r"(/p/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})?$(?!\n)"
)
# One line: something visible, and no control characters (they break feeds, logs and screens).
_LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f\s][^\x00-\x1f\x7f]*$(?!\n)"
# Text may have line breaks and tabs.
_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$(?!\n)"
_WEB_URL = r"^https?://[A-Za-z0-9\[][^\s\x00-\x20\x7f\"<>\\^`{|}]*$(?!\n)"
# What stands before the path becomes part of a policy: names of hosts and nothing else.
_FRAME_URL = r"^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}/[^\s\x00-\x20\x7f\"<>\\^`{|}]*$(?!\n)"
_MEDIA_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$(?!\n)"
_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)"
# Plain addresses alone: nothing that could make it two, or look like another's.
_EMAIL = r"^[!#-'*+\--9=?A-Z^-~]{1,64}@[A-Za-z0-9]+([.-]+[A-Za-z0-9]+)*$(?!\n)"

PATTERN_WORDS = {
    SLUG_PATTERN: "small letters, digits and single hyphens, such as `brussels-summit-2021`",
    POST_ID_PATTERN: "the id of a post",
    _BESIDE: "the slug of a coverage, or of a post what stands after `/live/` in its address",
    _LINE: "one line of text that is not blank",
    _TEXT: "text without control characters",
    _WEB_URL: "a whole http or https address, such as `https://news.example/page`",
    _FRAME_URL: "a whole https address with the name of a host, such as `https://video.example/7`",
    _MEDIA_ID: "the name of a picture or a document: letters, digits, `.`, `_` and `-`",
    _EMAIL: "a whole e-mail address, such as `ada@example.org`",
    _LANGUAGE: "a language tag such as `en` or `pt-BR`",
}
"""What a pattern asks for, in words for the person who sees the error."""

Slug = Annotated[
    str,
    Meta(
        pattern=SLUG_PATTERN,
        min_length=1,
        max_length=100,
        description="The coverage's name in its address: small letters, digits and hyphens.",
        examples=["brussels-summit-2021"],
    ),
]
Beside = Annotated[
    str,
    Meta(
        pattern=_BESIDE,
        min_length=1,
        max_length=140,
        description="A coverage by its slug, or a post of it: `{slug}/p/{id}`, as in its address.",
        examples=["brussels-summit-2021"],
    ),
]
Related = Annotated[
    tuple[Beside, ...],
    Meta(
        max_length=MAX_RELATED,
        description="Coverages that go with this one, or posts of them, the first one first.",
        extra_json_schema={"uniqueItems": True},
    ),
]
PostId = Annotated[str, Meta(pattern=POST_ID_PATTERN, description="UUIDv7: sorts by time.")]
PinnedPosts = Annotated[
    tuple[PostId, ...],
    Meta(
        max_length=MAX_PINS,
        description="Pinned posts by their ids, the first one on top.",
        extra_json_schema={"uniqueItems": True},
    ),
]
Headline = Annotated[str, Meta(pattern=_LINE, min_length=1, max_length=300)]
Line = Annotated[str, Meta(pattern=_LINE, min_length=1, max_length=300)]
Summary = Annotated[str, Meta(pattern=_TEXT, max_length=2000)]
Credit = Annotated[str, Meta(pattern=_TEXT, max_length=300)]
Note = Annotated[str, Meta(pattern=_LINE, min_length=1, max_length=1000)]
Words = Annotated[str, Meta(pattern=_TEXT, min_length=1, max_length=20_000)]
Caption = Annotated[str, Meta(pattern=_LINE, min_length=1, max_length=2000)]
InlineHtml = Annotated[
    str,
    Meta(
        pattern=_TEXT,
        min_length=1,
        max_length=MAX_TEXT_BYTES,
        description="A small subset of HTML: a, strong, em, b, i, code, s, sub, sup, br. "
        "Everything else is taken out, its text kept.",
    ),
]
WebUrl = Annotated[
    str,
    Meta(
        pattern=_WEB_URL,
        max_length=2048,
        description="An http or https address.",
    ),
]
FrameUrl = Annotated[
    str,
    Meta(
        pattern=_FRAME_URL,
        max_length=2048,
        description="The https address of another site's player, on a host by its name.",
    ),
]
"""No port, no password, no number of a machine: see `_FRAME_URL`."""
Email = Annotated[str, Meta(pattern=_EMAIL, min_length=3, max_length=254)]
MediaId = Annotated[str, Meta(pattern=_MEDIA_ID, max_length=128)]
Pixels = Annotated[int, Meta(ge=1, le=50_000)]
Amount = Annotated[
    int, Meta(ge=0, le=2**40, description="The server counts. What is sent is not looked at.")
]
Part = Annotated[float, Meta(ge=0, le=1)]
Point = tuple[Part, Part]
Widths = Annotated[
    tuple[Pixels, ...],
    Meta(max_length=8, description="Widths the server keeps it in. What is sent is not looked at."),
]
Language = Annotated[
    str,
    Meta(
        pattern=_LANGUAGE,
        max_length=35,
        description="A language tag (BCP 47).",
        examples=["en"],
    ),
]
Timezone = Annotated[
    str,
    Meta(
        max_length=64,
        description="A time zone by its IANA name.",
        examples=["Europe/Brussels"],
        extra_json_schema={"enum": sorted(available_timezones())},
    ),
]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def without_controls(text: str) -> str:
    """The text without the invisible control characters that no field accepts."""
    return _CONTROL.sub("", text)
