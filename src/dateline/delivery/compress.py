"""Compression that is done once for all readers of a coverage, whenever each of them joined.

A gzip stream refers back to what it has sent before, and readers who joined at different times
have been sent different things. What they do have in common is made common here: each is sent the
same *primer* (a comment of the stream, made of the words that every frame has), then as much
filling as the others have had frames since theirs. From then on the primer stands equally far back
for everybody, so each frame is compressed once, against the primer and itself alone, and the same
bytes are right for all. When the primer gets out of reach, everybody is sent it anew.

RFC 1951 (deflate, its window of 32 KiB and its stored blocks), RFC 1952 (gzip).
"""

import zlib

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
# The primer has to be within the window for the whole of a frame of usual size.
REACH = 20 * 1024
_LEVEL = 6
_RAW = -zlib.MAX_WBITS
_MEMORY = 9


class SharedDeflate:
    """The common part of the streams of many readers, write by write.

    `position` is how many bytes after the end of the primer everybody is.
    """

    def __init__(self, primer: bytes) -> None:
        self._primer = _comment(primer)
        self._joining = b""
        self.position = 0

    def write(self, data: bytes) -> bytes:
        """What everybody is sent next."""
        again = b""
        if self.position > REACH:
            again = deflated(self._primer, self._known())
            self.position = 0
        packed = deflated(data, self._known())
        self.position += len(data)
        self._joining = b""
        return again + packed

    def join(self) -> bytes:
        """What brings one reader to where all the others are."""
        if not self._joining:
            filling = b":" * (self.position - 1) + b"\n" if self.position else b""
            self._joining = deflated(self._primer + filling)
        return self._joining

    def _known(self) -> bytes:
        # 0xff is nowhere in UTF-8, so nothing can refer to what stands for the earlier frames.
        return self._primer + b"\xff" * self.position


def deflated(data: bytes, known: bytes = b"") -> bytes:
    """Blocks of deflate that end at a byte and refer to nothing before `known`."""
    if known:
        one = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, zdict=known)
    else:
        one = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY)
    return one.compress(data) + one.flush(zlib.Z_FULL_FLUSH)


def stored(data: bytes) -> bytes:
    """A block that is not compressed: for a few bytes that one reader alone is sent."""
    size = len(data)
    return b"\x00%b%b%b" % (
        size.to_bytes(2, "little"),
        (size ^ 0xFFFF).to_bytes(2, "little"),
        data,
    )


def _comment(primer: bytes) -> bytes:
    return b":" + primer.replace(b"\n", b" ") + b"\n"
