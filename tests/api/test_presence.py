"""Presence over HTTP: what is said is answered, and only to the desk."""

import httpx2
import pytest

from integration.server import Server

from .newsroom import Coverage, Newsroom, a_post
from .people import Someone, somebody
from .test_drafts import Drafter, an_id


def test_come_and_go(newsroom: Newsroom, coverage: Coverage) -> None:
    """Two devices are one person; when both have left, nobody is there."""
    path = f"{coverage.path}/presence"
    draft = an_id()
    newsroom.send("POST", path, {"device": "phone", "editing": draft})
    people = newsroom.send("POST", path, {"device": "desk"}).json()["people"]
    assert [one["editing"] for one in people] == [draft]
    for device, left in (("phone", 1), ("desk", 0)):
        answer = newsroom.send("POST", path, {"device": device, "gone": True})
        assert len(answer.json()["people"]) == left


def test_take_over(newsroom: Newsroom, coverage: Coverage) -> None:
    """Who takes a draft over is at it, without a device too; there has to be a draft."""
    drafter = Drafter(newsroom, coverage)
    draft = an_id()
    assert drafter.do(draft, "take").status_code == 404
    drafter.create(draft)
    assert drafter.get(draft).json()["editing"] is None
    assert drafter.do(draft, "take").json()["editing"]["person"]["name"] == "tests"
    assert drafter.get().json()["drafts"][0]["editing"]["since"]


def test_take_over_of_a_post(
    newsroom: Newsroom, coverage: Coverage, server: Server, client: httpx2.Client
) -> None:
    """Two change one post, each in a draft of their own; who takes it over has it, and the other is
    there without it. Who only looks on takes nothing."""
    post = coverage.publish()["id"]
    ana, ed, eve = (somebody(server, client, role) for role in ("editor", "editor", "viewer"))
    path = f"{coverage.path}/presence"

    def say(who: Someone, **more: object) -> dict[str, str | None]:
        answer = who.send("POST", path, {"device": "desk", "editing": post, **more})
        assert answer.status_code == 200, answer.text
        return {one["id"]: one["editing"] for one in answer.json()["people"]}

    say(ana)
    assert say(ed) == {ana.id: post, ed.id: post}
    assert say(ed, take=True) == {ana.id: None, ed.id: post}
    assert say(ana) == {ana.id: None, ed.id: post}
    draft = an_id()
    edit = {"content": a_post(), "post": post, "based_on": 1}
    headers = {"if_none_match": "*"}
    assert ana.send("PUT", f"{coverage.path}/drafts/{draft}", edit, **headers).status_code == 201
    took = ana.send("POST", f"{coverage.path}/drafts/{draft}/take", {"device": "desk"})
    assert took.json()["editing"]["person"]["id"] == ana.id
    assert say(ed) == {ana.id: post, ed.id: None}
    taking = {"device": "desk", "editing": post, "take": True}
    assert eve.send("POST", path, taking).status_code == 403


@pytest.mark.parametrize("body", [{}, {"device": ""}, {"device": "a b"}, {"device": "x" * 65}])
def test_what_does_not_fit(newsroom: Newsroom, coverage: Coverage, body: object) -> None:
    """A device without a proper name is refused."""
    assert newsroom.send("POST", f"{coverage.path}/presence", body).status_code == 422


def test_only_for_the_desk(newsroom: Newsroom, stranger: Newsroom, coverage: Coverage) -> None:
    """Strangers are told nothing; of what there is not there is nothing to tell."""
    body = {"device": "phone"}
    assert stranger.send("POST", f"{coverage.path}/presence", body).status_code == 401
    assert stranger.get(f"/api/desk/stream?coverage={coverage.slug}").status_code == 401
    nameless = f"?coverage={coverage.slug}&device="
    for path, status in (("?coverage=no-such", 404), ("", 422), (nameless, 422)):
        assert newsroom.send("GET", f"/api/desk/stream{path}").status_code == status
    assert newsroom.send("POST", "/api/coverages/no-such/presence", body).status_code == 404
