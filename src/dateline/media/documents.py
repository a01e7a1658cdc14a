"""What a file is that is no picture, by its bytes alone: a PDF, a table or plain text.

Everything else has a sentence that says what to send instead.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from dateline.domain.documents import Format
from dateline.media.kinds import HIDDEN, Refused, holds_archive, refuse_others

_PDF = b"%PDF-"
_BEFORE = 1024
"""So far behind the beginning readers' programs look for it; only blanks may stand before."""
_PDF_END = re.compile(rb"%%EOF[\s\0]*\Z")
_BOM = "\ufeff"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A cell that spreadsheet programs carry out: a formula, a function after a sign, a command.
_FORMULA = re.compile(r"\s*(?:=|[+@-][^\s\d].*[(|!])", re.S)
_DELIMITERS = ",;\t"
_LOOKED_AT = 200
"""So many rows decide whether it is a table."""


def format_of(data: bytes) -> Format:
    """What it is.

    :raises Refused: it is nothing of that, or not only that.
    """
    if data[:_BEFORE].lstrip().startswith(_PDF):
        _check_ends(data)
        return "pdf"
    refuse_others(data)
    text = _text(data)
    if HIDDEN.search(data) or holds_archive(data):
        raise Refused(
            "A page, a script or an archive hides in this text. "
            "Save only the words as plain text and send that."
        )
    rows = _table(text)
    if rows is None:
        return "text"
    if any(_FORMULA.match(cell) for row in rows for cell in row):
        raise Refused(
            "A cell of this table holds a formula, which readers’ programs would carry out. "
            "Save the table with values alone and send that."
        )
    return "csv"


def _check_ends(data: bytes) -> None:
    if not _PDF_END.search(data):
        if b"%%EOF" not in data:
            raise Refused("It breaks off before its end. Save it again and send that.")
        raise Refused(
            "Something else stands behind the end of this PDF in the same file. "
            "Print it into a new PDF and send that."
        )
    if holds_archive(data):
        raise Refused("An archive hides in this PDF. Print it into a new PDF and send that.")


def _text(data: bytes) -> str:
    if data.startswith(_OTHER_BOMS):
        raise Refused(_NOT_UTF8)
    try:
        text = data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        # Umlauts of an old program, or no text at all.
        if b"\0" in data:
            raise Refused(_UNKNOWN) from error
        raise Refused(_NOT_UTF8) from error
    if _NO_TEXT.search(text):
        raise Refused(_UNKNOWN)
    if not text.strip():
        raise Refused("There is nothing in this file. Look at it, and send another one.")
    return text


_UNKNOWN = (
    "This is a file of a kind that is not taken, whatever its name says. "
    "Save it as PDF, or a table as CSV, and send that."
)
_NOT_UTF8 = (
    "The letters of this text are not in UTF-8, so readers would see wrong ones. "
    "Save it as “CSV UTF-8” or as text in UTF-8 and send that."
)


def _table(text: str) -> list[list[str]] | None:
    """All rows, if it is a table: at least two, of as many cells each, and of more than one."""
    for delimiter in _DELIMITERS:
        try:
            if _is_table([row for row in islice(_rows(text, delimiter), _LOOKED_AT) if row]):
                return list(_rows(text, delimiter))
        except csv.Error:
            # A cell that is longer than any, or a quotation mark without an end.
            continue
    return None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _is_table(rows: list[list[str]]) -> bool:
    if len(rows) < 2 or {len(row) for row in rows} != {max(2, len(rows[0]))}:
        return False
    # Sentences have commas too, with a space behind them.
    cells = [cell for row in rows for cell in row[1:]]
    return 2 * sum(cell.startswith(" ") for cell in cells) <= len(cells)
