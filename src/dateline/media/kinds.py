"""What a file is, by its bytes alone: a picture of a kind we take, from first byte to last, or a
document (`documents.py`).

Names and declared types are not looked at. Whatever stands behind a picture's end, or hides a page
or an archive in it, makes it something else as well, and is refused.
"""

import re
from collections.abc import Callable

KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "ZIP, DOCX, XLSX"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"II*\0", "TIFF, RAW"),
    (b"MM\0*", "TIFF, RAW"),
    (b"\x1f\x8b", "GZIP"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
)
HIDDEN = re.compile(
    rb"<script[\s>]|<!doctype\s+html|<html[\s>]|<iframe[\s>]|<\?php|<svg\s[^>]{0,400}xmlns", re.I
)
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<", re.S)
_ARCHIVE_END = b"PK\x05\x06"
_ARCHIVE_TAIL = 66_000
HEAD = 16
"""So many bytes tell a picture from everything else."""
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.S)
_ALONE = {0xD8, 0x01, *range(0xD0, 0xD8)}
"""JPEG markers without a length."""


class Refused(Exception):
    """A file that is not taken. The message is for who sent it: what it is, and what to do."""


def is_picture(data: bytes) -> bool:
    """Whether it begins as a picture does, or as a film. The first bytes are enough."""
    return data[4:8] == b"ftyp" or _started(data) is not None


def refuse_others(data: bytes) -> None:
    """:raises Refused: it is of a kind that we know and don't take."""
    what = next((name for start, name in _OTHERS if data.startswith(start)), None)
    if what is None and _MARKUP.match(data):
        what = "SVG" if b"<svg" in data[:4096].lower() else "HTML, XML"
    if what:
        raise Refused(
            f"This is a file of another kind ({what}), whatever its name says. "
            "Save it as PDF, or a table as CSV, and send that."
        )


def holds_archive(data: bytes) -> bool:
    """Whether programs that look for a ZIP from the end would find one."""
    return _ARCHIVE_END in data[-_ARCHIVE_TAIL:]


def kind_of(data: bytes) -> str:
    """One of `KINDS`.

    :raises Refused: it is nothing else, or not only that.
    """
    kind = _by_start(data)
    try:
        end = _ENDS[kind](data)
    except IndexError:
        raise Refused("It breaks off before its end. Save it again and send that.") from None
    if data[end:].strip(b"\0\xff"):
        raise Refused(
            "Something else stands behind the picture in the same file. "
            "Save it anew with a picture editor and send that."
        )
    if HIDDEN.search(data) or holds_archive(data):
        raise Refused(
            "A page, a script or an archive hides in this picture. "
            "Save it anew with a picture editor and send that."
        )
    return kind


def _by_start(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return _by_brands(data)
    kind = _started(data)
    if kind is None:
        refuse_others(data)
        raise Refused(
            "This is no picture, whatever its name says. Send a JPEG, PNG, WebP, AVIF or GIF."
        )
    return kind


def _started(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    return None


def _by_brands(data: bytes) -> str:
    brands = data[8 : int.from_bytes(data[:4], "big")]
    if brands[:4] in (b"avif", b"avis"):
        return "AVIF"
    if any(one in brands for one in (b"heic", b"heix", b"mif1", b"hevc")):
        raise Refused(
            "This is a HEIC picture, which browsers can't show. Save it as JPEG, or set the "
            "phone’s camera to “most compatible”, and send that."
        )
    raise Refused("This is a film or a sound. Send a JPEG, PNG, WebP, AVIF or GIF.")


def _end_of_jpeg(data: bytes) -> int:
    at = _end_of_one_jpeg(data, 0)
    # Phones put further pictures behind the first (MPF: a depth map, a brighter version).
    while data[at : at + 3] == b"\xff\xd8\xff":
        at = _end_of_one_jpeg(data, at)
    # Samsung's notes to itself, which end with their own mark.
    return len(data) if data[-4:] == b"SEFT" else at


def _end_of_one_jpeg(data: bytes, at: int) -> int:
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            raise IndexError
        at = found.end()
        marker = data[at - 1]
        if marker == 0xD9:
            return at
        if marker not in _ALONE:
            at += _number(data, at, 2)


def _end_of_png(data: bytes) -> int:
    at = 8
    while True:
        length, name = _number(data, at, 4), data[at + 4 : at + 8]
        if name == b"acTL":
            raise Refused("This picture moves. Send a still one.")
        at += length + 12
        if name == b"IEND":
            return at


def _end_of_webp(data: bytes) -> int:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise IndexError
    return end


def _end_of_boxes(data: bytes) -> int:
    at = 0
    while at < len(data):
        size = _number(data, at, 4)
        if size == 1:
            size = _number(data, at + 8, 8)
        if size < 8:
            # 0: to the end of the file, whatever stands there.
            return at if size else len(data)
        at += size
    if at > len(data):
        raise IndexError
    return at


def _end_of_gif(data: bytes) -> int:
    at = 13 + _colours(data[10])
    pictures = 0
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            pictures += 1
            at += 11 + _colours(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            return at
        while length := data[at]:
            at += length + 1
        at += 1
    if pictures > 1:
        raise Refused("This picture moves. Send a still one.")
    return at + 1


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _number(data: bytes, at: int, size: int) -> int:
    found = data[at : at + size]
    if len(found) < size:
        raise IndexError
    return int.from_bytes(found, "big")


_ENDS: dict[str, Callable[[bytes], int]] = {
    "JPEG": _end_of_jpeg,
    "PNG": _end_of_png,
    "WEBP": _end_of_webp,
    "AVIF": _end_of_boxes,
    "GIF": _end_of_gif,
}
