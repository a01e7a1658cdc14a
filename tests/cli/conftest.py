"""The command line as a person uses it: a process of its own, its two outputs, its exit code."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from integration.server import Server, serving

DATELINE = Path(sys.executable).with_name("dateline")
SECONDS = 60
Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]
Start = Callable[..., Server]


def environment(**given: str) -> dict[str, str]:
    """This one's, without Dateline's own variables but for those given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return {**own, **given, "COLUMNS": "80"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Run a command on this test's data folder; `env` are variables of its environment."""

    def _run(*arguments: str | Path, env: dict[str, str] | None = None) -> Ran:
        given = {"DATELINE_DATA": str(data), **(env or {})}
        return subprocess.run(
            [DATELINE, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment(**given),
            timeout=SECONDS,
            check=False,
        )

    return _run


@pytest.fixture
def start(data: Path) -> Iterator[Start]:
    """Start a server on this test's data folder, with settings (names without `DATELINE_`)."""
    with ExitStack() as stack:

        def _start(**settings: object) -> Server:
            named = {f"DATELINE_{name.upper()}": str(value) for name, value in settings.items()}
            return stack.enter_context(serving(data, settings=named))

        yield _start


def refused(ran: Ran, *words: str, code: int = 1) -> None:
    """The command failed as it should: with that code, nothing on standard output, these words."""
    told = " ".join(ran.stderr.split())
    assert ran.returncode == code, ran.stderr
    assert not ran.stdout
    assert "Traceback" not in told
    for word in words:
        assert word in told


def done(ran: Ran) -> str:
    """The command succeeded; what it said on standard output."""
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def a_document(number: int, **fields: Any) -> dict[str, Any]:
    """A post as live-blog files have it."""
    return {
        "title": f"Update {number}",
        "text": [f"the ferry number {number} has left the harbour.", "the wind goes down."],
        "time": [2021, 6, 14, 12, number],
        "is_key_event": False,
        "author": "Maren Holt",
        **fields,
    }


def a_blog(name: str, posts: int = 3, **fields: Any) -> dict[str, Any]:
    """A live blog as a line of such a file, its newest post first."""
    return {
        "blog_id": f"{name}-0001",
        "title": f"Storm at {name}",
        "url": f"https://news.example/{name}",
        "summary": ["ferries wait", "schools close"],
        "documents": [a_document(number) for number in range(posts, 0, -1)],
        **fields,
    }


def lines(*blogs: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(blog).encode() + b"\n" for blog in blogs)


def packed(*blogs: dict[str, Any]) -> bytes:
    return gzip.compress(lines(*blogs), mtime=0)
