"""The briefing over HTTP: what is set is read, on the page, in the delta, and at its time."""

from .newsroom import Newsroom

BRIEFING = {
    "summary": "A storm is coming in.",
    "people": [{"name": "Ada Peeters", "role": "Harbour master"}],
    "issues": [{"title": "The dyke", "text": "Whether it holds <b>."}],
    "agenda": [
        {"at": "2021-06-14T12:00:00Z", "title": "High water", "place": "Tokyo",
         "timezone": "Asia/Tokyo"},
        {"at": "2021-06-14T10:00:00+02:00", "title": "The gates close"},
    ],
    "next": "The wind turns at night.",
}  # fmt: skip


def test_set_and_read(newsroom: Newsroom) -> None:
    """What is set is answered with its revision, and read as it was sent, in order of time."""
    coverage = newsroom.open()
    empty = newsroom.get(f"{coverage.path}/briefing").json()
    assert (empty["revision"], empty["agenda"]) == (0, [])
    answer = newsroom.send("PUT", f"{coverage.path}/briefing", BRIEFING)
    assert answer.status_code == 200
    assert answer.json() == {
        "slug": coverage.slug, "seq": 3, "revision": 1, "url": f"/live/{coverage.slug}#briefing",
    }  # fmt: skip
    found = newsroom.get(f"{coverage.path}/briefing")
    assert found.headers["etag"] == answer.headers["etag"] == '"1"'
    body = found.json()
    assert [one["title"] for one in body["agenda"]] == ["The gates close", "High water"]
    assert body["people"] == BRIEFING["people"]
    assert coverage.seq == 3


def test_only_over_what_one_has_seen(newsroom: Newsroom) -> None:
    """`If-Match` with an older revision is 412, and nothing changes; without it the last wins."""
    coverage = newsroom.open()
    path = f"{coverage.path}/briefing"
    assert newsroom.send("PUT", path, BRIEFING, if_match='"0"').status_code == 200
    assert newsroom.send("PUT", path, {}, if_match='"0"').status_code == 412
    assert newsroom.get(path).json()["revision"] == 1
    assert newsroom.send("PUT", path, {}).json()["revision"] == 2


def test_once(newsroom: Newsroom) -> None:
    """The same key and body are one event, answered alike."""
    coverage = newsroom.open()
    answers = [
        newsroom.send("PUT", f"{coverage.path}/briefing", BRIEFING, key="brief") for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert coverage.seq == 3


def test_what_does_not_fit(newsroom: Newsroom) -> None:
    """A field that is unknown or none is pointed at; a stranger may not write."""
    coverage = newsroom.open()
    path = f"{coverage.path}/briefing"
    for body, pointer in (
        ({"mood": "tense"}, "#/mood"),
        ({"people": [{"role": "Chair"}]}, "#/people/0/name"),
        ({"agenda": [{"at": "2021-06-14T10:00", "title": "No zone"}]}, "#/agenda/0/at"),
        ({"agenda": [{"at": "2021-06-14T10:00:00Z", "title": "T", "timezone": "No/Where"}]},
         "#/agenda/0/timezone"),
    ):  # fmt: skip
        answer = newsroom.send("PUT", path, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert newsroom.client.put(path, json={}).status_code == 401
    assert newsroom.send("PUT", "/api/coverages/no-such/briefing", {}).status_code == 404
    assert coverage.seq == 2


def test_on_the_page_and_in_the_delta(newsroom: Newsroom) -> None:
    """The page holds the very fragment that the delta brings, with the place's own clock."""
    coverage = newsroom.open()
    page = newsroom.get(f"/live/{coverage.slug}").text
    assert '<aside id="briefing" data-seq="0" hidden></aside>' in page
    newsroom.send("PUT", f"{coverage.path}/briefing", BRIEFING)
    coverage.publish()
    changes = newsroom.get(f"/live/{coverage.slug}/changes/2").json()["changes"]
    assert [one["kind"] for one in changes] == ["briefing", "post"]
    assert "post" not in changes[0]
    html = changes[0]["html"]
    assert html in newsroom.get(f"/live/{coverage.slug}").text
    assert "21:00 there" in html
    assert "Whether it holds &lt;b&gt;." in html
