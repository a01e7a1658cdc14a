"""The command line as a person uses it: its two outputs and its exit code.

`run` calls the program's `main` here, which is ten times as fast; `spawn` starts it as a process,
where signals, ports or the start itself are what matters.
"""

import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.main import main
from integration.server import Server, serving

DATELINE = Path(sys.executable).with_name("dateline")
SECONDS = 60
Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]
Start = Callable[..., Server]


def environment(**given: str) -> dict[str, str]:
    """This one's, without Dateline's own variables but for those given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    if own.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Compiling everything anew at each start would be most of the time of these tests.
        own["PYTHONPYCACHEPREFIX"] = f"{tempfile.gettempdir()}/dateline-test-code-{os.getuid()}"
    return {**own, **given, "COLUMNS": "80"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on this test's data folder; `env` are variables of its environment."""

    def _run(*arguments: str | Path, env: dict[str, str] | None = None) -> Ran:
        command = ["dateline", *map(str, arguments)]
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", command)
            variables = environment(**{"DATELINE_DATA": str(data), **(env or {})})
            for name in set(os.environ) - set(variables):
                patch.delenv(name)
            for name, value in variables.items():
                patch.setenv(name, value)
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
                main()
        code = left.value.code
        assert isinstance(code, int)
        return Ran(command, code, out.getvalue(), err.getvalue())

    return _run


@pytest.fixture
def spawn(data: Path) -> Run:
    """The same in a process of its own; `under` is a command to run it under."""

    def _spawn(
        *arguments: str | Path, env: dict[str, str] | None = None, under: tuple[str, ...] = ()
    ) -> Ran:
        return subprocess.run(
            [*under, DATELINE, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment(**{"DATELINE_DATA": str(data), **(env or {})}),
            timeout=SECONDS,
            check=False,
        )

    return _spawn


@contextmanager
def running(*arguments: str | Path, **env: str) -> Iterator["subprocess.Popen[str]"]:
    """A command that goes on until it is told to end; gone when the block ends."""
    with subprocess.Popen(
        [DATELINE, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**env, PYTHONUNBUFFERED="1"),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for a condition that looks anew each time; `what` is said when it never comes."""
    end = time.monotonic() + SECONDS
    while not is_so():
        # A look is a request or a file read: it takes its own time.
        assert time.monotonic() < end, what


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
