"""`dateline replay`: a live blog through the API of a running server, as if it were now."""

import signal
from pathlib import Path

import httpx2
import pytest

from integration.server import Server

from .conftest import Run, Start, a_blog, done, lines, refused, running, until

FAST = ["--speed", "1000000"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "blogs.jsonl"
    made.write_bytes(lines(a_blog("Bergen", posts=5), a_blog("Tromsø")))
    return made


def test_a_blog_is_played_in_order(run: Run, start: Start, file: Path) -> None:
    """Its posts are published oldest first, in a coverage that is live and then ended."""
    server = start()
    token = server.token()
    told = run("replay", file, "--blog", "Bergen", "--url", server.address, "--token", token, *FAST)
    assert "Replayed 5 posts" in done(told)
    [coverage] = httpx2.get(f"{server.address}/api/coverages").json()["coverages"]
    assert coverage["status"] == "ended"
    events = httpx2.get(f"{server.address}/api/coverages/{coverage['slug']}/events").json()
    posts = [one for one in events["events"] if one["type"].startswith("PostPublished")]
    assert [one["payload"]["content"]["headline"] for one in posts] == [
        f"Update {number}" for number in range(1, 6)
    ]


def test_played_again_nothing_is_published_twice(run: Run, start: Start, file: Path) -> None:
    """A replay that is started once more finds all it sends already there."""
    server = start()
    env = {"DATELINE_URL": server.address, "DATELINE_TOKEN": server.token()}
    for _ in range(2):
        done(run("replay", file, "--blog", "Bergen", "--slug", "again", *FAST, env=env))
    posts = httpx2.get(f"{server.address}/api/coverages/again/posts").json()["posts"]
    assert len(posts) == 5


def test_which_blog(run: Run, file: Path) -> None:
    """An id that none or several have is said to be that, before anything is sent."""
    for blog in ("Oslo", ""):
        refused(run("replay", file, "--blog", blog, "--token", "x"), "Give the whole blog_id")


def test_a_wrong_token(run: Run, start: Start, file: Path) -> None:
    """What the server answers is passed on."""
    server = start()
    ran = run("replay", file, "--blog", "Bergen", "--url", server.address, "--token", "wrong")
    refused(ran, "refused", "token is not known")


def test_a_token_for_another_coverage(run: Run, start: Start, file: Path) -> None:
    """It may not open this one; that is said, and nothing is made."""
    server = start()
    token = done(run("token", "create", "Bot", "--coverage", "other")).strip()
    ran = run("replay", file, "--blog", "Bergen", "--url", server.address, "--token", token)
    refused(ran, "refused", "“other” only")
    assert not httpx2.get(f"{server.address}/api/coverages").json()["coverages"]


def test_a_name_that_is_taken_or_none(run: Run, start: Start, file: Path) -> None:
    """A coverage that somebody opened by hand is left as it is."""
    done(run("coverage", "create", "storm", "The storm"))
    server = start()
    env = {"DATELINE_URL": server.address, "DATELINE_TOKEN": server.token()}
    ran = run("replay", file, "--blog", "Bergen", "--slug", "storm", env=env)
    refused(ran, "already a coverage named “storm”")
    refused(
        run("replay", file, "--blog", "Bergen", "--slug", "No Slug", env=env), "No Slug", "hyphens"
    )
    _heading, line = done(run("coverage", "list")).splitlines()
    assert line.split()[:3] == ["storm", "scheduled", "0"]


def test_interrupted_and_played_again(run: Run, start: Start, file: Path) -> None:
    """Ctrl-C leaves the coverage live with what was published; the next run adds the rest."""
    server = start()
    env = {"DATELINE_URL": server.address, "DATELINE_TOKEN": server.token()}
    command = ["replay", file, "--blog", "Bergen", "--slug", "again"]
    # A minute between two posts of the file, half a second here.
    with running(*command, "--speed", "120", **env) as replaying:
        until(lambda: len(_headlines(server)) >= 2, "no posts came")
        replaying.send_signal(signal.SIGINT)
        told, said = replaying.communicate(timeout=10)
    assert replaying.returncode == 130
    assert not told
    assert "/live/again" in said
    assert "Traceback" not in said
    assert len(_headlines(server)) < 5
    assert "live" in done(run("coverage", "list"))
    done(run(*command, *FAST, env=env))
    assert _headlines(server) == [f"Update {number}" for number in range(1, 6)]
    assert "ended" in done(run("coverage", "list"))


def test_a_server_that_goes_and_comes_back(run: Run, start: Start, file: Path) -> None:
    """A replay waits for it and sends again what was not answered: no post is lost or doubled."""
    server = start()
    env = {"DATELINE_URL": server.address, "DATELINE_TOKEN": server.token()}
    command = ["replay", file, "--blog", "Bergen", "--slug", "again", "--speed", "120"]
    with running(*command, **env) as replaying:
        until(lambda: len(_headlines(server)) >= 2, "no posts came")
        server.restart()
        told, said = replaying.communicate(timeout=60)
    assert replaying.returncode == 0, said
    assert "Replayed 5 posts" in told
    assert _headlines(server) == [f"Update {number}" for number in range(1, 6)]


def _headlines(server: Server) -> list[str]:
    """Of the posts of “again”, in the order in which they were published."""
    answer = httpx2.get(f"{server.address}/api/coverages/again/posts")
    posts = answer.json()["posts"] if answer.is_success else []
    return [post["headline"] for post in reversed(posts)]
