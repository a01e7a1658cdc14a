"""Storage that runs out: a small file system of its own, or a limit on what a process may write."""

import ctypes
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MIB = 1024 * 1024
_RDONLY, _REMOUNT = 1, 32
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class SmallDisk:
    """A file system in memory; `reserve` is a file that takes a part of it."""

    path: Path

    @property
    def _reserve(self) -> Path:
        return self.path / "reserve"

    def reserve(self, size: int) -> None:
        self._reserve.write_bytes(b"\0" * size)

    def release(self) -> None:
        self._reserve.unlink()

    def set_read_only(self, is_on: bool) -> None:
        """Nothing may be open for writing."""
        _mount(self.path, _REMOUNT | (_RDONLY if is_on else 0))


@contextmanager
def small_disk(path: Path, size: int) -> Iterator[SmallDisk]:
    """A tmpfs of so many bytes; only root can make one."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; the test with a write limit still runs")
    path.mkdir()
    _mount(path, 0, f"size={size}")
    try:
        yield SmallDisk(path)
    finally:
        # Detached: it goes when the last file is closed, whatever state a failure left.
        _libc.umount2(os.fsencode(path), 2)


def limit_writes(pid: int, size: int | None) -> None:
    """No file of that process may grow beyond `size`; None takes the limit off again."""
    soft = resource.RLIM_INFINITY if size is None else size
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))


def _mount(path: Path, flags: int, data: str = "") -> None:
    done = _libc.mount(b"dateline-test", os.fsencode(path), b"tmpfs", flags, data.encode() or None)
    if done != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(path))


class RealDisk:
    """An ext4 file system in a file, which the kernel sets read-only after an error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._image = path.with_suffix(".img")
        self._image.write_bytes(b"")
        os.truncate(self._image, 24 * MIB)
        path.mkdir()
        _run("mkfs.ext4", "-q", "-F", str(self._image))
        self.attach()

    def attach(self) -> None:
        _run("mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.path))

    def detach(self) -> None:
        _run("umount", str(self.path))

    def break_(self) -> None:
        """Have the kernel find an error: nothing can be written any more, even to open files."""
        source = _run("findmnt", "-no", "SOURCE", str(self.path)).strip()
        Path(f"/sys/fs/ext4/{Path(source).name}/trigger_fs_error").write_text("1")

    def repair(self) -> None:
        """What an administrator does then."""
        self.detach()
        _run("e2fsck", "-p", str(self._image), accept=(0, 1))
        self.attach()


@contextmanager
def real_disk(path: Path) -> Iterator[RealDisk]:
    """An ext4 file system; it takes root and a loop device."""
    try:
        disk = RealDisk(path)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no loop device to mount: {getattr(error, 'stderr', '') or error}")
    try:
        yield disk
    finally:
        _libc.umount2(os.fsencode(path), 2)


def _run(*command: str, accept: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in accept:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout
