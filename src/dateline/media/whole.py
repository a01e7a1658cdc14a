"""Files for readers, there whole or not at all: caches keep what they are given for ever."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write a file for readers, unless it is there already.

    :raises OSError: it can't be filled or written.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beginning = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beginning.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        beginning.replace(path)
    finally:
        beginning.unlink(missing_ok=True)
