"""Processes that run `dateline`, without the second that it takes to import it.

One process per worker of the tests imports everything, compiles the templates, and runs nothing. It
forks the others, so each of them is one of its own, with a session of its own: it can be killed
like any other. What the start itself does is tested where processes are spawned (`tests/cli`).
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any


class Forked:
    """A running command, with what the tests use of `subprocess.Popen`."""

    def __init__(self, forker: "Forker", pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._forker = forker
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            return self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """:raises subprocess.TimeoutExpired: it is still there."""
        if self.returncode is None:
            if not select.select([self._handle], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(["dateline"], timeout or 0)
            # Only who has forked it hears how it ended.
            self.returncode = self._forker.ask({"ended": self.pid})
            os.close(self._handle)
        return self.returncode

    def send_signal(self, sign: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)


class Forker:
    """The process that forks; it ends with the one that asks it."""

    def __init__(self) -> None:
        self._asking, theirs = socket.socketpair()
        self._turn = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, Path(__file__)], stdin=theirs, env=_plain_environment()
            )

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], *, stdout: int, stderr: int
    ) -> Forked:
        """Run `dateline` with these arguments; the two are numbers of open files."""
        order = {"arguments": list(arguments), "env": dict(env)}
        return Forked(self, self.ask(order, stdout, stderr))

    def ask(self, order: dict[str, Any], *files: int) -> int:
        with self._turn:
            socket.send_fds(self._asking, [json.dumps(order).encode() + b"\n"], files)
            return int(self._asking.recv(64))


@cache
def forker() -> Forker:
    return Forker()


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}


def _serve(asked: socket.socket) -> None:
    """Fork for each order; in a child this returns, as what the child is to run."""
    while True:
        told, files, *_ = socket.recv_fds(asked, 256 * 1024, 2)
        if not told:
            os._exit(0)
        order = json.loads(told)
        if "ended" in order:
            _, status = os.waitpid(order["ended"], 0)
            asked.send(b"%d" % os.waitstatus_to_exitcode(status))
            continue
        if pid := os.fork():
            for file in files:
                os.close(file)
            asked.send(b"%d" % pid)
            continue
        asked.close()
        _become(order, *files)
        return


def _become(order: dict[str, Any], stdout: int, stderr: int) -> None:
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, place in ((nothing, 0), (stdout, 1), (stderr, 2)):
        os.dup2(file, place)
        os.close(file)
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["dateline", *order["arguments"]]
    if "DATELINE_THEME" in order["env"]:
        environment_of.cache_clear()


def _prepare() -> None:
    """What every server imports and compiles until its first page, the libraries' share too."""
    CliRunner().invoke(made(COMMANDS), ["token", "create", "--data", os.devnull, "nobody's"])
    Litestar([])
    almanac()
    english = environment_of("en")
    for name in english.list_templates():
        if not name.startswith("dateline/"):
            english.get_template(name)


if __name__ == "__main__":
    from litestar import Litestar
    from typer.testing import CliRunner

    from dateline.cli.main import COMMANDS, made, main
    from dateline.projections.almanac import almanac
    from dateline.render.environment import environment_of

    _prepare()
    _serve(socket.socket(fileno=os.dup(0)))
    main()
