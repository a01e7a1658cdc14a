"""Idempotency-Key on accounts, members and invitations: done once, noted once, answered alike."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from integration.server import Server

from .newsroom import Coverage, Newsroom
from .people import PASSWORD, Someone, somebody, token_of

Write = Callable[[str], httpx2.Response]
WRITES = ["add", "change", "close", "reset", "sign out", "member", "no member", "invite", "revoke"]


@pytest.fixture(scope="module")
def ada(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "administrator")


@pytest.fixture(scope="module")
def person(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client)


def a_key() -> str:
    return str(uuid.uuid4())


def _write(ada: Someone, person: Someone, coverage: Coverage, name: str) -> Write:
    """A kind of write, to be sent with a key."""
    account = f"/api/people/{person.id}"
    member = f"{coverage.path}/members/{person.id}"
    invitations = f"{coverage.path}/invitations"
    ada.send("PUT", member, {"role": "viewer"})
    made = ada.send("POST", invitations, {"label": "To be revoked"}).json()["id"]
    newcomer = {"email": f"{a_key()}@lantern.example", "name": "Nora New"}
    method, path, body = {
        "add": ("POST", "/api/people", newcomer),
        "change": ("PATCH", account, {"place": "Ghent", "role": "viewer"}),
        "close": ("PATCH", account, {"closed": True}),
        "reset": ("POST", f"{account}/reset", None),
        "sign out": ("POST", f"{account}/sign-out", None),
        "member": ("PUT", member, {"role": "editor"}),
        "no member": ("DELETE", member, None),
        "invite": ("POST", invitations, {"label": "Tom", "days": 3}),
        "revoke": ("DELETE", f"{invitations}/{made}", None),
    }[name]
    return lambda key: ada.send(method, path, body, idempotency_key=key)


def _newest(ada: Someone) -> int:
    return int(ada.send("GET", "/api/audit?limit=1").json()["happenings"][0]["id"])


@pytest.mark.parametrize("name", WRITES)
def test_again(ada: Someone, person: Someone, coverage: Coverage, name: str) -> None:
    """The same key and body get the first answer, byte for byte, also when things have moved on;
    the trail has one line of it."""
    write = _write(ada, person, coverage, name)
    key = a_key()
    before = _newest(ada)
    first = write(key)
    assert first.is_success, first.text
    assert _newest(ada) == before + 1
    ada.send("PATCH", f"/api/people/{person.id}", {"place": "Antwerp", "closed": False})
    ada.send("PUT", f"{coverage.path}/members/{person.id}", {"role": "reporter"})
    moved = _newest(ada)
    again = write(key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert _newest(ada) == moved
    ada.send("PATCH", f"/api/people/{person.id}", {"role": "reporter", "closed": False})


@pytest.mark.parametrize("name", ["add", "reset", "invite", "member"])
def test_at_the_same_time(ada: Someone, person: Someone, coverage: Coverage, name: str) -> None:
    """Requests with one key that arrive together have one effect and one answer."""
    write = _write(ada, person, coverage, name)
    before = _newest(ada)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, [a_key()] * 8))
    assert len({(one.status_code, one.content) for one in answers}) == 1
    assert answers[0].is_success, answers[0].text
    assert _newest(ada) == before + 1


def test_the_link_holds(ada: Someone, client: httpx2.Client, coverage: Coverage) -> None:
    """The link of the second answer is the one that works; without a key each is another."""
    body = {"email": f"{a_key()}@lantern.example", "name": "Nora New"}
    key = a_key()
    ada.send("POST", "/api/people", body, idempotency_key=key)
    link = ada.send("POST", "/api/people", body, idempotency_key=key).json()["link"]["url"]
    nora = Someone(client, body["email"])
    form = {"token": token_of(link), "password": PASSWORD}
    nora.keep(nora.post_form("/desk/set-password", form))
    assert nora.send("GET", "/api/me").json()["name"] == "Nora New"
    path = f"{coverage.path}/invitations"
    urls = {ada.send("POST", path, {"label": "Tom"}).json()["url"] for _ in range(3)}
    assert len(urls) == 3


def test_two_senders(ada: Someone, server: Server, client: httpx2.Client) -> None:
    """The same key of two people makes two links: neither can make the other's."""
    other = somebody(server, client, "administrator")
    victim = somebody(server, client)
    key = a_key()
    path = f"/api/people/{victim.id}/reset"
    links = {one.send("POST", path, idempotency_key=key).json()["url"] for one in (ada, other)}
    assert len(links) == 2


def test_another_request(
    ada: Someone, person: Someone, newsroom: Newsroom, coverage: Coverage
) -> None:
    """A key that comes back with something else is 422, also between people and posts."""
    key = a_key()
    invitations = f"{coverage.path}/invitations"
    assert ada.send("POST", invitations, {"label": "A"}, idempotency_key=key).status_code == 201
    for method, path, body in (
        ("POST", invitations, {"label": "B"}),
        ("POST", f"{newsroom.open().path}/invitations", {"label": "A"}),
        ("POST", f"/api/people/{person.id}/reset", None),
        ("PATCH", coverage.path, {"title": "Other"}),
    ):
        answer = ada.send(method, path, body, idempotency_key=key)
        assert answer.status_code == 422, (method, path)
        assert answer.json()["type"] == "urn:dateline:key-reused"


def test_refused_is_not_kept(ada: Someone, person: Someone) -> None:
    """A refusal uses up no key, and leaves no line: sent again it goes through, once it may."""
    body = {"email": ada.email, "name": "Nora New"}
    key = a_key()
    before = _newest(ada)
    for _ in range(2):
        answer = ada.send("POST", "/api/people", body, idempotency_key=key)
        assert answer.status_code == 409
    assert _newest(ada) == before
    ada.send("PATCH", f"/api/people/{person.id}", {"name": "Moved on"})
    assert ada.send("POST", "/api/people", {**body, "email": f"{a_key()}@x.example"}).is_success


def test_no_key_is_kept_as_it_came(ada: Someone, server: Server, coverage: Coverage) -> None:
    """Nor is a link: who has the database alone can open no account with it."""
    key = a_key()
    link = ada.send("POST", f"{coverage.path}/invitations", {"label": "A"}, idempotency_key=key)
    ada.send("PATCH", coverage.path, {"title": "Anew"}, idempotency_key=f"{key}-2")
    stored = b"".join(one.read_bytes() for one in server.data.glob("dateline.db*"))
    assert key.encode() not in stored
    assert token_of(link.json()["url"]).encode() not in stored
