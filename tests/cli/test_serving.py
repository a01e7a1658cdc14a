"""`dateline serve`: where it listens, what it is started with, how it ends."""

import os
import re
import signal
import socket
from pathlib import Path

import httpx2

from dateline.store.database import FILE
from integration.server import free_port

from .conftest import SECONDS, Run, Start, done, refused, running, until


def test_a_port_that_is_taken(spawn: Run) -> None:
    """Another server is not shared with by accident, with one worker or more."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused(spawn("serve", "--port", port), f"127.0.0.1:{port}", "--port")
        refused(spawn("serve", "--port", port, "--workers", "2"), f"127.0.0.1:{port}", "--port")


def test_a_host_that_is_none(spawn: Run) -> None:
    """An address that is not this machine's is answered with `--host`, not with another port."""
    for host in ("no.such.host.invalid", "203.0.113.7"):
        refused(spawn("serve", "--host", host, "--port", "0"), host, "--host")


def test_variables_and_options(spawn: Run) -> None:
    """A variable that holds nonsense is named; an option wins over a good one."""
    refused(spawn("serve", env={"DATELINE_PORT": "eighty"}), "DATELINE_PORT", "eighty")
    refused(spawn("serve", env={"DATELINE_TAKEOVER": "maybe"}), "DATELINE_TAKEOVER", "maybe")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused(spawn("serve", "--port", port, env={"DATELINE_PORT": "0"}), port)


def test_a_file_where_the_folder_should_be(spawn: Run, data: Path) -> None:
    """The folder is made where it is not; what can't be one is said to be that."""
    data.write_text("no folder")
    refused(spawn("serve", "--port", "0", "--data", data / "in"), "data folder", "--data")


def test_several_workers_serve_as_one(spawn: Run, start: Start) -> None:
    """They share the port, show the same, and end together; one that is killed is replaced."""
    done(spawn("coverage", "create", "storm", "The storm", "--live"))
    server = start(workers=2)
    first = set(_children(server.pid))
    assert len(first) == 2
    os.kill(first.pop(), signal.SIGKILL)
    until(lambda: len(set(_children(server.pid)) - first) == 1, "nobody came for the dead one")
    for _ in range(10):
        assert httpx2.get(f"{server.address}/live/storm").status_code == 200
    server.stop()
    assert not _children(server.pid)


def test_what_the_variables_say(tmp_path: Path) -> None:
    """Folder, address and port from the environment; the address, then the one-time link that
    makes the first administrator, on standard output; and Ctrl-C."""
    folder = tmp_path / "as" / "named"
    with free_port() as port:
        env = {"DATELINE_DATA": str(folder), "DATELINE_PORT": str(port)}
        with running("serve", **env, DATELINE_HOST="localhost") as server:
            assert server.stdout
            assert server.stdout.readline() == f"Dateline is at http://127.0.0.1:{port}\n"
            link = server.stdout.readline()
            assert f"http://127.0.0.1:{port}/desk/set-password?token=" in link
            assert httpx2.get(f"http://127.0.0.1:{port}/").is_success
            assert (folder / FILE).is_file()
            server.send_signal(signal.SIGINT)
            told, said = server.communicate(timeout=SECONDS)
    assert (server.returncode, told, said) == (0, "", "")


def test_what_is_named_wins_over_the_variables(tmp_path: Path) -> None:
    """Each option over its variable."""
    with free_port() as port:
        options = ["--data", tmp_path / "option", "--port", str(port), "--host", "127.0.0.1"]
        env = {"DATELINE_DATA": str(tmp_path / "variable"), "DATELINE_PORT": "1",
               "DATELINE_HOST": "192.0.2.1", "DATELINE_WORKERS": "2"}  # fmt: skip
        with running("serve", *options, "--workers", "1", **env) as server:
            assert server.stdout
            assert server.stdout.readline() == f"Dateline is at http://127.0.0.1:{port}\n"
            assert not _children(server.pid)
    assert (tmp_path / "option" / FILE).is_file()
    assert not (tmp_path / "variable").exists()


def test_an_address_that_is_not_here(spawn: Run) -> None:
    """One that another machine has, or nobody."""
    refused(spawn("serve", "--host", "192.0.2.1", "--port", "0"), "192.0.2.1")


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.exists():
        return []
    found = " ".join((task / "children").read_text() for task in tasks.iterdir())
    return [int(child) for child in re.findall(r"\d+", found)]
