"""dateline doctor"""

import asyncio
import platform
import resource
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.app import STATIC
from dateline.cli.console import Data, data_folder, errors, out
from dateline.domain.errors import DatelineError
from dateline.store.sqlite import open_log
from dateline.web.files import load_assets

ENOUGH_FILES = 10_000
ENOUGH_BYTES = 1024**3


def doctor(data: Data = None) -> None:
    """Look whether everything a server needs is in order. Exit code 1 where something is not."""
    is_well = True
    for name, fault, found in _checks(data_folder(data)):
        mark = "[green]ok[/]  " if not fault else "[bold red]bad[/] "
        (errors if fault else out).print(f"{mark} {name}: {fault or found}")
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
    if not folder.exists():
        yield "Log", "", f"{folder} will be made by `dateline serve`"
    else:
        fault, found = asyncio.run(_log(folder))
        yield "Log", fault, found
        free = shutil.disk_usage(folder).free
        full = free < ENOUGH_BYTES
        yield (
            "Disk",
            f"only {free >> 20} MiB free in {folder}; make room" if full else "",
            f"{free >> 30} GiB free",
        )


def _fault_of_front_end() -> str:
    try:
        load_assets(STATIC)
    except DatelineError as error:
        return error.detail
    return ""


async def _log(folder: Path) -> tuple[str, str]:
    try:
        async with open_log(folder) as log:
            heads = await log.heads()
    except DatelineError as error:
        return error.detail, ""
    events = sum(head.version for head in heads)
    return "", f"{len(heads)} coverages, {events} events in {folder}"
