"""The API's posts: publish, read, list, change, withdraw, mark, take down."""

import re

import httpx2
import pytest

from .newsroom import BYLINE, Coverage, Newsroom, a_post

POST_FIELDS = {
    "id",
    "seq",
    "order",
    "revision",
    "status",
    "key",
    "pinned",
    "published_at",
    "updated_at",
    "headline",
    "blocks",
    "byline",
    "occurred_at",
    "sources",
    "topics",
    "language",
    "corrections",
    "reason",
    "url",
}
PICTURE = {"media": "quay.webp", "caption": "The quay.", "credit": "A. P.", "alt": "Water."}
BLOCKS = [
    {"type": "paragraph", "html": "The <strong>quay</strong> is shut."},
    {"type": "heading", "text": "In the harbour"},
    {"type": "list", "ordered": True, "items": ["one", "<em>two</em>"]},
    {
        "type": "quote",
        "text": "We wait.",
        "speaker": "M. Claes",
        "role": "harbour master",
        "source": {"name": "Harbour radio", "url": "https://harbour.example/1"},
    },
    {"type": "image", **PICTURE},
    {"type": "gallery", "images": [PICTURE, {**PICTURE, "width": 800, "height": 600}]},
    {"type": "embed", "url": "https://video.example/watch?v=1"},
    {"type": "link", "url": "https://weather.example/", "title": "The forecast"},
    {"type": "file", "media": "plan.pdf", "title": "The plan"},
]
SOURCES = [
    {"name": "Met office", "url": "https://met.example/", "kind": "official"},
    {"name": "A walker", "kind": "eyewitness", "verification": "confirmed"},
]


def receipt(answer: httpx2.Response, coverage: Coverage, post: str) -> tuple[int, int]:
    """Seq and revision of a write's answer, whose shape is a contract."""
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert set(found) == {"id", "seq", "revision", "url"}
    assert (found["id"], found["url"]) == (post, f"/live/{coverage.slug}/p/{post}")
    assert answer.headers["etag"] == f'"{found["revision"]}"'
    return found["seq"], found["revision"]


def test_publish(newsroom: Newsroom, coverage: Coverage) -> None:
    """Publishing answers 201 with id, seq, revision and url, and the url leads to the post."""
    answer = newsroom.send("POST", f"{coverage.path}/posts", a_post())
    assert answer.status_code == 201
    found = answer.json()
    assert set(found) == {"id", "seq", "revision", "url"}
    assert (found["seq"], found["revision"]) == (3, 1)
    assert found["url"] == answer.headers["location"] == f"/live/{coverage.slug}/p/{found['id']}"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", found["id"])
    page = newsroom.client.get(found["url"], follow_redirects=True)
    assert page.status_code == 200
    assert f'<article id="p-{found["id"]}" data-revision="1"' in page.text


def test_everything(newsroom: Newsroom, coverage: Coverage) -> None:
    """Every field and every kind of block comes back as it was sent."""
    sent = a_post(
        headline="The quay is shut",
        blocks=BLOCKS,
        sources=SOURCES,
        topics=["weather", "harbour"],
        key=True,
        pinned=True,
        occurred_at="2021-06-14T14:00:00+02:00",
        language="nl",
    )
    found = coverage.post(coverage.publish(**sent)["id"])
    assert set(found) >= POST_FIELDS
    sources = [{"verification": "unconfirmed", **SOURCES[0]}, SOURCES[1]]
    expected = {**sent, "occurred_at": "2021-06-14T12:00:00Z", "status": "published"}
    for name, value in expected.items():
        if name == "sources":
            # What is so by default may be left out.
            assert [{"verification": "unconfirmed", **one} for one in found[name]] == sources
        else:
            assert found[name] == value, name
    assert newsroom.get(found["url"], accept="text/html").status_code == 302


def test_read(newsroom: Newsroom, coverage: Coverage) -> None:
    """A post is read with its history, oldest first, and an ETag that If-Match takes."""
    post = coverage.publish(headline="One")["id"]
    coverage.revise(post, {"headline": "Two", "correction": "Not one."}, if_match='"1"')
    answer = newsroom.get(f"{coverage.path}/posts/{post}")
    assert answer.headers["etag"] == '"2"'
    history = answer.json()["history"]
    assert [one["type"] for one in history] == ["PostPublished", "PostCorrected"]
    assert [one["seq"] for one in history] == [3, 4]
    for one in history:
        assert set(one) == {"seq", "type", "time", "actor", "payload"}
        assert one["actor"]["name"] == "tests"
        assert one["payload"]["post"] == post
    again = coverage.revise(post, {"headline": "Three"}, if_match=answer.headers["etag"])
    assert receipt(again, coverage, post) == (5, 3)


def test_list(newsroom: Newsroom, coverage: Coverage) -> None:
    """Posts come newest first; following `next` shows each exactly once, whatever comes in."""
    made = [coverage.publish(headline=f"Number {n}")["id"] for n in range(7)]
    where = f"{coverage.path}/posts?limit=3"
    seen = []
    while where:
        answer = newsroom.get(where)
        assert answer.status_code == 200
        assert set(answer.json()) == {"posts", "next"}
        page = answer.json()["posts"]
        assert all(set(post) == POST_FIELDS for post in page)
        seen += [post["id"] for post in page]
        where = answer.json()["next"]
        coverage.publish(headline="In between")
    assert seen == made[::-1]


def test_list_bounds(newsroom: Newsroom, coverage: Coverage) -> None:
    """`before` is exclusive; a page that is not full has no next one."""
    made = [coverage.publish()["seq"] for _ in range(3)]
    posts = newsroom.get(f"{coverage.path}/posts?before={made[2]}").json()
    assert [post["order"] for post in posts["posts"]] == [made[1], made[0]]
    assert posts["next"] is None
    assert newsroom.get(f"{coverage.path}/posts?before=0").json() == {"posts": [], "next": None}
    assert newsroom.get(f"{coverage.path}/posts?limit=3").json()["next"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "before=-1", "before=1.0"])
def test_list_refuses(newsroom: Newsroom, coverage: Coverage, query: str) -> None:
    """A query that is no whole number within its bounds is refused with its name."""
    answer = newsroom.get(f"{coverage.path}/posts?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"#/{query.partition('=')[0]}"


def test_revise(newsroom: Newsroom, coverage: Coverage) -> None:
    """A plain revision changes only what is given, raises the revision and leaves no note."""
    post = coverage.publish(headline="Wimd", sources=SOURCES)["id"]
    answer = coverage.revise(post, {"headline": "Wind"}, if_match='"1"')
    assert receipt(answer, coverage, post) == (4, 2)
    found = coverage.post(post)
    assert (found["headline"], found["revision"], found["corrections"]) == ("Wind", 2, [])
    assert found["byline"] == BYLINE
    assert len(found["sources"]) == 2
    assert receipt(coverage.revise(post, {"headline": None}, if_match='"2"'), coverage, post)
    assert coverage.post(post)["headline"] is None


def test_correct(coverage: Coverage) -> None:
    """A correction keeps its note and its time for readers."""
    post = coverage.publish(headline="Ten ships")["id"]
    body = {"headline": "Nine ships", "correction": "There were nine ships, not ten."}
    assert receipt(coverage.revise(post, body, if_match='"1"'), coverage, post) == (4, 2)
    (correction,) = coverage.post(post)["corrections"]
    assert set(correction) == {"time", "note"}
    assert correction["note"] == "There were nine ships, not ten."


def test_nothing_changed(coverage: Coverage) -> None:
    """A revision that changes nothing appends nothing."""
    post = coverage.publish(headline="Same")["id"]
    answer = coverage.revise(post, {"headline": "Same"}, if_match='"1"')
    assert receipt(answer, coverage, post) == (3, 1)


def test_stale(coverage: Coverage) -> None:
    """Whoever changed an older revision gets 412, and the newer words stay."""
    post = coverage.publish(headline="One")["id"]
    coverage.revise(post, {"headline": "Two"}, if_match='"1"')
    answer = coverage.revise(post, {"headline": "Three"}, if_match='"1"')
    assert answer.status_code == 412
    assert "revision 2" in answer.json()["detail"]
    assert (coverage.seq, coverage.post(post)["headline"]) == (4, "Two")
    stale = coverage.act(post, "withdraw", {"reason": "x"}, if_match='"1"')
    assert stale.status_code == 412


def test_version_required(coverage: Coverage) -> None:
    """A change without If-Match is 428; `*` is for those who mean whatever is there."""
    post = coverage.publish(headline="One")["id"]
    answer = coverage.revise(post, {"headline": "Two"})
    assert answer.status_code == 428
    assert "If-Match" in answer.json()["detail"]
    assert coverage.seq == 3
    assert coverage.revise(post, {"headline": "Two"}, if_match="*").status_code == 200
    assert coverage.revise(post, {"headline": "No"}, if_match='"two"').status_code == 422


def test_withdraw(newsroom: Newsroom, coverage: Coverage) -> None:
    """A withdrawn post shows its reason and no words, bears no marks and can't be changed."""
    post = coverage.publish(headline="Wrong", key=True, pinned=True)["id"]
    answer = coverage.act(post, "withdraw", {"reason": "It was another quay."})
    assert receipt(answer, coverage, post) == (4, 2)
    found = coverage.post(post)
    assert (found["status"], found["reason"]) == ("withdrawn", "It was another quay.")
    assert (found["headline"], found["blocks"], found["key"], found["pinned"]) == (
        None,
        [],
        False,
        False,
    )
    assert coverage.revise(post, {"headline": "x"}, if_match='"2"').status_code == 409
    for action in ("pin", "key", "withdraw"):
        assert coverage.act(post, action, {"reason": "x"} if action == "withdraw" else {}).is_error
    assert coverage.seq == 4


def test_marks(coverage: Coverage) -> None:
    """Pin and key event are set and taken off, once; they leave the revision as it is."""
    post = coverage.publish(headline="The quay")["id"]
    steps = [("pin", "pinned", True), ("unpin", "pinned", False)]
    steps += [("key", "key", True), ("unkey", "key", False)]
    for seq, (action, mark, expected) in enumerate(steps, 4):
        for body in (None, {}):
            answer = coverage.act(post, action, body)
            assert receipt(answer, coverage, post) == (seq, 1)
        assert coverage.post(post)[mark] is expected


def test_key_needs_headline(newsroom: Newsroom, coverage: Coverage) -> None:
    """A key event needs a headline, when it is published, marked or revised."""
    post = coverage.publish()["id"]
    assert coverage.act(post, "key").status_code == 409
    body = a_post(key=True)
    answer = newsroom.send("POST", f"{coverage.path}/posts", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/headline"
    assert coverage.revise(post, {"key": True}, if_match='"1"').status_code == 422
    assert coverage.seq == 3


def test_verification(coverage: Coverage) -> None:
    """A source's verification changes by number, by name or for all; an unknown one is refused."""
    post = coverage.publish(sources=SOURCES)["id"]

    def verified() -> list[str]:
        sources = coverage.post(post)["sources"]
        return [one.get("verification", "unconfirmed") for one in sources]

    assert coverage.act(post, "verification", {"verification": "wrong", "source": 0}).is_success
    assert verified() == ["wrong", "confirmed"]
    named = {"verification": "wrong", "source": "A walker"}
    assert coverage.act(post, "verification", named).is_success
    assert verified() == ["wrong", "wrong"]
    assert coverage.act(post, "verification", {"verification": "confirmed"}).is_success
    assert verified() == ["confirmed", "confirmed"]
    unknown = {"verification": "wrong", "source": "Nobody"}
    assert coverage.act(post, "verification", unknown).status_code == 409


def test_redact(newsroom: Newsroom, coverage: Coverage) -> None:
    """After a takedown the post is 410 everywhere, and its words are in no answer."""
    post = coverage.publish(headline="Unlawful words")["id"]
    coverage.revise(post, {"headline": "More unlawful words"}, if_match='"1"')
    path = f"{coverage.path}/posts/{post}"
    answer = coverage.act(post, "redact", {"reason": "Court order 12."})
    assert receipt(answer, coverage, post)[0] == 5
    assert newsroom.get(path).status_code == 410
    assert coverage.revise(post, {"headline": "x"}, if_match='"1"').status_code == 410
    for action, body in (("pin", {}), ("redact", {}), ("withdraw", {"reason": "x"})):
        assert coverage.act(post, action, body).status_code == 410
    assert newsroom.get(f"/live/{coverage.slug}/p/{post}").status_code == 410
    assert newsroom.get(f"/live/{coverage.slug}?at-post={post}").status_code == 410
    for where in (
        f"{coverage.path}/posts",
        f"{coverage.path}/events",
        f"/live/{coverage.slug}",
        f"/live/{coverage.slug}/changes/0",
        "/",
    ):
        answer = newsroom.get(where)
        assert answer.status_code == 200
        assert "nlawful" not in answer.text, where


def test_unknown(newsroom: Newsroom, coverage: Coverage) -> None:
    """A post that is not there, or an action that is none, is a 404 that says which."""
    other = newsroom.open().publish()["id"]
    for post in (other, "01890000-0000-7000-8000-000000000000", "nonsense", "%00"):
        assert newsroom.get(f"{coverage.path}/posts/{post}").status_code == 404
        assert coverage.act(post, "pin").status_code == 404
        assert coverage.revise(post, {"headline": "x"}, if_match='"1"').status_code == 404
    post = coverage.publish()["id"]
    answer = coverage.act(post, "polish")
    assert answer.status_code == 404
    assert "withdraw" in answer.json()["detail"]
