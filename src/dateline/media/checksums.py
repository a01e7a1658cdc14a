"""Checksums of pieces on their way in: what was sent is told from what arrived."""

import hashlib
import hmac
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

ALGORITHMS = {"sha1": 20, "sha256": 32}
"""Name and bytes of each."""
_PIECE = 256 * 1024


class Checksum(Struct, frozen=True):
    """What the sender says that the bytes come to. `algorithm` is one of `ALGORITHMS`."""

    algorithm: str
    digest: bytes


class Held:
    """Bytes that are held aside until it is certain that they are what was sent.

    On the disk and under no name: a server that dies leaves nothing of them.
    """

    def __init__(self, folder: Path, checksum: Checksum) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  `close` closes it
        self._hash = hashlib.new(checksum.algorithm, usedforsecurity=False)
        self._checksum = checksum

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._hash.update(piece)

    @property
    def is_whole(self) -> bool:
        """Whether they are what was sent."""
        return hmac.compare_digest(self._hash.digest(), self._checksum.digest)

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the first one."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece

    def close(self) -> None:
        self._file.close()
