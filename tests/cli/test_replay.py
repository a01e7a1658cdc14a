"""`dateline replay`: a live blog through the API of a running server, as if it were now."""

from pathlib import Path

import httpx2
import pytest

from .conftest import Run, Start, a_blog, done, lines, refused

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
