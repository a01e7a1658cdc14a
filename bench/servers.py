"""The servers that are measured: how each is started, published to, and looked at from outside."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
BUILD = ROOT / "build" / "bench"
NCHAN_MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
TICK = os.sysconf("SC_CLK_TCK")
START_SECONDS = 30.0
IDLE_SECONDS = 2.0
COMMAND = [sys.executable, "-m", "dateline"]
SERVER_CORE, CLIENT_CORE = "0", "1"
TEXT = "The delegations left the hall one after the other, and nobody said a word to the press. "


@dataclass
class Server:
    """A server that runs. `size` is how many bytes its frames shall have."""

    name: str
    pid: int
    port: int
    stream: str = "/stream"
    token: str = ""
    slug: str = ""
    size: int = 1000
    _connections: dict[int, http.client.HTTPConnection] = field(default_factory=dict)
    _used: dict[int, float] = field(default_factory=dict)

    def publish(self, number: int, writer: int = 0) -> float:
        """Send message `number` on a connection of this writer; seconds until the answer."""
        mark = f"~{number:08d}~"
        if not self.slug:
            return self._post(writer, "/publish", mark + "x" * (self.size - 8 - len(mark)), {})
        body = json.dumps(
            {
                "headline": f"Update {mark}",
                "blocks": [{"type": "paragraph", "html": (TEXT * 20)[: self.size]}],
                "byline": [{"name": "Ana Reyes", "place": "Brussels"}],
            }
        )
        return self._post(writer, f"/api/coverages/{self.slug}/posts", body, self._headers(mark))

    def command(self, path: str, body: dict[str, str]) -> None:
        told = json.dumps(body)
        self._post(0, path, told, self._headers(str(abs(hash(told)))))

    def cpu(self) -> float:
        """Seconds of user and system time of all its processes."""
        return sum(_cpu(pid) for pid in self.pids())

    def memory(self) -> float:
        """KiB that are its own, and its share of what is shared."""
        return sum(_pss(pid) for pid in self.pids())

    def pids(self) -> list[int]:
        return _with_children(self.pid)

    def _headers(self, key: str) -> dict[str, str]:
        return {
            "authorization": f"Bearer {self.token}",
            "content-type": "application/json",
            "idempotency-key": f"{self.slug}{key}".replace("/", "."),
        }

    def _post(self, writer: int, path: str, body: str, headers: dict[str, str]) -> float:
        connection = self._connections.setdefault(
            writer, http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        )
        began = time.monotonic()
        if began - self._used.get(writer, began) > IDLE_SECONDS:
            connection.close()  # before the server does; it is opened again by itself
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        told = answer.read()
        self._used[writer] = time.monotonic()
        if answer.status >= 300:
            raise RuntimeError(f"{self.name}: {answer.status} {told[:300]!r}")
        return time.monotonic() - began


def missing(name: str) -> str:
    """Why a peer can't be measured here; "" where it can."""
    if name == "nchan" and not (shutil.which("nginx") and NCHAN_MODULE.exists()):
        return "not installed (scripts/bench-packages)"
    if name == "sse-starlette" and not (ROOT / ".setup/bench/bin/uvicorn").exists():
        return "not installed (make bench)"
    return ""


@contextmanager
def running(name: str, **settings: str) -> Iterator[Server]:
    """Start a server on a core of its own; it is gone when the block ends."""
    folder = BUILD / "run" / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(parents=True)
    port = _free_port()
    server = Server(name, 0, port)
    environment = {**os.environ, **settings}
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *_command(server, folder)],
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,
        )
        server.pid = process.pid
        try:
            _wait_for(port, process)
            if server.name == "dateline":
                _open_coverage(server, folder)
            yield server
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _command(server: Server, folder: Path) -> list[str]:
    port = str(server.port)
    match server.name:
        case "floor":
            return [str(BUILD / "floor"), port]
        case "nchan":
            text = (HERE / "peers/nchan.conf").read_text()
            (folder / "nginx.conf").write_text(
                text.replace("PORT", port).replace("FOLDER", str(folder))
            )
            return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        case "sse-starlette":
            python = str(ROOT / ".setup/bench/bin/python")
            return [python, "-m", "uvicorn", "--app-dir", str(HERE / "peers"), "--port", port,
                    "--no-access-log", "--log-level", "warning", "--backlog", "4096",
                    "--timeout-keep-alive", "3600", "starlette_app:app"]  # fmt: skip
        case "dateline":
            return [*COMMAND, "serve", "--data", str(folder / "data"), "--port", port]
    raise ValueError(server.name)


def _open_coverage(server: Server, folder: Path) -> None:
    made = subprocess.run(
        [*COMMAND, "token", "create", "bench", "--data", str(folder / "data")],
        capture_output=True,
        text=True,
        check=True,
    )
    server.token, server.slug = made.stdout.strip(), "summit"
    server.command("/api/coverages", {"slug": "summit", "title": "The summit", "timezone": "UTC"})
    server.command("/api/coverages/summit/status", {"status": "live"})
    server.stream = "/live/summit/stream?after=2"
    # Its frames have markup around the text: so much less text makes them as long as the others'.
    server.size = 160


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not start: {process.args!r}")


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        for child in (task / "children").read_text().split():
            found += _with_children(int(child))
    return found


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1])
    return 0.0
