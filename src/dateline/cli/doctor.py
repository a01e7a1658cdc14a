"""dateline doctor"""

import asyncio
import os
import platform
import resource
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.text import Text

from dateline.cli.console import Data, data_folder, errors, has_data, out
from dateline.composing import STATIC
from dateline.domain.errors import DatelineError
from dateline.store.sqlite import open_log
from dateline.web.files import load_assets

ENOUGH_FILES = 10_000
ENOUGH_BYTES = 1024**3


def doctor(data: Data = None) -> None:
    """Look whether everything a server needs is in order. Exit code 1 where something is not."""
    is_well = True
    for name, fault, found in _checks(data_folder(data)):
        mark = Text("bad ", "bold red") if fault else Text("ok  ", "green")
        (errors if fault else out).print(mark, f"{name}: {fault or found}", soft_wrap=True)
        is_well = is_well and not fault
    if not is_well:
        sys.exit(1)


def _checks(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, fault with what to do (or ""), and what was found."""
    yield "Python", "", platform.python_version()
    version = sqlite3.sqlite_version
    old = sqlite3.sqlite_version_info < (3, 35)
    yield "SQLite", f"{version} is too old; install 3.35 or later" if old else "", version
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    few = files < ENOUGH_FILES
    yield (
        "Open files",
        f"only {files} allowed, one for each reader; raise `ulimit -Hn`" if few else "",
        f"{files} readers at most",
    )
    yield "Front end", _fault_of_front_end(), "built"
    yield "Log", *(asyncio.run(_log(folder)) if has_data(folder) else _place(folder))
    free = shutil.disk_usage(_nearest(folder)).free
    full = free < ENOUGH_BYTES
    yield (
        "Disk",
        f"only {free >> 20} MiB free for {folder}; make room" if full else "",
        f"{free >> 30} GiB free",
    )


def _fault_of_front_end() -> str:
    try:
        load_assets(STATIC, "")
    except DatelineError as error:
        return error.detail
    return ""


def _place(folder: Path) -> tuple[str, str]:
    """Where there is no log yet: only looked at, not made."""
    nearest = _nearest(folder)
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return "", f"{folder} will be filled by `dateline serve`"
    return (
        f"{folder} can't be made or written; choose another with --data, "
        "or give this user the right to write there",
        "",
    )


def _nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return next(one for one in (folder, *folder.parents) if os.path.exists(one))


async def _log(folder: Path) -> tuple[str, str]:
    try:
        async with open_log(folder) as log:
            heads = await log.heads()
    except DatelineError as error:
        return error.detail, ""
    events = sum(head.version for head in heads)
    return "", f"{len(heads)} coverages, {events} events in {folder}"
