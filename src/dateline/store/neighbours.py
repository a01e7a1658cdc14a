"""Other processes on the same data folder: each knows at once when one of them has written.

A shared file of stamps says *that* something was written; to look at it costs no more than memory.
A pipe for each process wakes the one that waits. Neither carries data, and both may fail: the log
is looked at every second all the same.
"""

import asyncio
import mmap
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FOLDER = "wake"
_STAMPS = 64
_BYTES = 8
_READ = 64 * 1024


class Neighbours:
    """This process among those that write to one data folder. `woken` gets a coverage's slug."""

    def __init__(self, data: Path, woken: Callable[[str], None]) -> None:
        self._folder = data / FOLDER
        self._woken = woken
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._place = secrets.randbelow(_STAMPS) * _BYTES
        self._folder.mkdir(exist_ok=True)
        self._shared = _shared(self._folder / "stamps")
        pipe = self._folder / self._name
        os.mkfifo(pipe, 0o600)
        # Also for writing: with nobody to write, a pipe would be at its end all the time.
        self._pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        asyncio.get_running_loop().add_reader(self._pipe, self._hear)

    def stamp(self) -> int:
        """Another one after whatever another process writes, before that is acknowledged."""
        there = self._shared
        return hash((there[: self._place], there[self._place + _BYTES :]))

    def tell(self, coverage: str) -> None:
        """This process has written to a coverage."""
        self._shared[self._place : self._place + _BYTES] = secrets.token_bytes(_BYTES)
        # It is written: that somebody else can't be told is no reason to say it is not.
        with suppress(OSError), os.scandir(self._folder) as found:
            for entry in found:
                is_pipe = stat.S_ISFIFO(entry.stat(follow_symlinks=False).st_mode)
                if is_pipe and entry.name != self._name:
                    _poke(entry.path, coverage)

    def close(self) -> None:
        if self._shared.closed:
            return
        asyncio.get_running_loop().remove_reader(self._pipe)
        os.close(self._pipe)
        with suppress(OSError):
            (self._folder / self._name).unlink()
        self._shared.close()

    def _hear(self) -> None:
        with suppress(BlockingIOError):
            for coverage in set(os.read(self._pipe, _READ).decode(errors="replace").split()):
                self._woken(coverage)


def _shared(path: Path) -> mmap.mmap:
    size = _STAMPS * _BYTES
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(file).st_size < size:
            os.ftruncate(file, size)
        return mmap.mmap(file, size)
    finally:
        os.close(file)


def _poke(pipe: str, coverage: str) -> None:
    try:
        file = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        # Nobody listens there any more.
        with suppress(OSError):
            Path(pipe).unlink()
        return
    with suppress(OSError):
        os.write(file, f"{coverage}\n".encode())
    os.close(file)
