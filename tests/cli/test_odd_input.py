"""What people and files also say: brackets in a title, days that are none, addresses that are none.

Each is taken as it is or refused in words; none ends in a traceback.
"""

import os
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from dateline.store.database import FILE
from integration.server import free_port

from .conftest import Run, Start, a_blog, a_document, done, lines, refused, running

BRACKETS = "no\\[/b]here [red]:fire:"
DEEP = b'{"blog_id": "deep", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
LONG = "a-name-that-is-as-long-as-a-name-can-be-while-a-terminal-has-but-eighty-columns-in-a-line"


def test_brackets_are_words(run: Run) -> None:
    """What looks like the terminal library's markup is shown as it is, also in an error."""
    refused(run("coverage", "list", env={"DATELINE_DATA": BRACKETS}), BRACKETS)


def test_an_address_is_in_one_piece(run: Run) -> None:
    """Where readers find it can be copied, however long the name is."""
    ran = run("coverage", "create", LONG, "The storm")
    assert not done(ran)
    assert f"/live/{LONG}\n" in ran.stderr


ODD_BLOGS: dict[str, tuple[dict[str, Any], str]] = {
    "url": ({"url": "http://[news.example"}, "line 2"),
    "no web": ({"url": "gopher://news.example"}, "line 2"),
    "great year": ({"documents": [a_document(1, time=[10**25, 1, 1, 1, 1])]}, "line 2"),
    "small year": ({"documents": [a_document(1, time=[1, 1, 1, 1, 1])]}, "between the years"),
    "no hour": ({"documents": [a_document(1, time=[2021, 6])]}, "line 2"),
}


@pytest.mark.parametrize("kind", ODD_BLOGS)
def test_a_blog_that_can_not_be(run: Run, tmp_path: Path, data: Path, kind: str) -> None:
    """An address, a time or a name that is none is said to be that; nothing is imported."""
    fields, words = ODD_BLOGS[kind]
    file = tmp_path / "blogs.jsonl"
    file.write_bytes(lines(a_blog("Bergen"), a_blog("Oslo", **fields)))
    refused(run("import", file), words, "Nothing of the file was imported")
    if (data / FILE).exists():
        assert len(done(run("coverage", "list")).splitlines()) == 1


def test_lists_in_lists_without_end(run: Run, tmp_path: Path, data: Path) -> None:
    """A file that is made to exhaust its reader is refused like any other."""
    file = tmp_path / "blogs.jsonl"
    file.write_bytes(DEEP)
    refused(run("import", file), "line 1")
    assert not data.exists()


def test_a_day_that_never_was(run: Run, tmp_path: Path) -> None:
    """A title with such a day tells no day; the posts are imported all the same."""
    file = tmp_path / "blogs.jsonl"
    documents = [a_document(1, time="12:30")]
    file.write_bytes(lines(a_blog("Oslo", title="31 February 2021", documents=documents)))
    assert "Imported 1 coverages with 1 posts" in done(run("import", file))


def test_fewer_than_there_are(run: Run, tmp_path: Path) -> None:
    """`--limit` takes the first ones."""
    file = tmp_path / "blogs.jsonl"
    file.write_bytes(lines(a_blog("Bergen"), a_blog("Oslo"), a_blog("Kiruna")))
    assert "Imported 1 coverages with 3 posts" in done(run("import", file, "--limit", "1"))
    _heading, line = done(run("coverage", "list")).splitlines()
    assert "Storm at Bergen" in line


@pytest.fixture
def blogs(tmp_path: Path) -> Path:
    made = tmp_path / "blogs.jsonl"
    made.write_bytes(lines(a_blog("Bergen")))
    return made


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://[x", "127.0.0.1", "http://h:99999"])
def test_a_server_with_no_address(run: Run, blogs: Path, url: str) -> None:
    """It is said at once; nothing is tried again and again."""
    refused(run("replay", blogs, "--blog", "B", "--token", "x", "--url", url), url, "address")


@pytest.mark.parametrize("token", ["clé", "two\nlines"])
def test_what_can_not_be_a_token(run: Run, blogs: Path, token: str) -> None:
    """It is not sent, and not repeated on the screen either."""
    ran = run("replay", blogs, "--blog", "B", "--token", token)
    refused(ran, "no token", "dateline token create")
    assert token not in ran.stderr


def test_a_server_that_is_not_there(run: Run, blogs: Path) -> None:
    """After some seconds a replay gives up, and says which server it meant."""
    with free_port() as port:
        url = f"http://127.0.0.1:{port}"
        ran = run("replay", blogs, "--blog", "B", "--token", "x", "--url", url)
        refused(ran, f"server at {url}", "dateline serve", "--url")


def test_an_interrupted_command_leaves_with_130(blogs: Path) -> None:
    """Ctrl-C during a replay: no traceback, and the exit code that shells know."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with running("replay", blogs, "--blog", "B", "--token", "x", "--url", url) as replaying:
            silent.settimeout(30)
            connection, _ = silent.accept()
            with connection:
                assert connection.recv(1), "it has begun"
                replaying.send_signal(signal.SIGINT)
                told, said = replaying.communicate(timeout=10)
    assert replaying.returncode == 130
    assert not told
    assert "Traceback" not in said


BAD_VALUES = [
    ("PORT", "99999"),
    ("PORT", "-5"),
    ("WORKERS", "0"),
    ("WORKERS", "1000"),
    ("HEARTBEAT", "nan"),
    ("HEARTBEAT", "0"),
    ("LIFETIME", "-1"),
    ("IDLE", "soon"),
    ("READERS", "-1"),
    ("READERS_PER_ADDRESS", "many"),
    ("HOST", ""),
    ("URL", "live.example.org"),
    ("URL", "https://live.example.org/news"),
    ("SECURITY_CONTACT", "security@example.org"),
    ("DATA", " "),
]


@pytest.mark.parametrize(("name", "value"), BAD_VALUES)
def test_a_variable_that_can_not_be(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Its name, its value and what it should be; the server does not start."""
    # Were a blank folder taken, it should not be the one of the program.
    monkeypatch.chdir(tmp_path)
    ran = run("serve", env={"DATELINE_PORT": "0", f"DATELINE_{name}": value})
    refused(ran, f"DATELINE_{name} is “{value}”", "It has to be such as")


def test_a_server_makes_its_folder(start: Start, data: Path) -> None:
    """Folders are made as deep as they are named, and hold what a server needs to go on."""
    server = start()
    server.stop()
    assert (data / FILE).is_file()
    deep = data / "in" / "there"
    with free_port() as port:
        variables = {"DATELINE_PORT": str(port), "DATELINE_DATA": os.devnull}
        with running("serve", "--data", deep, **variables) as started:
            assert started.stdout
            assert started.stdout.readline() == f"Dateline is at http://127.0.0.1:{port}\n"
            started.terminate()
            assert started.wait(10) == 0
    assert (deep / FILE).is_file()


def test_a_file_is_no_folder(run: Run, spawn: Run, data: Path) -> None:
    """As an option it is asked wrongly, as a variable it can't be done."""
    data.write_text("no folder")
    refused(run("serve", "--data", data), "Invalid value for '--data'", code=2)
    refused(spawn("serve", "--port", "0"), "data folder", str(data))
    assert data.read_text() == "no folder"
