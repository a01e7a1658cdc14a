"""`dateline import`: all of a file or nothing, and what is wrong with it to the line."""

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dateline.store.database import FILE

from .conftest import Run, a_blog, a_document, done, lines, packed, refused, running, until

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


def test_editors_leave_marks(run: Run, tmp_path: Path) -> None:
    """A byte order mark and blank lines are no damage; blogs of one title stay apart."""
    file = tmp_path / "blogs.jsonl"
    one, two = a_blog("Bergen", blog_id="news-2021-1"), a_blog("Bergen", blog_id="news-2021-2")
    file.write_bytes(b"\xef\xbb\xbf" + lines(one) + b"\n" + lines(two) + b" \r\n\n")
    assert "Imported 2 coverages" in done(run("import", file, "--limit", "2"))


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
    "garbled.jsonl.gz": (packed(*TWO)[:60] + b"\x00" * 60, "line 1", "cut off or no gzip"),
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


def test_a_damaged_file_makes_no_folder(run: Run, tmp_path: Path, data: Path) -> None:
    """Where there was no data before, there is none after it."""
    file = tmp_path / "blogs.jsonl"
    file.write_bytes(_WHOLE[:-40])
    refused(run("import", file), "line 2", "Nothing of the file was imported")
    assert not data.exists()


def test_a_blog_that_a_rule_refuses(run: Run, tmp_path: Path) -> None:
    """A post that no desk could publish: its line is named, and the blog before it is not there."""
    file = tmp_path / "blogs.jsonl"
    flood = a_document(1, text=["rain and more rain. " * 400] * 60)
    file.write_bytes(lines(a_blog("Bergen"), a_blog("Oslo", documents=[flood])))
    refused(run("import", file), "Line 2", "Oslo-0001", "256 KiB", "Nothing of the file")
    assert len(done(run("coverage", "list")).splitlines()) == 1


def test_the_words_that_stand_in_the_file(run: Run, tmp_path: Path, data: Path) -> None:
    """What looks like markup in it is text, for the terminal and for readers."""
    file = tmp_path / "blogs.jsonl"
    written = a_document(1, title="[/b] and <b>", text=["a < b, :fire: & <script>x</script>"])
    file.write_bytes(lines(a_blog("Bergen", title="[/red] Storm", documents=[written])))
    done(run("import", file))
    assert "[/red] Storm" in done(run("coverage", "list"))
    with closing(sqlite3.connect(data / FILE)) as connection:
        [(payload,)] = connection.execute("SELECT payload FROM events WHERE seq = 3")
    html = json.loads(payload)["content"]["blocks"][0]["html"]
    assert html == "A &lt; b, :fire: &amp; &lt;script&gt;x&lt;/script&gt;"


def test_an_interrupted_import_is_taken_up_again(run: Run, tmp_path: Path, data: Path) -> None:
    """Ctrl-C leaves whole blogs only; the next run adds those that are missing."""
    count = 800
    file = tmp_path / "blogs.jsonl"
    blogs = [a_blog(f"Bergen-{number}", blog_id=f"{number:08}") for number in range(count)]
    file.write_bytes(lines(*blogs))
    with running("import", file, DATELINE_DATA=str(data)) as importing:
        until(lambda: _imported(data) > 0 or importing.poll() is not None, "nothing was imported")
        importing.send_signal(signal.SIGINT)
        told, said = importing.communicate(timeout=30)
    assert importing.returncode == 130
    assert not told
    assert "Traceback" not in said
    there = _imported(data)
    assert 0 < there < count
    listed = done(run("coverage", "list")).splitlines()[1:]
    # Opened, started, three posts, ended.
    assert {tuple(line.split()[1:4]) for line in listed} == {("ended", "3", "6")}
    assert f"Imported {count - there} coverages" in done(run("import", file))
    assert _imported(data) == count


def _imported(data: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{data / FILE}?mode=ro", uri=True)) as connection:
            [(count,)] = connection.execute("SELECT count(*) FROM heads")
    except sqlite3.OperationalError:
        return 0
    return int(count)
