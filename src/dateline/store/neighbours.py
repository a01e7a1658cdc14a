"""Other processes on the same data folder: each knows at once when one of them has written.

A shared file of stamps says *that* something was written, or is being written just now; to look at
it costs no more than memory. A pipe for each process wakes the one that waits. Neither carries
data, and both may fail: the log is looked at every second all the same.
"""

import asyncio
import fcntl
import mmap
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dateline.domain.errors import Unavailable

FOLDER = "wake"
PLACES = 64
"""So many processes may have the data folder open at once."""
_BYTES = 8
_FREE, _IDLE, _WRITING = 0, 1, 2
"""What the first byte of a place says. The others are new with each change."""
_READ = 64 * 1024


class Neighbours:
    """This process among those that write to one data folder. `woken` gets a coverage's slug.

    :raises Unavailable: there are too many of them.
    """

    def __init__(self, data: Path, woken: Callable[[str], None]) -> None:
        self._folder = data / FOLDER
        self._woken = woken
        self._writes = 0
        self._folder.mkdir(exist_ok=True)
        self._file, self._shared, place, self._pipe = _claim(self._folder)
        self.name = str(place)
        self._place = place
        asyncio.get_running_loop().add_reader(self._pipe, self._hear)

    def stamp(self) -> bytes | None:
        """Another one after whatever another process writes; None while anybody is writing.

        What is committed can be seen before its writer goes on: only to be told of it afterwards
        would be too late for a reader who has been there. Who is alone shows nothing before that.
        """
        there = self._shared
        states = there[::_BYTES]
        if _WRITING in states and states.count(_FREE) < PLACES - 1:
            return None
        own = self._place * _BYTES
        return there[:own] + there[own + _BYTES :]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around a write of this process, from before it can be seen until others know of it."""
        self._writes += 1
        _say(self._file, self._place, _WRITING)
        try:
            yield
        finally:
            self._writes -= 1
            if not self._writes:
                _say(self._file, self._place, _IDLE)

    def tell(self, coverage: str) -> None:
        """This process has written to a coverage: wake those who follow it elsewhere."""
        tell(self._folder.parent, coverage, but=self.name)

    def clear(self) -> None:
        """Free the places of processes that were killed in the midst of a write.

        As long as somebody seems to be writing, all others look at the log for each answer.
        """
        if self.stamp() is not None:
            return
        # Where another one claims a place just now, it clears up itself.
        with suppress(BlockingIOError):
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for place in range(PLACES):
                if self._shared[place * _BYTES] == _WRITING and place != self._place:
                    _is_free(self._folder, self._file, self._shared, place)
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._shared.closed:
            return
        asyncio.get_running_loop().remove_reader(self._pipe)
        _say(self._file, self._place, _FREE)
        with suppress(OSError):
            (self._folder / self.name).unlink()
        os.close(self._pipe)
        self._shared.close()
        os.close(self._file)

    def _hear(self) -> None:
        with suppress(BlockingIOError):
            for coverage in set(os.read(self._pipe, _READ).decode(errors="replace").split()):
                self._woken(coverage)


def tell(data: Path, coverage: str, *, but: str = "") -> None:
    """Wake all processes on a data folder that follow a coverage, `but` one."""
    # It is written: that somebody else can't be told is no reason to say it is not.
    with suppress(OSError), os.scandir(data / FOLDER) as found:
        for entry in found:
            is_pipe = stat.S_ISFIFO(entry.stat(follow_symlinks=False).st_mode)
            if is_pipe and entry.name != but:
                _poke(entry.path, coverage)


def _claim(folder: Path) -> tuple[int, mmap.mmap, int, int]:
    """The file of stamps and a look into it, a place there that is this process's alone, and the
    pipe of its name."""
    file = os.open(folder / "stamps", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # One at a time; who dies here lets go of it.
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_size < PLACES * _BYTES:
            os.ftruncate(file, PLACES * _BYTES)
        # Only to look: what is written into a mapping of a disk that refuses ends the process.
        shared = mmap.mmap(file, PLACES * _BYTES, access=mmap.ACCESS_READ)
        free = [place for place in range(PLACES) if _is_free(folder, file, shared, place)]
        if not free:
            raise Unavailable(
                f"{PLACES} processes have this data folder open already. End one of them first."
            )
        pipe = folder / str(free[0])
        os.mkfifo(pipe, 0o600)
        # Also for writing: with nobody to write, a pipe would be at its end all the time.
        reading = os.open(pipe, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        _say(file, free[0], _IDLE)
        fcntl.flock(file, fcntl.LOCK_UN)
    except BaseException:
        os.close(file)
        raise
    return file, shared, free[0], reading


def _is_free(folder: Path, file: int, shared: mmap.mmap, place: int) -> bool:
    """Whether nobody has that place. What a process left there when it was killed is cleared."""
    pipe = folder / str(place)
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError:
        pipe.unlink(missing_ok=True)
        if shared[place * _BYTES] != _FREE:
            # Killed, perhaps in the midst of a write that came to the disk: so all look again.
            _say(file, place, _FREE)
        return True
    return False


def _say(file: int, place: int, state: int) -> None:
    stamp = bytes([state]) + secrets.token_bytes(_BYTES - 1)
    # A disk that refuses it refuses the log as well.
    with suppress(OSError):
        os.pwrite(file, stamp, place * _BYTES)


def _poke(pipe: str, coverage: str) -> None:
    # Refused where nobody listens any more; who comes next clears that away.
    with suppress(OSError):
        file = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.write(file, f"{coverage}\n".encode())
        finally:
            os.close(file)
