"""`dateline doctor`: what is in order, what is not, and what to do about it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import dateline
from dateline.store.database import FILE

from .conftest import Ran, Run, done


def bad(ran: Ran, *words: str) -> None:
    """One thing is bad, named on standard error with these words; the others are ok."""
    assert ran.returncode == 1
    [line] = ran.stderr.splitlines()
    assert line.startswith("bad")
    assert all(word in line for word in words)
    assert ran.stdout
    assert all(line.startswith("ok") for line in ran.stdout.splitlines())


def test_all_is_well(run: Run) -> None:
    """Before the first start, and with data: one line for each thing that was looked at."""
    told = done(run("doctor"))
    names = ["Python", "SQLite", "Open files", "Front end", "Log", "Disk"]
    assert [line.split(":")[0] for line in told.splitlines()] == [f"ok   {name}" for name in names]
    done(run("coverage", "create", "storm", "The storm"))
    assert "1 coverages, 1 events" in done(run("doctor"))


def test_it_only_looks(run: Run, data: Path) -> None:
    """Neither the folder nor anything in it is made."""
    done(run("doctor"))
    assert not data.exists()
    data.mkdir()
    done(run("doctor"))
    assert not list(data.iterdir())


def test_a_folder_that_can_not_be(run: Run, tmp_path: Path) -> None:
    """Where a file stands in the way, a server could not start."""
    (tmp_path / "file").write_text("no folder")
    for place in (tmp_path / "file", tmp_path / "file" / "in" / "it"):
        bad(run("doctor", env={"DATELINE_DATA": str(place)}), "Log", str(place), "--data")


def test_a_damaged_database(run: Run, data: Path) -> None:
    """It is said to be damaged, and to be in a backup."""
    done(run("coverage", "create", "storm", "The storm"))
    for path in data.glob(f"{FILE}*"):
        path.write_bytes(b"This is no database. " * 500)
    bad(run("doctor"), "Log", "damaged", "backup")


def test_data_of_a_later_version(run: Run, data: Path) -> None:
    """It is not taken for damaged, and not touched."""
    done(run("coverage", "create", "storm", "The storm"))
    with closing(sqlite3.connect(data / FILE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    bad(run("doctor"), "Log", "later version", "9999")


def test_too_few_open_files(spawn: Run) -> None:
    """Each reader takes one, so the system's limit is how many readers there can be."""
    ran = spawn("doctor", under=("sh", "-c", 'ulimit -n 1000 && exec "$@"', "sh"))
    bad(ran, "Open files", "1000", "ulimit -Hn")


def test_a_front_end_that_is_not_built(spawn: Run, tmp_path: Path) -> None:
    """A copy of the program without it: doctor tells, and a server does not start."""
    package = Path(dateline.__file__).parent
    away = shutil.ignore_patterns("static", "__pycache__")
    shutil.copytree(package, tmp_path / "copy" / "dateline", ignore=away)
    env = {"PYTHONPATH": str(tmp_path / "copy")}
    bad(spawn("doctor", env=env), "Front end", "not built", "make setup")
    ran = spawn("serve", "--port", "0", env=env)
    assert ran.returncode == 1
    assert "not built" in ran.stderr
    assert "Traceback" not in ran.stderr
