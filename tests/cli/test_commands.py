"""Coverages, tokens, the chain and the doctor: results on standard output, the rest beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from dateline.store.database import FILE

from .conftest import Run, Start, done, refused

COMMANDS = [
    ([], ["serve", "demo", "coverage", "token", "import", "replay", "verify", "doctor"]),
    (["serve"], ["--data", "--host", "--port", "--workers"]),
    (["demo"], ["--data", "--pace"]),
    (["coverage"], ["create", "list", "close"]),
    (["coverage", "create"], ["--timezone", "--language", "--summary", "--live"]),
    (["token"], ["create", "list", "revoke"]),
    (["token", "create"], ["--coverage"]),
    (["import"], ["--limit"]),
    (["replay"], ["--blog", "--speed", "--url", "--token"]),
    (["verify"], ["--data"]),
    (["doctor"], ["--data"]),
]


@pytest.mark.parametrize(("command", "words"), COMMANDS, ids=lambda one: " ".join(one)[:20])
def test_each_command_explains_itself(run: Run, command: list[str], words: list[str]) -> None:
    """`--help` names what a command takes, and is no failure."""
    told = done(run(*command, "--help"))
    assert all(word in told for word in words)


@pytest.mark.parametrize("wrong", [["serve", "--prot", "80"], ["sevre"], ["coverage", "create"]])
def test_a_wrong_question_is_told_from_a_failure(run: Run, wrong: list[str]) -> None:
    """What was typed wrongly leaves with 2 and says what is wrong."""
    refused(run(*wrong), code=2)


def test_a_coverage_from_beginning_to_end(run: Run) -> None:
    """Opened, listed, started and closed from the command line."""
    done(run("coverage", "create", "storm", "The storm", "--timezone", "Europe/Oslo", "--live"))
    done(run("coverage", "create", "later", "Something later", "--summary", "It is planned."))
    listed = done(run("coverage", "list"))
    assert "storm" in listed
    assert "live" in listed
    assert "scheduled" in listed
    done(run("coverage", "close", "storm"))
    assert "ended" in done(run("coverage", "list"))
    assert "The chain holds: 3 events" in done(run("verify", "storm"))


def test_the_list_in_a_pipe_has_whole_lines(run: Run) -> None:
    """A line for each coverage, with its slug in full, also where the terminal would be narrow."""
    slug = "a-very-long-name-that-no-terminal-of-eighty-columns-would-show-in-full"
    done(run("coverage", "create", slug, "A title that is long as well, and longer than others"))
    heading, line = done(run("coverage", "list")).rstrip("\n").split("\n")
    assert heading.split()[0] == "Coverage"
    assert line.split()[0] == slug


def test_what_can_not_be_opened(run: Run) -> None:
    """A name that is taken or no name, a place that is none: said, with what to do."""
    done(run("coverage", "create", "storm", "The storm"))
    refused(run("coverage", "create", "storm", "Another"), "storm", "Choose another slug")
    refused(run("coverage", "create", "Not A Slug", "Another"), "slug")
    refused(
        run("coverage", "create", "two", "Two", "--timezone", "Atlantis"), "Atlantis", "IANA name"
    )
    refused(run("coverage", "create", "two", ""), "title")


@pytest.mark.parametrize("command", [["coverage", "list"], ["coverage", "close", "x"],
                                     ["verify", "x"], ["token", "list"]])  # fmt: skip
def test_without_data_nothing_is_made(run: Run, data: Path, command: list[str]) -> None:
    """A command that only reads does not leave an empty folder behind."""
    refused(run(*command), "no Dateline data", "--data")
    assert not data.exists()


def test_what_is_not_there(run: Run) -> None:
    """An unknown coverage is said to be unknown."""
    done(run("coverage", "create", "storm", "The storm"))
    refused(run("coverage", "close", "flood"), "no such coverage")
    refused(run("verify", "flood"), "flood", "coverage list")


def test_a_token_is_shown_once_and_kept_nowhere(run: Run, data: Path) -> None:
    """Standard output is the token and nothing else; no file holds it."""
    made = done(run("token", "create", "Ana"))
    token = made.strip()
    assert made == f"{token}\n"
    assert len(token) > 32
    files = [path for path in data.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if token.encode() in path.read_bytes()]
    assert token not in done(run("token", "list"))


def test_a_token_opens_what_it_is_for_until_it_is_revoked(run: Run, start: Start) -> None:
    """Beside a running server: for all coverages or one, and after its end for none."""
    done(run("coverage", "create", "storm", "The storm", "--live"))
    done(run("coverage", "create", "flood", "The flood", "--live"))
    server = start()
    every = done(run("token", "create", "Ana")).strip()
    one = done(run("token", "create", "Bot", "--coverage", "storm")).strip()

    def status(token: str, slug: str) -> int:
        body = {"blocks": [{"type": "paragraph", "html": "The wind rises."}],
                "byline": [{"name": "Ana"}]}  # fmt: skip
        answer = httpx2.post(
            f"{server.address}/api/coverages/{slug}/posts",
            json=body,
            headers={"authorization": f"Bearer {token}"},
        )
        return answer.status_code

    assert status(every, "storm") == status(every, "flood") == status(one, "storm") == 201
    assert status(one, "flood") == 403
    listed = done(run("token", "list")).splitlines()
    [line] = [line for line in listed if "Ana" in line]
    done(run("token", "revoke", line.split()[0]))
    assert status(every, "storm") == 401
    refused(run("token", "revoke", line.split()[0]), "There is no token")


def test_a_label_has_to_be_one(run: Run) -> None:
    """A label that nobody could read is refused."""
    for label in ("", " ", "x" * 101, "a\nb"):
        refused(run("token", "create", label), "label")


def test_verify_names_the_first_event_that_does_not_fit(run: Run, data: Path) -> None:
    """Exit code 0 when the chain holds, 1 when somebody changed the file."""
    done(run("coverage", "create", "storm", "The storm", "--live"))
    done(run("coverage", "close", "storm"))
    assert "3 events" in done(run("verify", "storm"))
    with closing(sqlite3.connect(data / FILE)) as connection, connection:
        connection.execute("UPDATE events SET time = time + 1 WHERE seq = 2")
    refused(run("verify", "storm"), "breaks at event 2", "backup")


def test_the_doctor_finds_what_is_wrong(run: Run, data: Path) -> None:
    """All well: 0. A database that is none: 1, and what to do."""
    assert "ok" in done(run("doctor"))
    done(run("coverage", "create", "storm", "The storm"))
    assert "1 coverages, 1 events" in done(run("doctor"))
    for path in data.glob(f"{FILE}*"):
        path.write_bytes(b"This is no database. " * 500)
    ran = run("doctor")
    assert ran.returncode == 1
    assert "damaged" in ran.stderr
    assert "backup" in ran.stderr
