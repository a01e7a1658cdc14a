"""`dateline demo`: a story that is told while one watches, and goes on where it was."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from dateline.demo.playing import AT_ONCE, load_script
from integration.server import free_port, serving

from .conftest import SECONDS, Run, refused, running, until

MOST_SECONDS = 3.0


@pytest.fixture(scope="module")
def posts_told() -> int:
    """How many posts the whole story has."""
    return sum(step["do"] == "publish" for step in load_script().steps)


def test_it_ends_with_a_reader_connected(tmp_path: Path) -> None:
    """Within 3 seconds and with 0, and the reader's stream comes to a proper end. (The shorter of
    two times: what else is on the machine can only make it longer.)"""
    slug = load_script().coverages[0]["slug"]
    took = []
    for sign in (signal.SIGINT, signal.SIGTERM):
        with free_port() as port, _demo(tmp_path / "demo", port, pace="0.05") as demo:
            address = _address(demo, port)
            with httpx2.stream("GET", f"{address}/live/{slug}/stream", timeout=10) as reader:
                pieces = reader.iter_raw()
                assert next(pieces)
                took.append(_end(demo, sign))
                # To the end: one that broke off would raise.
                list(pieces)
    assert min(took) < MOST_SECONDS, took


def test_it_goes_on_where_it_was(tmp_path: Path, posts_told: int) -> None:
    """The first look shows something, more comes by itself, and what was told before an end is
    there after it, as it was: nothing twice."""
    folder = tmp_path / "demo"
    with free_port() as port:
        with _demo(folder, port, pace="0.3") as demo:
            address = _address(demo, port)
            until(lambda: len(_posts(address)) > 0, "no posts came")
            first = len(_posts(address))
            until(lambda: len(_posts(address)) > max(first, AT_ONCE), "no more posts came")
            before = _posts(address)
            assert len(before) < posts_told, "it was told at once"
            _end(demo, signal.SIGINT)
        with _demo(folder, port, pace="0") as demo:
            until(lambda: len(_posts(address)) >= posts_told, "the story is not told to its end")
            _until_told(demo)
            after = _posts(address)
            _end(demo, signal.SIGINT)
    assert len(after) == posts_told
    assert set(before) <= set(after)


def test_told_to_its_end_it_stays(tmp_path: Path, posts_told: int) -> None:
    """Started once more after its end it changes nothing, and its pages are there."""
    folder = tmp_path / "demo"
    seqs = []
    with free_port() as port:
        for _ in range(2):
            with _demo(folder, port, pace="0") as demo:
                _until_told(demo)
                found = httpx2.get(f"http://127.0.0.1:{port}/api/coverages").json()["coverages"]
                seqs.append({one["slug"]: one["seq"] for one in found})
                assert len(_posts(f"http://127.0.0.1:{port}")) == posts_told
                _end(demo, signal.SIGINT)
    assert seqs[0] == seqs[1]


def test_a_click_signs_in(tmp_path: Path) -> None:
    """In the demo an editor and a reporter, nobody else and not for other sites. A server of
    another kind, also on the demo's own folder, has no such click."""
    folder = tmp_path / "demo"
    with free_port() as port, _demo(folder, port, pace="0") as demo:
        address = _address(demo, port)
        page = httpx2.get(f"{address}/desk/sign-in").text
        assert "Sign in as demo editor" in page
        for role, status in (("editor", 303), ("reporter", 303), ("administrator", 404)):
            answer = httpx2.post(f"{address}/desk/demo", data={"as": role})
            assert answer.status_code == status
        evil = {"origin": "https://evil.example"}
        answer = httpx2.post(f"{address}/desk/demo", data={"as": "editor"}, headers=evil)
        assert answer.status_code == 403
        _end(demo, signal.SIGINT)
    with serving(folder) as server:
        assert "demo" not in httpx2.get(f"{server.address}/desk/sign-in").text
        answer = httpx2.post(f"{server.address}/desk/demo", data={"as": "editor"})
        assert answer.status_code == 404


def test_its_library(tmp_path: Path) -> None:
    """The desk finds the pictures of the story, described; each once, also when started again."""
    folder = tmp_path / "demo"
    for _ in range(2):
        with free_port() as port, _demo(folder, port, pace="0") as demo:
            address = _address(demo, port)
            cookie = httpx2.post(f"{address}/desk/demo", data={"as": "editor"}).headers[
                "set-cookie"
            ]
            headers = {"cookie": cookie.partition(";")[0]}
            found = httpx2.get(f"{address}/api/media", headers=headers).json()["pictures"]
            assert len(found) == 8
            assert all(one["caption"] and one["credit"] and one["alt"] for one in found)
            _end(demo, signal.SIGINT)


def test_it_can_not_start(spawn: Run, tmp_path: Path) -> None:
    """A port that is taken and a folder that can't be are said to be that."""
    (tmp_path / "file").write_text("no folder")
    refused(spawn("demo", "--data", tmp_path / "file" / "in", "--port", "0"), "--data", "pictures")
    refused(spawn("demo", "--data", tmp_path / "file", "--port", "0"), "file", code=2)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused(spawn("demo", "--data", tmp_path / "demo", "--port", port), f":{port}", "--port")


@contextmanager
def _demo(folder: Path, port: int, *, pace: str) -> Iterator["subprocess.Popen[str]"]:
    with running("demo", "--data", folder, "--port", str(port), "--pace", pace) as process:
        yield process


def _address(demo: "subprocess.Popen[str]", port: int) -> str:
    """The address, as the demo itself tells it."""
    address = f"http://127.0.0.1:{port}"
    _until_said(demo, f"{address}/live/{load_script().coverages[-1]['slug']}")
    until(lambda: _answers(address), "the server does not answer")
    return address


def _until_told(demo: "subprocess.Popen[str]") -> None:
    _until_said(demo, "The demo has told its story")


def _until_said(demo: "subprocess.Popen[str]", words: str) -> None:
    assert demo.stdout
    assert any(words in line for line in demo.stdout), f"it never said {words!r}"


def _end(demo: "subprocess.Popen[str]", sign: signal.Signals) -> float:
    """How many seconds it took."""
    begun = time.monotonic()
    demo.send_signal(sign)
    assert demo.wait(SECONDS) == 0
    took = time.monotonic() - begun
    assert demo.stderr
    assert "Traceback" not in demo.stderr.read()
    return took


def _answers(address: str) -> bool:
    try:
        return httpx2.get(address).is_success
    except httpx2.TransportError:
        return False


def _posts(address: str) -> dict[str, str]:
    """The id of each post, and when it was published."""
    if not _answers(address):
        return {}
    coverages = httpx2.get(f"{address}/api/coverages").json()["coverages"]
    return {
        post["id"]: post["published_at"]
        for one in coverages
        for post in httpx2.get(
            f"{address}/api/coverages/{one['slug']}/posts", params={"limit": 200}
        ).json()["posts"]
    }
