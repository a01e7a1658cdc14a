"""Documents for readers to take away: never shown as ours, and called what their post calls them.

The name is written for browsers by RFC 6266 and RFC 5987.
"""

import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

from litestar.response import File

_TYPES = {
    ".pdf": "application/pdf",
    # That it is in UTF-8 the framework says of all text.
    ".csv": "text/csv",
    ".txt": "text/plain",
}
# Should a browser show it all the same, it can load and do nothing.
_POLICY = "sandbox; default-src 'none'"
_LONGEST = 80
# What one of the systems that readers have does not allow in a name, or reads as something else.
_NO_NAME = re.compile(r'[\\/:*?"<>|%]')
_BLANKS = re.compile(r"\s+")


def is_document(name: str) -> bool:
    return Path(name).suffix.lower() in _TYPES


def download(path: Path, title: str, *, cache_control: str) -> File:
    """The document as an attachment; one without a title is called as its file is."""
    ending = path.suffix.lower()
    return File(
        path,
        media_type=_TYPES[ending],
        headers={
            "content-disposition": attachment(title or path.stem, ending),
            "content-security-policy": _POLICY,
            "cache-control": cache_control,
        },
    )


def attachment(title: str, ending: str) -> str:
    """`attachment; filename="The ruling.pdf"`, and beside it in all its letters where it has others
    than English has."""
    name = _named(title)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip(" .")
    # Half of a name would say something else.
    plain = plain if len(plain) * 2 > len(name) else "document"
    made = f'attachment; filename="{plain}{ending}"'
    if plain != name:
        made += f"; filename*=UTF-8''{quote(name + ending, safe='')}"
    return made


def _named(title: str) -> str:
    """A name for a file, without what is unseen: some of that turns the rest of a name around."""
    seen = "".join(one for one in title if unicodedata.category(one)[0] != "C" or one == "\t")
    words = _BLANKS.sub(" ", _NO_NAME.sub(" ", seen)).strip(" .")
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].strip(" .")
    return words or "document"
