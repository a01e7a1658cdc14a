"""`dateline import`: all of a file or nothing, and what is wrong with it to the line."""

import json
from pathlib import Path

import pytest

from .conftest import Run, a_blog, a_document, done, lines, packed, refused

TWO = [a_blog("Bergen"), a_blog("Tromsø", posts=5)]


@pytest.mark.parametrize("name", ["blogs.jsonl", "blogs.jsonl.gz"])
def test_a_file_becomes_coverages(run: Run, tmp_path: Path, name: str) -> None:
    """Plain or packed: a coverage for each blog, ended, with all its posts; the chain holds."""
    file = tmp_path / name
    file.write_bytes(packed(*TWO) if name.endswith(".gz") else lines(*TWO))
    assert "Imported 2 coverages with 8 posts" in done(run("import", file))
    listed = done(run("coverage", "list"))
    assert listed.count("ended") == 2
    slug = next(line.split()[0] for line in listed.splitlines() if "bergen" in line)
    assert "The chain holds: 6 events" in done(run("verify", slug))


def test_only_the_first(run: Run, tmp_path: Path) -> None:
    """`--limit` takes so many, and does not read what comes after."""
    file = tmp_path / "blogs.jsonl"
    file.write_bytes(lines(*TWO) + b"what follows is not read\n")
    assert "Imported 2 coverages" in done(run("import", file, "--limit", "2"))
    refused(run("import", file, "--limit", "0"), code=2)


def test_a_second_time_nothing_is_doubled(run: Run, tmp_path: Path) -> None:
    """What is there stays as it is; what is new is added."""
    file = tmp_path / "blogs.jsonl"
    file.write_bytes(lines(*TWO))
    done(run("import", file))
    file.write_bytes(lines(*TWO, a_blog("Oslo")))
    assert "Imported 1 coverages with 3 posts; 2 were there." in done(run("import", file))
    assert len(done(run("coverage", "list")).splitlines()) == 4


_WHOLE = lines(*TWO)
_KIND = json.dumps({"headline": "A story", "body": "of another kind"}).encode() + b"\n"
_LATE = lines(
    {**a_blog("Oslo"), "documents": [a_document(1, time="25:61")], "title": "14 June 2021"}
)
DAMAGED = {
    "cut.jsonl": (_WHOLE[:-40], "line 2", "no whole line of JSON"),
    "other.jsonl": (_WHOLE + _KIND, "line 3", "no live blog"),
    "array.jsonl": (b"[1, 2]\n", "line 1", "no live blog"),
    "words.jsonl": (b"The storm is over.\n", "line 1", "no whole line of JSON"),
    "bytes.jsonl": (_WHOLE + b"\xff\xfe\x00{}\n", "line 3", "no whole line of JSON"),
    "time.jsonl": (_WHOLE + _LATE, "line 3", "is no time"),
    "cut.jsonl.gz": (packed(*TWO)[:-20], "line", "cut off or no gzip"),
    "none.jsonl.gz": (_WHOLE, "line 1", "cut off or no gzip"),
    "empty.jsonl": (b"", "is empty", "nothing to read"),
    "empty.jsonl.gz": (packed(), "is empty", "nothing to read"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_leaves_nothing_behind(run: Run, tmp_path: Path, name: str) -> None:
    """The line is named, what is wrong is said, and not even the good lines are there."""
    content, where, what = DAMAGED[name]
    file = tmp_path / name
    file.write_bytes(content)
    done(run("coverage", "create", "before", "There before"))
    refused(run("import", file), name, where, what)
    assert len(done(run("coverage", "list")).splitlines()) == 2


def test_what_is_no_file(run: Run, tmp_path: Path) -> None:
    """A file that is not there, and a folder, are said to be that."""
    refused(run("import", tmp_path / "nowhere.jsonl"), "nowhere.jsonl", "can't be read")
    refused(run("import", tmp_path), "can't be read")
