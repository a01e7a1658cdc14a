"""What all commands share: help, exit codes, and results on one output, the rest on the other."""

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, done, environment, refused

COMMANDS = [
    ([], ["serve", "demo", "coverage", "token", "import", "replay", "verify", "doctor"]),
    (["serve"], ["--data", "--host", "--port", "--workers", "DATELINE_PORT", "8000"]),
    (["demo"], ["--data", "--pace", "6.0"]),
    (["coverage"], ["create", "list", "close"]),
    (["coverage", "create"], ["--timezone", "--language", "--summary", "--live", "hyphens"]),
    (["coverage", "list"], ["--data", "DATELINE_DATA"]),
    (["coverage", "close"], ["--data", "slug"]),
    (["token"], ["create", "list", "revoke"]),
    (["token", "create"], ["--coverage", "once"]),
    (["token", "list"], ["--data"]),
    (["token", "revoke"], ["--data", "dateline token list"]),
    (["import"], ["--limit", ".jsonl.gz"]),
    (["replay"], ["--blog", "--speed", "--url", "--token", "--slug", "DATELINE_TOKEN"]),
    (["verify"], ["--data", "Exit code 0"]),
    (["doctor"], ["--data", "Exit code 1"]),
]
WRONG = [
    (["serve", "--prot", "80"], "No such option: --prot"),
    (["serve", "--port", "65536"], "--port"),
    (["serve", "--workers", "0"], "--workers"),
    (["demo", "--pace", "-1"], "--pace"),
    (["sevre"], "No such command 'sevre'"),
    (["coverage", "open"], "No such command 'open'"),
    (["coverage", "create"], "slug"),
    (["coverage", "create", "storm"], "title"),
    (["token", "create"], "label"),
    (["import"], "file"),
    (["replay", "blogs.jsonl", "--token", "x"], "--blog"),
    (["replay", "blogs.jsonl", "--blog", "x"], "DATELINE_TOKEN"),
    (["replay", "blogs.jsonl", "--blog", "x", "--token", "x", "--speed", "0"], "--speed"),
    (["verify"], "slug"),
    (["doctor", "storm"], "unexpected extra argument"),
]


@pytest.mark.parametrize(("command", "words"), COMMANDS, ids=lambda one: " ".join(one)[:20])
def test_each_command_explains_itself(run: Run, command: list[str], words: list[str]) -> None:
    """`--help` and `-h` name what a command takes, and are no failure."""
    told = done(run(*command, "--help"))
    assert all(word in told for word in words)
    assert done(run(*command, "-h")) == told


@pytest.mark.parametrize(("wrong", "what"), WRONG, ids=lambda one: "".join(one)[:20])
def test_a_wrong_question_is_told_from_a_failure(run: Run, wrong: list[str], what: str) -> None:
    """What was typed wrongly leaves with 2, says what is wrong and where help is."""
    refused(run(*wrong), what, "Try 'dateline", code=2)


@pytest.mark.parametrize("command", [[], ["coverage"], ["token"]])
def test_no_command_at_all_shows_those_there_are(run: Run, command: list[str]) -> None:
    """Nothing was done, so it is no success; what can be done is shown."""
    ran = run(*command)
    assert ran.returncode == 2
    assert "Commands" in ran.stdout + ran.stderr


@pytest.mark.parametrize("command", [["coverage", "list"], ["coverage", "close", "x"],
                                     ["verify", "x"], ["token", "list"],
                                     ["token", "revoke", "x"]])  # fmt: skip
def test_without_data_nothing_is_made(run: Run, data: Path, command: list[str]) -> None:
    """A command that only reads does not leave an empty folder behind, nor fills one."""
    refused(run(*command), "no Dateline data", str(data), "--data")
    assert not data.exists()
    data.mkdir()
    refused(run(*command), "no Dateline data")
    assert not list(data.iterdir())


def test_the_program_itself(spawn: Run) -> None:
    """As a process: 0 for done, 1 for what could not be done, 2 for what was asked wrongly; only
    results are on standard output."""
    assert not done(spawn("coverage", "create", "storm", "The storm"))
    assert "storm" in done(spawn("coverage", "list"))
    refused(spawn("coverage", "create", "storm", "The storm"), "Error", "already a coverage")
    refused(spawn("coverage", "creat"), "creat", code=2)


def test_the_program_as_a_module() -> None:
    """`python -m dateline` is the same program."""
    command = [sys.executable, "-m", "dateline", "coverage", "create"]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    refused(ran, "Missing argument", code=2)


def test_what_is_named_wins_over_the_variable(run: Run, data: Path, tmp_path: Path) -> None:
    """`--data` is where a command looks, whatever DATELINE_DATA says."""
    done(run("coverage", "create", "storm", "The storm", "--data", tmp_path / "named"))
    assert not data.exists()
    assert "storm" in done(run("coverage", "list", env={"DATELINE_DATA": str(tmp_path / "named")}))


@pytest.mark.parametrize("name", ["[bold]", "[/b]", "ten :100:", "a %20?b#c"])
def test_the_data_folder_may_have_any_name(run: Run, tmp_path: Path, name: str) -> None:
    """It is used and shown as it is called."""
    folder = tmp_path / name
    refused(run("coverage", "list", "--data", folder), str(folder))
    done(run("coverage", "create", "storm", "The storm", "--data", folder))
    assert (folder / "dateline.db").is_file()
    assert str(folder) in done(run("doctor", "--data", folder))
