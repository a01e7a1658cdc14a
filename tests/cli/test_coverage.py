"""`dateline coverage`: opening, listing and closing."""

import httpx2
import pytest

from .conftest import Run, Start, done, refused


def test_a_coverage_from_beginning_to_end(run: Run) -> None:
    """Opened, listed, started and closed from the command line."""
    done(run("coverage", "create", "storm", "The storm", "--timezone", "Europe/Oslo", "--live"))
    done(run("coverage", "create", "later", "Something later", "--summary", "It is planned."))
    listed = done(run("coverage", "list"))
    assert [line.split()[:2] for line in listed.splitlines()[1:]] == [
        ["later", "scheduled"],
        ["storm", "live"],
    ]
    done(run("coverage", "close", "storm"))
    assert "ended" in done(run("coverage", "list"))
    assert "The chain holds: 3 events" in done(run("verify", "storm"))


def test_what_was_given_is_what_readers_get(run: Run, start: Start) -> None:
    """Title, zone, language and summary; a running server shows a new coverage at once."""
    server = start()
    told = run("coverage", "create", "storm", "Stormen", "--timezone", "Europe/Oslo",
               "--language", "nb", "--summary", "Det blåser.")  # fmt: skip
    done(told)
    assert "/live/storm" in told.stderr
    coverage = httpx2.get(f"{server.address}/api/coverages/storm").json()
    assert coverage["title"] == "Stormen"
    assert coverage["timezone"] == "Europe/Oslo"
    assert coverage["language"] == "nb"
    assert coverage["summary"] == "Det blåser."
    assert coverage["status"] == "scheduled"
    done(run("coverage", "close", "storm"))
    assert httpx2.get(f"{server.address}/api/coverages/storm").json()["status"] == "ended"


def test_a_rehearsal(run: Run, start: Start) -> None:
    """It is listed for who runs the server, and not there for readers."""
    server = start()
    done(run("coverage", "create", "drill", "A drill", "--rehearsal", "--live"))
    assert done(run("coverage", "list")).splitlines()[1].split()[:2] == ["drill", "rehearsal"]
    assert httpx2.get(f"{server.address}/live/drill").status_code == 404
    assert "The chain holds: 2 events" in done(run("verify", "drill"))


def test_the_list_in_a_pipe_has_whole_lines(run: Run) -> None:
    """A line for each coverage, with its slug in full, also where the terminal would be narrow."""
    slug = "a-very-long-name-that-no-terminal-of-eighty-columns-would-show-in-full"
    done(run("coverage", "create", slug, "A title that is long as well, and longer than others"))
    heading, line = done(run("coverage", "list")).rstrip("\n").split("\n")
    assert heading.split()[0] == "Coverage"
    assert line.split()[0] == slug


@pytest.mark.parametrize("title", ["[/b] closed", "[red]Storm[/red]", "Ten of :100:", "a\\[b]"])
def test_a_title_is_listed_as_it_is(run: Run, title: str) -> None:
    """Brackets and colons in it are words, nothing that the terminal acts on."""
    done(run("coverage", "create", "storm", title))
    assert done(run("coverage", "list")).rstrip().endswith(title)


def test_a_list_of_none(run: Run) -> None:
    """Data without a coverage is no failure: only the heading is shown."""
    done(run("token", "create", "Ana"))
    assert len(done(run("coverage", "list")).splitlines()) == 1


def test_what_can_not_be_opened(run: Run) -> None:
    """A name that is taken or no name, a place that is none: said, with what to do."""
    done(run("coverage", "create", "storm", "The storm"))
    refused(run("coverage", "create", "storm", "Another"), "storm", "Choose another slug")
    refused(run("coverage", "create", "Not A Slug", "Another"), "slug", "--help")
    refused(
        run("coverage", "create", "two", "Two", "--timezone", "Atlantis"), "Atlantis", "IANA name"
    )
    refused(run("coverage", "create", "two", ""), "title", "--help")
    refused(run("coverage", "create", "two", "Two", "--language", "English"), "language")
    assert len(done(run("coverage", "list")).splitlines()) == 2


def test_a_taken_name_is_not_started(run: Run) -> None:
    """`--live` of a coverage that could not be opened does not touch the one that is there."""
    done(run("coverage", "create", "storm", "The storm"))
    refused(run("coverage", "create", "storm", "The storm", "--live"), "already a coverage")
    assert "scheduled" in done(run("coverage", "list"))


def test_closing(run: Run) -> None:
    """An unknown coverage is said to be unknown; one that has ended may be ended again."""
    done(run("coverage", "create", "storm", "The storm"))
    refused(run("coverage", "close", "flood"), "no coverage flood", "dateline coverage list")
    for _ in range(2):
        done(run("coverage", "close", "storm"))
    assert "The chain holds: 2 events" in done(run("verify", "storm"))
