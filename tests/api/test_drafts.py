"""Drafts over HTTP: kept with a version, handed in, returned, published once, and nowhere else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
import uuid_utils

from .newsroom import Coverage, Newsroom, a_post

INCOMPLETE = {"headline": "The gates", "blocks": [{"type": "image", "media": "gate.webp"}]}


class Drafter:
    """Sends drafts to one coverage. Answers come back as they are."""

    def __init__(self, newsroom: Newsroom, coverage: Coverage) -> None:
        self.newsroom = newsroom
        self.coverage = coverage
        self.path = f"{coverage.path}/drafts"

    def create(self, draft: str, content: object = None, **fields: object) -> httpx2.Response:
        body = {"content": a_post() if content is None else content, **fields}
        headers = {"if-none-match": "*"}
        return self.newsroom.send("PUT", f"{self.path}/{draft}", body, headers=headers)

    def save(self, draft: str, seen: int, content: object, **fields: object) -> httpx2.Response:
        body = {"content": content, **fields}
        return self.newsroom.send("PUT", f"{self.path}/{draft}", body, if_match=f'"{seen}"')

    def do(self, draft: str, action: str, body: object = None, **how: Any) -> httpx2.Response:
        return self.newsroom.send("POST", f"{self.path}/{draft}/{action}", body or {}, **how)

    def get(self, draft: str = "") -> httpx2.Response:
        return self.newsroom.send("GET", f"{self.path}/{draft}".rstrip("/"))

    def discard(self, draft: str, seen: int) -> httpx2.Response:
        return self.newsroom.send("DELETE", f"{self.path}/{draft}", if_match=f'"{seen}"')


@pytest.fixture
def drafter(newsroom: Newsroom, coverage: Coverage) -> Drafter:
    return Drafter(newsroom, coverage)


def an_id() -> str:
    return str(uuid_utils.uuid7())


def test_kept_as_it_was_sent(drafter: Drafter) -> None:
    """Nothing has to be complete; what was sent is read, with two times, and lists have it."""
    draft = an_id()
    filed = (datetime.now(UTC) - timedelta(minutes=6)).isoformat()
    made = drafter.create(draft, INCOMPLETE, filed_at=filed)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    read = drafter.get(draft).json()
    assert read == made.json() == drafter.get().json()["drafts"][0]
    assert (read["content"], read["state"], read["version"]) == (INCOMPLETE, "draft", 1)
    assert datetime.fromisoformat(read["filed_at"]) == datetime.fromisoformat(filed)
    assert read["received_at"] > read["filed_at"]


def test_sent_again_it_is_the_same(drafter: Drafter) -> None:
    """After a lost answer the device sends again: same answer, same version, whichever way."""
    draft = an_id()
    first, again = (drafter.create(draft, INCOMPLETE) for _ in range(2))
    assert (again.status_code, again.content) == (first.status_code, first.content)
    changed, repeated = (drafter.save(draft, 1, {"headline": "Two"}) for _ in range(2))
    assert changed.status_code == 200
    assert (repeated.status_code, repeated.content) == (200, changed.content)
    assert changed.json()["version"] == 2


def test_never_overwritten_unseen(drafter: Drafter) -> None:
    """Who comes second gets 412 with what stands there, and nothing of it is lost."""
    draft = an_id()
    drafter.create(draft, {"headline": "One"})
    drafter.save(draft, 1, {"headline": "Two"})
    for late in (drafter.save(draft, 1, {"headline": "Other"}), drafter.create(draft, INCOMPLETE)):
        assert late.status_code == 412
        assert late.json()["current"]["version"] == 2
        assert late.json()["current"]["content"] == {"headline": "Two"}
    assert drafter.do(draft, "submit", if_match='"1"').status_code == 412
    assert drafter.newsroom.send(
        "PUT", f"{drafter.path}/{draft}", {"content": {}}
    ).status_code == 428  # fmt: skip


def test_the_way_of_a_draft(drafter: Drafter) -> None:
    """Submitted, returned with a comment, submitted again, published: the post's id is its own."""
    draft = an_id()
    drafter.create(draft)
    for _ in range(2):  # sent again after a lost answer, it is so already
        submitted = drafter.do(draft, "submit", if_match='"1"').json()
        assert (submitted["state"], submitted["version"]) == ("submitted", 2)
    returned = drafter.do(draft, "return", {"text": "Who says so?\nAsk."}).json()
    assert returned["state"] == "returned"
    assert [(one["kind"], one["text"]) for one in returned["comments"]] == [
        ("returned", "Who says so?\nAsk.")
    ]
    assert drafter.do(draft, "submit").json()["state"] == "submitted"
    seq = drafter.coverage.seq
    published = drafter.do(draft, "publish")
    assert published.status_code == 201
    assert published.json() == {
        "id": draft, "seq": seq + 1, "revision": 1,
        "url": f"/live/{drafter.coverage.slug}/p/{draft}",
    }  # fmt: skip
    assert drafter.coverage.post(draft)["blocks"] == a_post()["blocks"]
    left = drafter.get(draft).json()
    assert (left["state"], left["content"], len(left["comments"])) == ("published", {}, 1)
    assert drafter.get().json()["drafts"] == []
    assert drafter.save(draft, left["version"], {"headline": "Late"}).status_code == 409
    assert drafter.create(draft).status_code == 412


def test_incomplete_is_not_handed_in(drafter: Drafter) -> None:
    """Submitting says where it is no post yet; the draft stays as it is."""
    draft = an_id()
    drafter.create(draft, {**a_post(), **INCOMPLETE})
    for action, body in (
        ("submit", {}),
        ("publish", {}),
        ("schedule", {"publish_at": "2199-01-01T00:00:00Z"}),
    ):
        answer = drafter.do(draft, action, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "#/blocks/0/caption"
    assert drafter.get(draft).json()["state"] == "draft"


def test_refused_it_stays_with_the_reason(drafter: Drafter) -> None:
    """An ended coverage takes no post; the draft keeps its words and says why; later it goes."""
    draft = an_id()
    drafter.create(draft)
    drafter.coverage.set_status("ended")
    assert drafter.do(draft, "publish").status_code == 409
    left = drafter.get(draft).json()
    assert (left["state"], left["content"]) == ("draft", a_post())
    assert "ended" in left["refusal"]
    drafter.coverage.set_status("live")
    assert drafter.do(draft, "publish").status_code == 201


def test_published_once_whoever_asks(drafter: Drafter) -> None:
    """Asked again, or by eight at once, with or without a key: one post, one answer."""
    draft = an_id()
    drafter.create(draft)
    seq = drafter.coverage.seq
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: drafter.do(draft, "publish", key=f"k{n}"), range(8)))
    answers.append(drafter.do(draft, "publish"))
    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    assert drafter.coverage.seq == seq + 1


def test_an_edit_of_a_post(drafter: Drafter) -> None:
    """It changes the post it was begun for, once, and not over a change it has not seen."""
    post = drafter.coverage.publish(headline="Four")["id"]
    draft, late = an_id(), an_id()
    for one in (draft, late):
        made = drafter.create(one, a_post(headline="Five"), post=post, based_on=1)
        assert made.status_code == 201
    note = {"correction": "It is five, not four."}
    done, again = (drafter.do(draft, "publish", note) for _ in range(2))
    assert (done.status_code, done.json()["id"], done.json()["revision"]) == (201, post, 2)
    assert again.content == done.content
    assert drafter.coverage.post(post)["corrections"][0]["note"] == note["correction"]
    assert drafter.do(late, "publish", note).status_code == 412
    assert drafter.get(late).json()["content"]["headline"] == "Five"
    drafter.save(late, 1, a_post(headline="Six"), post=post, based_on=2)
    assert drafter.do(late, "publish").json()["revision"] == 3


def test_comments(drafter: Drafter) -> None:
    """A comment raises no version, and sent again with its key it is there once."""
    draft = an_id()
    drafter.create(draft)
    for key in ("a", "a", "b"):
        answer = drafter.do(draft, "comment", {"text": "Good."}, key=key)
        assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert len(drafter.get(draft).json()["comments"]) == 2


def test_scheduled_and_taken_off(drafter: Drafter) -> None:
    """A time that is past, or within the embargo, is refused; to change it, take it off."""
    draft = an_id()
    drafter.create(draft)
    at, later = "2199-01-01T12:00:00Z", "2199-01-02T12:00:00Z"
    for plan in (
        {"publish_at": "2021-06-14T12:00:00Z"},
        {"publish_at": at, "embargo_until": later},
    ):
        answer = drafter.do(draft, "schedule", plan)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "#/publish_at"
    planned = drafter.do(draft, "schedule", {"publish_at": later, "embargo_until": at}).json()
    assert (planned["state"], planned["publish_at"], planned["embargo_until"]) == (
        "scheduled", later, at,
    )  # fmt: skip
    assert drafter.save(draft, planned["version"], {"headline": "New"}).status_code == 409
    assert drafter.do(draft, "publish").status_code == 409
    off = drafter.do(draft, "unschedule").json()
    assert (off["state"], off["publish_at"], off["embargo_until"]) == ("submitted", None, at)
    assert "embargo" in drafter.do(draft, "publish").json()["detail"]


def test_discarded(drafter: Drafter) -> None:
    """It is gone, but only for who knows its newest version."""
    draft = an_id()
    drafter.create(draft)
    drafter.save(draft, 1, {"headline": "Two"})
    assert drafter.discard(draft, 1).status_code == 412
    assert drafter.discard(draft, 2).status_code == 204
    assert drafter.get(draft).status_code == 404
    assert drafter.get().json()["drafts"] == []


def test_a_takedown_reaches_drafts(drafter: Drafter) -> None:
    """Words that are taken down are in no draft and no comment, and can't come back as one."""
    draft, edit = an_id(), an_id()
    drafter.create(draft, a_post(headline="unspeakable"))
    drafter.do(draft, "comment", {"text": "unspeakable, is it?"})
    drafter.do(draft, "publish")
    drafter.create(edit, a_post(headline="unspeakable"), post=draft, based_on=1)
    assert drafter.coverage.act(draft, "redact", {}).status_code == 200
    assert "unspeakable" not in drafter.get(draft).text
    assert drafter.get(edit).status_code == 404
    assert drafter.create(draft, a_post(headline="unspeakable")).status_code == 410
    again = drafter.create(edit, a_post(headline="unspeakable"), post=draft, based_on=1)
    assert again.status_code == 410


def test_bounds(drafter: Drafter) -> None:
    """Too large, too deep, unknown, no id: refused, each with what to do."""
    draft = an_id()
    big = {"blocks": [{"type": "paragraph", "html": "x" * 600 * 1024}]}
    assert drafter.create(draft, big).json()["errors"][0]["pointer"] == "#/content"
    assert drafter.create(draft, {"mood": "tense"}).json()["errors"][0]["pointer"] == (
        "#/content/mood"
    )
    assert drafter.create("no-id").status_code == 422
    post = drafter.coverage.publish()["id"]
    assert drafter.create(draft, post=post).json()["errors"][0]["pointer"] == "#/based_on"
    assert drafter.create(draft, post=an_id(), based_on=1).status_code == 404
    deep = b'{"content":{"blocks":[{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}}"
    answer = drafter.newsroom.send(
        "PUT", f"{drafter.path}/{draft}", content=deep, headers={"if-none-match": "*"}
    )
    assert answer.status_code == 400


WAYS: dict[str, Callable[[Drafter, str], httpx2.Response]] = {
    "create": lambda drafter, draft: drafter.create(draft),
    "save": lambda drafter, draft: drafter.save(draft, 1, {}),
    "read": lambda drafter, draft: drafter.get(draft),
    "list": lambda drafter, _: drafter.get(),
    "discard": lambda drafter, draft: drafter.discard(draft, 1),
    **{
        action: lambda drafter, draft, action=action: drafter.do(draft, action)  # type: ignore[misc]
        for action in ("submit", "return", "approve", "schedule", "unschedule", "publish")
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_not_for_strangers(drafter: Drafter, stranger: Newsroom, way: str) -> None:
    """Without a token nothing of a draft is told or done."""
    draft = an_id()
    drafter.create(draft)
    nobody = Drafter(stranger, drafter.coverage)
    assert WAYS[way](nobody, draft).status_code == 401
    assert drafter.get(draft).json()["version"] == 1


@pytest.mark.parametrize("way", [way for way in WAYS if way != "create"])
def test_not_from_another_coverage(drafter: Drafter, newsroom: Newsroom, way: str) -> None:
    """A draft is known in its own coverage only."""
    draft = an_id()
    drafter.create(draft)
    other = Drafter(newsroom, newsroom.open())
    answer = WAYS[way](other, draft)
    if way == "list":
        assert answer.json()["drafts"] == []
    else:
        assert answer.status_code in (404, 422)
    assert drafter.get(draft).json()["version"] == 1
