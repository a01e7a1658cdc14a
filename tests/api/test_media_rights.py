"""Who may send pictures, see those of others, and say something of them."""

from typing import NamedTuple

import httpx2
import pytest

from drawing import a_file
from integration.server import Server
from tus import Tus

from .newsroom import Newsroom
from .people import COOKIE, Someone, somebody


class Team(NamedTuple):
    editor: Tus
    reporter: Tus
    other: Tus
    viewer: Tus
    contributor: Tus
    invited: Tus


def as_sender(person: Someone) -> Tus:
    tus = Tus(person.client, None)
    tus.headers |= {"cookie": f"{COOKIE}={person.cookie}", "x-csrf-token": person.csrf}
    return tus


@pytest.fixture(scope="module")
def team(server: Server, client: httpx2.Client, token: str) -> Team:
    roles = ("editor", "reporter", "reporter", "viewer", "contributor", "contributor")
    people = [somebody(server, client, role) for role in roles]
    coverage = Newsroom(client, token).open()
    path = f"{coverage.path}/members/{people[-1].id}"
    invited = coverage.newsroom.send("PUT", path, {"role": "contributor"})
    assert invited.is_success, invited.text
    return Team(*map(as_sender, people))


@pytest.fixture(scope="module")
def picture(team: Team) -> str:
    """One that a reporter has sent."""
    return str(team.reporter.picture(a_file(size=(60, 40)))["id"])


def status(tus: Tus, method: str, picture: str, body: object = None) -> int:
    path = f"/api/media/{picture}"
    return tus.client.request(method, path, json=body, headers=tus.headers).status_code


def test_sending(team: Team) -> None:
    """Whoever files may send, contributors only where they were invited; viewers may not."""
    found = {name: getattr(team, name).begin(100).status_code for name in Team._fields}
    refused = {"viewer": 403, "contributor": 403}
    assert found == dict.fromkeys(Team._fields, 201) | refused


def test_seeing(team: Team, picture: str) -> None:
    """Who belongs to the house sees the library; who was invited sees what they sent."""
    found = {name: status(getattr(team, name), "GET", picture) for name in Team._fields}
    refused = {"contributor": 403, "invited": 403}
    assert found == dict.fromkeys(Team._fields, 200) | refused
    mine = team.invited.picture(a_file(size=(60, 40)))["id"]
    listed = team.invited.request("GET", "/api/media").json()["pictures"]
    assert [one["id"] for one in listed] == [mine]
    assert {mine, picture} <= {
        one["id"] for one in team.viewer.request("GET", "/api/media").json()["pictures"]
    }


def test_saying(team: Team, picture: str) -> None:
    """Of a picture says something who sent it, or an editor."""
    body = {"caption": "The hall"}
    found = {name: status(getattr(team, name), "PATCH", picture, body) for name in Team._fields}
    assert found == dict.fromkeys(Team._fields, 403) | {"editor": 200, "reporter": 200}


def test_from_another_site(team: Team, picture: str) -> None:
    """By the cookie alone, without what our own pages know, nothing is begun or changed."""
    thief = Tus(team.reporter.client, None)
    thief.headers |= {"cookie": team.reporter.headers["cookie"]}
    assert thief.begin(100).status_code == 403
    assert status(thief, "PATCH", picture, {"caption": "x"}) == 403
    address = team.reporter.begin(100).headers["location"]
    assert thief.send(address, 0, b"x").status_code == 403
    assert thief.request("DELETE", address).status_code == 403
    assert team.reporter.offset(address) == 0


def test_a_token_of_one_coverage(server: Server, client: httpx2.Client, team: Team) -> None:
    """It files in that coverage, so it may send; it is an administrator there and sees all."""
    slug = Newsroom(client, server.token()).open().slug
    made = server.command("token", "create", "one", "--coverage", slug)
    assert made.returncode == 0, made.stderr
    assert Tus(client, made.stdout.strip()).begin(100).status_code == 201
