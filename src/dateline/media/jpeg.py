"""A JPEG without what stands beside its picture: for those that lie in other files."""

import re

_MARKER = re.compile(rb"\xff+([^\x00\xff])", re.S)
_ALONE = {0x01, *range(0xD0, 0xD9)}
_SCAN, _COMMENT = 0xDA, 0xFE
# How its colours are coded; all other of a program's own fields only tell about it.
_KEPT = {0xE0, 0xEE}


def bare_jpeg(data: bytes) -> bytes:
    """The same picture. What can't be followed stays as it is from there on."""
    kept, at = bytearray(), 0
    while found := _MARKER.match(data, at):
        marker, start = found[1][0], at
        at = found.end()
        if marker == _SCAN:
            at = start
            break
        if marker not in _ALONE:
            at += int.from_bytes(data[at : at + 2], "big")
        if marker in _KEPT or not (0xE0 <= marker <= 0xEF or marker == _COMMENT):
            kept += data[start:at]
    return bytes(kept) + data[at:]
