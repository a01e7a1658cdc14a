"""A real server process on a free port, with the same port and data folder for all its lives."""

import fcntl
import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from integration.forking import Forked, forker

DATELINE = Path(sys.executable).with_name("dateline")
START_SECONDS = 20.0
STOP_SECONDS = 20.0
"""Beside other tests; how long it may take by itself is for `test_drain` to say."""
COMMAND_SECONDS = 60.0
# Below the range that the kernel takes for outgoing connections: a reader that tries again while
# the server is down could otherwise be given the server's port, or connect to itself.
PORTS = range(18_000, 32_000)


class Server:
    """`dateline serve`, to be started, killed, stopped and started again.

    Its methods block for as long as they take; call them in a thread beside an event loop.
    """

    def __init__(
        self,
        data: Path,
        port: int,
        *,
        settings: Mapping[str, str] | None = None,
        under: Sequence[str] = (),
    ) -> None:
        self.data = data
        self.port = port
        self.settings = dict(settings or {})
        self.log = data.with_name(f"{data.name}.stderr")
        self._under = list(under)
        self._process: subprocess.Popen[bytes] | Forked | None = None
        self._stdout = -1
        self._told = b""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process, "the server was never started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start, and wait for the one line with the address on standard output."""
        assert not self.is_running, "the server runs already"
        # A worker that was killed with the others may hold the port for a moment longer.
        _until_free(self.port)
        self._stdout, stdout = os.pipe()
        with self.log.open("ab") as log:
            command = ["serve", "--host", "127.0.0.1", "--port", str(self.port)]
            self._process = self._run(command, stdout, log.fileno(), self._under)
        os.close(stdout)
        self._told = b""
        line = self.next_line()
        if self.address not in line:
            self.kill()
            raise AssertionError(f"no address line but {line!r}; {self.last_words()}")

    def kill(self) -> None:
        """SIGKILL: no time to say goodbye, as when the machine takes the process away."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._close()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Ask the server to end; it has `STOP_SECONDS` and has to leave with 0."""
        assert self._process, "the server was never started"
        self._process.send_signal(sign)
        try:
            status = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"still there {STOP_SECONDS} s after {sign.name}; {self.last_words()}"
            ) from None
        more = _without_first_link((self._told + self._rest()).decode())
        self._close()
        assert status == 0, f"ended with {status} after {sign.name}; {self.last_words()}"
        assert not more, f"more than the one line on standard output: {more!r}"

    def restart(self) -> None:
        """Kill what runs and start again on the same port and data."""
        self.kill()
        self.start()

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Another `dateline` command over the same data folder."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            running = self._run(arguments, out.fileno(), err.fileno())
            status = running.wait(COMMAND_SECONDS)
            told = [_whole(file).decode() for file in (out, err)]
        return subprocess.CompletedProcess(arguments, status, *told)

    def token(self, label: str = "tests") -> str:
        """A token for the API, made by the command line."""
        made = self.command("token", "create", label)
        assert made.returncode == 0, made.stderr
        token = made.stdout.strip()
        assert len(token.split()) == 1, f"not just a token: {made.stdout!r}"
        return token

    def last_words(self) -> str:
        """The end of what the server has written to standard error."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return f"standard error ({self.log}) ends with:\n{text[-3000:]}"

    def _run(
        self, arguments: Sequence[str], stdout: int, stderr: int, under: Sequence[str] = ()
    ) -> "subprocess.Popen[bytes] | Forked":
        """Workers and all are a session of their own: they die as one when the test kills them."""
        told, env = [*arguments, "--data", str(self.data)], self._environment()
        if not under:
            return forker().run(told, env, stdout=stdout, stderr=stderr)
        return subprocess.Popen(
            [*under, DATELINE, *told],
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            env=env,
        )

    def _environment(self) -> dict[str, str]:
        own = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
        if own.pop("PYTHONDONTWRITEBYTECODE", ""):
            # Compiling everything anew at each start would be most of the time of these tests.
            own["PYTHONPYCACHEPREFIX"] = f"{tempfile.gettempdir()}/dateline-test-code-{os.getuid()}"
        return {**own, **self.settings, "PYTHONUNBUFFERED": "1"}

    def next_line(self) -> str:
        """The next line on standard output; what there is of it, if it does not come."""
        until = time.monotonic() + START_SECONDS
        while b"\n" not in self._told:
            left = until - time.monotonic()
            if left < 0 or not select.select([self._stdout], [], [], left)[0]:
                break
            piece = os.read(self._stdout, 4096)
            if not piece:
                break
            self._told += piece
        line, _, self._told = self._told.partition(b"\n")
        return line.decode(errors="replace").strip()

    def _rest(self) -> bytes:
        with os.fdopen(os.dup(self._stdout), "rb") as stdout:
            return stdout.read()

    def _close(self) -> None:
        if self._stdout >= 0:
            os.close(self._stdout)
            self._stdout = -1


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _without_first_link(told: str) -> str:
    """Without the line that a server prints as long as nobody can sign in."""
    return "".join(line for line in told.splitlines(True) if "first administrator" not in line)


@contextmanager
def serving(
    data: Path, *, settings: Mapping[str, str] | None = None, under: Sequence[str] = ()
) -> Iterator[Server]:
    """A server that is started, and gone when the block ends."""
    with ExitStack() as stack:
        port = stack.enter_context(free_port())
        server = Server(data, port, settings=settings, under=under)
        stack.callback(server.kill)
        server.start()
        yield server


@contextmanager
def free_port() -> Iterator[int]:
    """A port that is this test's alone, also while its server is down and beside `-n`."""
    folder = Path(tempfile.gettempdir()) / f"dateline-test-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for port in random.sample(PORTS, 200):
        with (folder / str(port)).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            if _is_free(port):
                yield port
                return
    raise AssertionError(f"no free port in {PORTS}")


def _until_free(port: int) -> None:
    end = time.monotonic() + STOP_SECONDS
    while not _is_free(port):
        assert time.monotonic() < end, f"somebody else listens on {port}"


def _is_free(port: int) -> bool:
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
