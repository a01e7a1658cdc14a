"""What readers are told of a document before they take it away: PDF, 3 pages, 240 kB."""

from babel.units import format_unit

from dateline.domain.blocks import File
from dateline.domain.documents import Format
from dateline.render.language import Language

MEDIA_TYPES: dict[Format, str] = {"pdf": "application/pdf", "csv": "text/csv", "text": "text/plain"}
_MEGABYTE = 1000 * 1000


def file_words(file: File, language: Language) -> str:
    """Of one that was put there by hand nobody knows more than that it is a file."""
    _ = language.gettext
    names: dict[Format, str] = {"pdf": "PDF", "csv": "CSV", "text": _("Text")}
    words = [_apart(names[file.format], language) if file.format else _("File")]
    if file.pages:
        pages = language.ngettext("%(num)s page", "%(num)s pages", file.pages)
        words.append(pages % {"num": language.number(file.pages)})
    if file.size:
        words.append(_size(file.size, language))
    return language.comma().join(words)


def _size(size: int, language: Language) -> str:
    # As readers' computers count it: by thousands, and nothing that is there has none.
    unit, amount = "digital-kilobyte", max(1.0, round(size / 1000))
    if size >= _MEGABYTE - 500:
        unit, amount = "digital-megabyte", round(size / _MEGABYTE, 1)
    return format_unit(amount, unit, length="short", format="#,##0.#", locale=language.locale)


def _apart(name: str, language: Language) -> str:
    """From right to left a figure behind Latin letters would change its place with them."""
    return f"\u2068{name}\u2069" if language.direction == "rtl" else name
