"""Idempotency-Key: whatever is sent again happens once, and is answered as the first time."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from integration.server import Server

from .newsroom import Coverage, Newsroom, a_post

REASON = {"reason": "It was wrong."}
ACTIONS = {
    "withdraw": REASON,
    "redact": {},
    "pin": {},
    "unpin": {},
    "key": {},
    "unkey": {},
    "verification": {"verification": "confirmed"},
}
Write = Callable[[str], httpx2.Response]


def a_key() -> str:
    return str(uuid.uuid4())


def _writes(newsroom: Newsroom, coverage: Coverage) -> dict[str, Write]:
    """Every kind of write, each about a post of its own, to be sent with a key."""
    source = {"name": "Met office", "kind": "official"}

    def act(action: str, body: object) -> Write:
        post = coverage.publish(headline="H", sources=[source])["id"]
        return lambda key: coverage.act(post, action, body, key=key)

    revised = coverage.publish()["id"]
    corrected = coverage.publish()["id"]
    opening = {"slug": f"{coverage.slug}-again", "title": "T", "timezone": "UTC"}
    correction = {"headline": "C", "correction": "A note."}
    posts = f"{coverage.path}/posts"
    return {
        "open": lambda key: newsroom.send("POST", "/api/coverages", opening, key=key),
        "describe": lambda key: newsroom.send("PATCH", coverage.path, {"title": "N"}, key=key),
        "status": lambda key: coverage.set_status("paused", key=key),
        "publish": lambda key: newsroom.send("POST", posts, a_post(), key=key),
        "revise": lambda key: coverage.revise(revised, {"headline": "R"}, if_match='"1"', key=key),
        "correct": lambda key: coverage.revise(corrected, correction, if_match='"1"', key=key),
        **{action: act(action, body) for action, body in ACTIONS.items()},
    }


WRITES = ["open", "describe", "status", "publish", "revise", "correct", *ACTIONS]


@pytest.mark.parametrize("name", WRITES)
def test_again(newsroom: Newsroom, coverage: Coverage, name: str) -> None:
    """The same key and body get the first answer, byte for byte, also when all has moved on."""
    write = _writes(newsroom, coverage)[name]
    key = a_key()
    first = write(key)
    assert first.is_success, first.text
    coverage.set_status("ended")
    newsroom.send("PATCH", coverage.path, {"title": "Much later"})
    seq = coverage.seq
    again = write(key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for header in ("content-type", "etag", "location"):
        assert again.headers.get(header) == first.headers.get(header)
    assert coverage.seq == seq


@pytest.mark.parametrize("name", WRITES)
def test_at_the_same_time(newsroom: Newsroom, coverage: Coverage, name: str) -> None:
    """Requests with one key that arrive together have one effect and one answer."""
    write = _writes(newsroom, coverage)[name]
    seq = coverage.seq
    key = a_key()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, [key] * 8))
    assert {one.status_code for one in answers} == {201 if name in ("open", "publish") else 200}
    assert len({one.content for one in answers}) == 1
    # Opening is about another coverage; taking a mark off that is not there is no event.
    assert coverage.seq == seq + (0 if name in ("open", "unpin", "unkey") else 1)


def test_another_body(newsroom: Newsroom, coverage: Coverage) -> None:
    """A key that comes back with another body is 422, and nothing is done."""
    key = a_key()
    path = f"{coverage.path}/posts"
    assert newsroom.send("POST", path, a_post(headline="One"), key=key).status_code == 201
    answer = newsroom.send("POST", path, a_post(headline="Two"), key=key)
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:dateline:key-reused"
    assert coverage.seq == 3


def test_another_route(newsroom: Newsroom, coverage: Coverage) -> None:
    """A key belongs to one address: another coverage, post or action with it is 422."""
    key = a_key()
    post, other = coverage.publish(headline="A")["id"], coverage.publish(headline="B")["id"]
    assert coverage.act(post, "pin", {}, key=key).is_success
    seq = coverage.seq
    assert coverage.act(post, "key", {}, key=key).status_code == 422
    assert coverage.act(other, "pin", {}, key=key).status_code == 422
    assert newsroom.open().set_status("paused", key=key).status_code == 422
    assert coverage.seq == seq


def test_same_meaning(newsroom: Newsroom, coverage: Coverage) -> None:
    """The order of the fields and the white space are not what makes a request another one."""
    key = a_key()
    first = coverage.newsroom.send(
        "PATCH", coverage.path, content=b'{"title":"T","summary":"S"}', key=key
    )
    again = newsroom.send(
        "PATCH", coverage.path, content=b'{ "summary": "S",\n "title": "T" }', key=key
    )
    assert (again.status_code, again.content) == (200, first.content)


def test_two_tokens(client: httpx2.Client, server: Server, coverage: Coverage) -> None:
    """Two clients may choose the same key without knowing of each other."""
    key = a_key()
    path = f"{coverage.path}/posts"
    answers = [
        Newsroom(client, server.token(f"desk {n}")).send("POST", path, a_post(headline=n), key=key)
        for n in ("one", "two")
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert len({one.json()["id"] for one in answers}) == 2
    assert coverage.seq == 4


def test_refused_is_not_kept(newsroom: Newsroom, coverage: Coverage) -> None:
    """A refusal uses up no key: the same request goes through when what hindered it is gone."""
    key = a_key()
    path = f"{coverage.path}/posts"
    coverage.set_status("ended")
    assert newsroom.send("POST", path, a_post(), key=key).status_code == 409
    coverage.set_status("live")
    assert newsroom.send("POST", path, a_post(), key=key).status_code == 201


@pytest.mark.parametrize("key", ["two words", "k" * 201, "\xe9"])
def test_not_a_key(newsroom: Newsroom, coverage: Coverage, key: str) -> None:
    """A key that is none is refused before anything is done."""
    headers = [(b"idempotency-key", key.encode("latin-1"))]
    headers += [(b"authorization", f"Bearer {newsroom.token}".encode())]
    path = f"{coverage.path}/posts"
    answer = newsroom.client.post(path, json=a_post(), headers=headers)
    assert answer.status_code == 422
    assert coverage.seq == 2
