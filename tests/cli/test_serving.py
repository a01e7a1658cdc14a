"""`dateline serve` and `dateline demo`: starting, staying, ending."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from integration.server import free_port

from .conftest import DATELINE, Run, Start, done, environment, refused

SECONDS = 30.0
STOP_SECONDS = 3.0


def test_a_port_that_is_taken(run: Run) -> None:
    """Another server is not shared with by accident, with one worker or more."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused(run("serve", "--port", port), f"127.0.0.1:{port}", "--port")
        refused(run("serve", "--port", port, "--workers", "2"), f"127.0.0.1:{port}", "--port")


def test_variables_and_options(run: Run) -> None:
    """A variable that holds nonsense is named; an option wins over a good one."""
    refused(run("serve", env={"DATELINE_PORT": "eighty"}), "DATELINE_PORT", "eighty")
    refused(run("serve", env={"DATELINE_TAKEOVER": "maybe"}), "DATELINE_TAKEOVER", "maybe")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused(run("serve", "--port", port, env={"DATELINE_PORT": "0"}), port)


def test_a_file_where_the_folder_should_be(run: Run, data: Path) -> None:
    """The folder is made where it is not; what can't be one is said to be that."""
    data.write_text("no folder")
    refused(run("serve", "--port", "0", "--data", data / "in"), "data folder", "--data")


def test_several_workers_serve_as_one(run: Run, start: Start) -> None:
    """They share the port, show the same, and end together; one that is killed is replaced."""
    done(run("coverage", "create", "storm", "The storm", "--live"))
    server = start(workers=2)
    first = set(_children(server.pid))
    assert len(first) == 2
    os.kill(first.pop(), signal.SIGKILL)
    _until(lambda: len(set(_children(server.pid)) - first) == 1, "nobody came for the dead one")
    for _ in range(10):
        assert httpx2.get(f"{server.address}/live/storm").status_code == 200
    server.stop()
    assert not _children(server.pid)


def test_the_demo_goes_on_where_it_was(tmp_path: Path) -> None:
    """Posts come by themselves; Ctrl-C ends it in 3 seconds with a reader connected; started
    again it goes on, and nothing is there twice."""
    with free_port() as port, _demo(tmp_path / "demo", port) as demo:
        address = f"http://127.0.0.1:{port}"
        _until(lambda: _count(address) > 24, "no posts came")
        with httpx2.stream("GET", f"{address}/live/brussels-summit-2021/stream") as reader:
            assert reader.status_code == 200
            _interrupt(demo)
        with _demo(tmp_path / "demo", port) as again:
            _until(lambda: _count(address) == 45, "the story is not told to its end")
            ids = _ids(address)
            assert len(ids) == len(set(ids))
            _interrupt(again)


@contextmanager
def _demo(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    command = [DATELINE, "demo", "--data", folder, "--port", str(port), "--pace", "0.05"]
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, text=True, env=environment()
    ) as running:
        yield running
        running.kill()


def _interrupt(demo: "subprocess.Popen[str]") -> None:
    demo.send_signal(signal.SIGINT)
    assert demo.wait(STOP_SECONDS) == 0


def _ids(address: str) -> list[str]:
    try:
        slugs = [one["slug"] for one in httpx2.get(f"{address}/api/coverages").json()["coverages"]]
    except httpx2.TransportError:
        return []
    posts = [
        post
        for slug in slugs
        for post in httpx2.get(f"{address}/api/coverages/{slug}/posts?limit=200").json()["posts"]
    ]
    return [post["id"] for post in posts]


def _count(address: str) -> int:
    return len(_ids(address))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.exists():
        return []
    found = " ".join((task / "children").read_text() for task in tasks.iterdir())
    return [int(child) for child in re.findall(r"\d+", found)]


def _until(is_so: "object", what: str) -> None:
    assert callable(is_so)
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, what
        # A look is a request or a file read: it takes its own time.
