"""IPTC IIM, the older way to say who made a picture: in JPEG files, among Photoshop's resources."""

import hashlib
from collections.abc import Iterator

FIELDS = {80: "creator", 110: "credit", 116: "copyright", 120: "caption"}
_DATE, _TIME = 55, 60
_IIM, _DIGEST = 0x0404, 0x0425
_UTF8 = b"\x1b%G"


def read_iim(resources: dict[int, bytes]) -> tuple[dict[str, str], bool]:
    """The fields, and whether they were changed by a program that knows no XMP.

    Who writes both leaves a digest of the IIM; where it does not fit, the IIM is newer
    (Metadata Working Group, Guidelines 2.0, 3.3.1).
    """
    block = resources.get(_IIM, b"")
    digest = resources.get(_DIGEST, b"")
    is_newer = bool(digest.strip(b"\0")) and digest[:16] != hashlib.md5(block).digest()  # noqa: S324  what the standard asks for
    found: dict[str, list[bytes]] = {}
    encoding = b""
    times: dict[int, str] = {}
    for record, number, value in _datasets(block):
        if (record, number) == (1, 90):
            encoding = value
        elif record == 2 and number in FIELDS:
            found.setdefault(FIELDS[number], []).append(value)
        elif record == 2 and number in (_DATE, _TIME):
            times[number] = value.decode("ascii", "replace")
    fields = {
        name: ", ".join(filter(None, (text_of(value, encoding == _UTF8) for value in values)))
        for name, values in found.items()
    }
    fields["taken_at"] = _moment(times.get(_DATE, ""), times.get(_TIME, ""))
    return {name: value for name, value in fields.items() if value}, is_newer


def resources_of(app13: object) -> dict[int, bytes]:
    """Photoshop's resources, as Pillow hands them over."""
    if not isinstance(app13, dict):
        return {}
    return {key: value for key, value in app13.items() if isinstance(value, bytes)}


def text_of(value: bytes, is_utf8: bool = False) -> str:
    """Text whose encoding nobody says: UTF-8 where it can be, else that of Western Windows."""
    try:
        return value.decode().strip("\0 \r\n\t")
    except UnicodeDecodeError:
        wanted = "utf-8" if is_utf8 else "cp1252"
        return value.decode(wanted, "replace").strip("\0 \r\n\t")


def _datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        record, number = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:
            # An extended dataset: the number of bytes that say the size.
            more = size & 0x7FFF
            size = int.from_bytes(block[at : at + more], "big")
            at += more
        if at + size > len(block):
            return
        yield record, number, block[at : at + size]
        at += size


def _moment(date: str, time: str) -> str:
    """20210614 and 174000+0200 as 2021-06-14T17:40:00+02:00"""
    if len(date) != 8 or not date.isdigit():
        return ""
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    if len(time) < 6 or not time[:6].isdigit():
        return day
    zone = f"{time[6:9]}:{time[9:11]}" if len(time) == 11 else ""
    return f"{day}T{time[:2]}:{time[2:4]}:{time[4:6]}{zone}"
