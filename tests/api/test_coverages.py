"""The API's coverages: what is sent and what is answered, field by field."""

from datetime import datetime

from .newsroom import Newsroom

FIELDS = {
    "slug",
    "title",
    "summary",
    "language",
    "timezone",
    "status",
    "opened_at",
    "related",
    "seq",
    "url",
}

TERMS = {
    "rehearsal": False,
    "two_person": False,
    "reporters_publish": False,
    "remind_after": None,
    "close_after": None,
}
FIELDS |= set(TERMS)


def test_open(newsroom: Newsroom) -> None:
    """Opening answers 201 with the address, and the coverage begins as scheduled at seq 1."""
    slug = f"{newsroom.open().slug}-b"
    body = {
        "slug": slug,
        "title": "Night of the storm",
        "language": "en",
        "timezone": "Europe/Brussels",
        "summary": "What the wind does.",
    }
    answer = newsroom.send("POST", "/api/coverages", body)
    assert answer.status_code == 201
    assert answer.json() == {"slug": slug, "seq": 1, "url": f"/live/{slug}"}
    assert answer.headers["location"] == f"/live/{slug}"
    found = newsroom.get(f"/api/coverages/{slug}").json()
    assert set(found) == FIELDS
    assert datetime.fromisoformat(found.pop("opened_at")).utcoffset().total_seconds() == 0
    assert found == {
        **body, **TERMS, "status": "scheduled", "related": [], "seq": 1, "url": f"/live/{slug}"
    }  # fmt: skip


def test_open_twice(newsroom: Newsroom) -> None:
    """A name that is taken is a conflict, and the first coverage stays as it is."""
    coverage = newsroom.open()
    body = {"slug": coverage.slug, "title": "Another", "timezone": "UTC"}
    answer = newsroom.send("POST", "/api/coverages", body)
    assert answer.status_code == 409
    assert newsroom.get(coverage.path).json()["title"] == "Storm over Ghent"


def test_list(newsroom: Newsroom) -> None:
    """The list has every coverage in the same shape as by itself, the last changed first."""
    first, second = newsroom.open(), newsroom.open()
    first.publish()
    answer = newsroom.get("/api/coverages")
    assert answer.status_code == 200
    assert set(answer.json()) == {"coverages"}
    listed = answer.json()["coverages"]
    assert [one["slug"] for one in listed[:2]] == [first.slug, second.slug]
    assert listed[0] == newsroom.get(first.path).json()


def test_describe(newsroom: Newsroom) -> None:
    """A description changes only what is given; null takes the summary away."""
    coverage = newsroom.open(summary="Before.")
    answer = newsroom.send("PATCH", coverage.path, {"title": "  A new title "})
    assert answer.status_code == 200
    assert answer.json() == {"slug": coverage.slug, "seq": 3, "url": f"/live/{coverage.slug}"}
    found = newsroom.get(coverage.path).json()
    assert (found["title"], found["summary"]) == ("A new title", "Before.")
    newsroom.send("PATCH", coverage.path, {"summary": None})
    assert newsroom.get(coverage.path).json()["summary"] is None


def test_nobody_is_overwritten_unseen(newsroom: Newsroom) -> None:
    """Who says what they have seen changes nothing that somebody else has changed since, and is
    told how it stands. What is so already, or is about something else, is no conflict."""
    coverage = newsroom.open(title="Two summits", summary="Before.")
    newsroom.send("PATCH", coverage.path, {"summary": "Theirs."})
    seq = coverage.seq
    mine = {"summary": "Mine.", "seen": {"summary": "Before."}}
    answer = newsroom.send("PATCH", coverage.path, mine)
    assert answer.status_code == 412
    assert "summary" in answer.json()["detail"]
    assert answer.json()["current"] == newsroom.get(coverage.path).json()
    assert coverage.seq == seq
    so_already = {"summary": "Theirs.", "seen": {"summary": "Before."}}
    assert newsroom.send("PATCH", coverage.path, so_already).status_code == 200
    another = {"title": "Three summits", "seen": {"title": "Two summits"}}
    assert newsroom.send("PATCH", coverage.path, another).status_code == 200
    again = {"summary": "Mine.", "seen": {"summary": "Theirs.", "related": []}}
    assert newsroom.send("PATCH", coverage.path, again).status_code == 200
    found = newsroom.get(coverage.path).json()
    assert (found["title"], found["summary"]) == ("Three summits", "Mine.")


def test_language_stays(newsroom: Newsroom) -> None:
    """Language and zone change while there are no posts, and are a conflict afterwards."""
    coverage = newsroom.open()
    change = {"language": "nl", "timezone": "Europe/Amsterdam"}
    assert newsroom.send("PATCH", coverage.path, change).status_code == 200
    coverage.publish()
    seq = coverage.seq
    assert newsroom.send("PATCH", coverage.path, {"language": "fr"}).status_code == 409
    assert newsroom.send("PATCH", coverage.path, {"timezone": "UTC"}).status_code == 409
    assert coverage.seq == seq


def test_status(newsroom: Newsroom) -> None:
    """Each of the four statuses can be set, and setting what is set appends nothing."""
    coverage = newsroom.open(status=None)
    for seq, status in enumerate(("live", "paused", "ended", "scheduled"), 2):
        for _ in range(2):
            answer = coverage.set_status(status)
            assert answer.status_code == 200
            assert answer.json()["seq"] == seq
        assert newsroom.get(coverage.path).json()["status"] == status


def test_ended(newsroom: Newsroom) -> None:
    """In a coverage that has ended nothing is published, but a post can still be corrected."""
    coverage = newsroom.open()
    post = coverage.publish()
    coverage.set_status("ended")
    seq = coverage.seq
    blocks = [{"type": "heading", "text": "Late"}]
    body = {"blocks": blocks, "byline": [{"name": "A"}]}
    answer = newsroom.send("POST", f"{coverage.path}/posts", body)
    assert answer.status_code == 409
    assert "ended" in answer.json()["detail"]
    assert coverage.seq == seq
    correction = {"blocks": blocks, "correction": "It was later."}
    assert coverage.revise(post["id"], correction, if_match='"1"').status_code == 200


def test_unknown(newsroom: Newsroom) -> None:
    """A coverage that is not there is a 404 on every route, and is not made by asking."""
    path = "/api/coverages/no-such-thing"
    post = f"{path}/posts/01890000-0000-7000-8000-000000000000"
    body = {"blocks": [{"type": "heading", "text": "x"}], "byline": [{"name": "A"}]}
    asked = [
        ("GET", path, None),
        ("GET", f"{path}/posts", None),
        ("GET", f"{path}/events", None),
        ("GET", post, None),
        ("PATCH", path, {"title": "x"}),
        ("POST", f"{path}/status", {"status": "live"}),
        ("POST", f"{path}/posts", body),
        ("POST", f"{post}/pin", {}),
    ]
    for method, where, what in asked:
        answer = newsroom.send(method, where, what)
        assert answer.status_code == 404, (method, where)
        assert answer.headers["content-type"] == "application/problem+json"
    assert newsroom.get(path).status_code == 404
