"""What can be wrong with a request: told precisely, with a pointer, and nothing is changed."""

import json
from typing import Any

import httpx2
import pytest

from .newsroom import BYLINE, Coverage, Newsroom, a_post

QUOTE = {"type": "quote", "text": "Yes.", "speaker": "M. Claes"}
PICTURE = {"media": "a.webp", "caption": "c", "credit": "d", "alt": "e"}
P = {"type": "paragraph", "html": "x"}


def check_problem(answer: httpx2.Response, status: int, pointer: str | None = None) -> None:
    """RFC 9457, with a pointer where a field is at fault."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert {"type", "title", "status", "detail"} <= set(problem) <= {*_MEMBERS}
    assert problem["status"] == status
    assert len(problem["detail"]) > 10
    pointers = [one["pointer"] for one in problem.get("errors", [])]
    if pointer is not None:
        assert pointers == [pointer], problem


_MEMBERS = ("type", "title", "status", "detail", "errors")

POSTS: list[tuple[str, dict[str, Any], str]] = [
    ("unknown field", {"colour": "red"}, "#/colour"),
    ("unknown field that needs escapes", {"a/b~c": 1}, "#/a~1b~0c"),
    ("no blocks", {"blocks": None}, "#/blocks"),
    ("nothing at all in it", {"blocks": []}, "#/blocks"),
    ("no byline", {"byline": None}, "#/byline"),
    ("empty byline", {"byline": []}, "#/byline"),
    ("byline without name", {"byline": [{"place": "Ghent"}]}, "#/byline/0/name"),
    ("unknown field of a byline", {"byline": [*BYLINE, {"name": "x", "age": 3}]}, "#/byline/1/age"),
    ("number for words", {"headline": 12}, "#/headline"),
    ("words for a flag", {"key": "yes"}, "#/key"),
    ("number for a flag", {"pinned": 1}, "#/pinned"),
    ("blank headline", {"headline": "  "}, "#/headline"),
    ("control character", {"headline": "a\x07b"}, "#/headline"),
    ("two lines in a headline", {"headline": "a\nb"}, "#/headline"),
    ("line feed at the end", {"headline": "a\n"}, "#/headline"),
    ("headline too long", {"headline": "a" * 301}, "#/headline"),
    ("object for blocks", {"blocks": {}}, "#/blocks"),
    ("unknown kind of block", {"blocks": [{"type": "poem"}]}, "#/blocks/0/type"),
    ("block without kind", {"blocks": [{"html": "x"}]}, "#/blocks/0/type"),
    ("block without words", {"blocks": [{"type": "paragraph"}]}, "#/blocks/0/html"),
    ("number for html", {"blocks": [{"type": "paragraph", "html": 7}]}, "#/blocks/0/html"),
    ("nothing left of it", {"blocks": [P, {**P, "html": "<script>x</script>"}]}, "#/blocks/1/html"),
    ("null for html", {"blocks": [P, {**P, "html": None}]}, "#/blocks/1/html"),
    ("unknown field of a block", {"blocks": [{**P, "style": "x"}]}, "#/blocks/0/style"),
    ("empty list", {"blocks": [{"type": "list", "items": []}]}, "#/blocks/0/items"),
    ("bad item", {"blocks": [{"type": "list", "items": ["a", 2]}]}, "#/blocks/0/items/1"),
    ("item left empty", {"blocks": [{"type": "list", "items": ["<p>"]}]}, "#/blocks/0/items/0"),
    ("quote without speaker", {"blocks": [{"type": "quote", "text": "x"}]}, "#/blocks/0/speaker"),
    (
        "source of a quote",
        {"blocks": [{**QUOTE, "source": {"name": "x", "url": "ftp://x.example"}}]},
        "#/blocks/0/source/url",
    ),
    (
        "image without credit",
        {"blocks": [{"type": "image", "media": "a", "caption": "b", "alt": "c"}]},
        "#/blocks/0/credit",
    ),
    (
        "picture outside its folder",
        {"blocks": [{"type": "image", **PICTURE, "media": "../a.webp"}]},
        "#/blocks/0/media",
    ),
    (
        "gallery's second",
        {"blocks": [{"type": "gallery", "images": [PICTURE, {**PICTURE, "alt": ""}]}]},
        "#/blocks/0/images/1/alt",
    ),
    ("script address", {"blocks": [{"type": "link", "url": "javascript:x"}]}, "#/blocks/0/url"),
    ("embed of nothing", {"blocks": [{"type": "embed", "url": ""}]}, "#/blocks/0/url"),
    ("65 blocks", {"blocks": [P] * 65}, "#/blocks"),
    ("41 pictures", {"blocks": [{"type": "image", **PICTURE}] * 41}, "#/blocks"),
    ("256 KiB of text", {"blocks": [{**P, "html": "a" * 9000}] * 30}, "#/blocks"),
    ("no moment", {"occurred_at": "yesterday"}, "#/occurred_at"),
    ("moment without zone", {"occurred_at": "2021-06-14T12:00:00"}, "#/occurred_at"),
    ("source of no kind", {"sources": [{"name": "x", "kind": "rumour"}]}, "#/sources/0/kind"),
    (
        "verification",
        {"sources": [{"name": "x", "kind": "wire", "verification": "maybe"}]},
        "#/sources/0/verification",
    ),
    ("topic that is none", {"topics": ["a", {}]}, "#/topics/1"),
    ("language", {"language": "Dutch"}, "#/language"),
]


@pytest.mark.parametrize(("fields", "pointer"), [pytest.param(*p[1:], id=p[0]) for p in POSTS])
def test_post(
    newsroom: Newsroom, coverage: Coverage, fields: dict[str, object], pointer: str
) -> None:
    """A field of a post that does not fit is pointed at, and nothing is published."""
    answer = newsroom.send("POST", f"{coverage.path}/posts", a_post(**fields))
    check_problem(answer, 422, pointer)
    assert coverage.seq == 2


COVERAGES: list[tuple[dict[str, Any], str]] = [
    ({"slug": "No Spaces"}, "#/slug"),
    ({"slug": "a" * 101}, "#/slug"),
    ({"slug": "a\n"}, "#/slug"),
    ({"slug": None}, "#/slug"),
    ({"title": ""}, "#/title"),
    ({"timezone": "Atlantis/Harbour"}, "#/timezone"),
    ({"timezone": "../../etc/passwd"}, "#/timezone"),
    ({"language": "1"}, "#/language"),
    ({"summary": 1}, "#/summary"),
    ({"status": "live"}, "#/status"),
]


@pytest.mark.parametrize(("fields", "pointer"), COVERAGES)
def test_coverage(newsroom: Newsroom, fields: dict[str, object], pointer: str) -> None:
    """A field of a coverage that does not fit is pointed at, and nothing is opened."""
    before = newsroom.get("/api/coverages").json()
    body = {"slug": "never-opened", "title": "T", "timezone": "UTC", **fields}
    check_problem(newsroom.send("POST", "/api/coverages", body), 422, pointer)
    assert newsroom.get("/api/coverages").json() == before


@pytest.mark.parametrize(("fields", "pointer"), COVERAGES)
def test_no_pattern_is_shown(newsroom: Newsroom, fields: dict[str, object], pointer: str) -> None:
    """What a field has to be is said in words."""
    body = {"slug": "never-opened", "title": "T", "timezone": "UTC", **fields}
    assert "regex" not in newsroom.send("POST", "/api/coverages", body).json()["detail"]


@pytest.mark.parametrize("missing", ["slug", "title", "timezone"])
def test_coverage_lacks(newsroom: Newsroom, missing: str) -> None:
    """A field that is missing is named."""
    body = {"slug": "never-opened", "title": "T", "timezone": "UTC"}
    del body[missing]
    check_problem(newsroom.send("POST", "/api/coverages", body), 422, f"#/{missing}")


ACTIONS: list[tuple[str, object, str]] = [
    ("withdraw", {}, "#/reason"),
    ("withdraw", {"reason": ""}, "#/reason"),
    ("withdraw", {"reason": "x", "loud": True}, "#/loud"),
    ("redact", {"reason": 3}, "#/reason"),
    ("pin", {"top": True}, "#/top"),
    ("unpin", {"x": 1}, "#/x"),
    ("key", {"x": 1}, "#/x"),
    ("unkey", {"x": 1}, "#/x"),
    ("verification", {}, "#/verification"),
    ("verification", {"verification": "maybe"}, "#/verification"),
    ("verification", {"verification": "wrong", "source": -1}, "#/source"),
]


@pytest.mark.parametrize(("action", "body", "pointer"), ACTIONS)
def test_action(coverage: Coverage, action: str, body: object, pointer: str) -> None:
    """A field of an action that does not fit is pointed at, and the post stays as it is."""
    post = coverage.publish(headline="H", sources=[{"name": "x", "kind": "wire"}])["id"]
    check_problem(coverage.act(post, action, body), 422, pointer)
    assert coverage.seq == 3


@pytest.mark.parametrize(
    ("fields", "pointer"), [p[1:] for p in POSTS if all(v is not None for v in p[1].values())]
)
def test_revision(coverage: Coverage, fields: dict[str, object], pointer: str) -> None:
    """A change is checked as strictly as a new post."""
    post = coverage.publish()["id"]
    check_problem(coverage.revise(post, fields, if_match='"1"'), 422, pointer)
    note = {"headline": "x", "correction": ""}
    check_problem(coverage.revise(post, note, if_match='"1"'), 422, "#/correction")
    assert coverage.seq == 3


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"12", b"true"])
def test_not_an_object(newsroom: Newsroom, coverage: Coverage, body: bytes) -> None:
    """JSON that is no object is refused as a whole."""
    check_problem(newsroom.send("POST", f"{coverage.path}/posts", content=body), 422, "#")
    assert coverage.seq == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"html",
        b"\xff\xfe",
        b'{"headline":"\xff"}',
        b"NaN",
        b"{'a': 1}",
    ],
)
def test_not_json(newsroom: Newsroom, coverage: Coverage, body: bytes) -> None:
    """A body that is no JSON is 400."""
    check_problem(newsroom.send("POST", f"{coverage.path}/posts", content=body), 400)
    assert coverage.seq == 2


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_nested_too_deep(newsroom: Newsroom, coverage: Coverage, depth: int) -> None:
    """A body that only opens brackets is refused like any other, and the server lives on."""
    body = b'{"blocks":' + b"[" * depth + b"]" * depth + b"}"
    answer = newsroom.send("POST", f"{coverage.path}/posts", content=body)
    assert answer.status_code in (400, 422)
    assert coverage.seq == 2


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
def test_content_type(newsroom: Newsroom, coverage: Coverage, kind: str) -> None:
    """A body that is declared as something else than JSON is 415."""
    content = json.dumps(a_post()).encode()
    path = f"{coverage.path}/posts"
    answer = newsroom.send("POST", path, content=content, headers={"content-type": kind})
    check_problem(answer, 415)
    assert coverage.seq == 2
    utf8 = {"content-type": "Application/JSON; charset=utf-8"}
    assert newsroom.send("POST", path, content=content, headers=utf8).status_code == 201


def test_too_large(newsroom: Newsroom, coverage: Coverage) -> None:
    """A body beyond 1 MiB is 413, whether its length is announced or not."""
    path = f"{coverage.path}/posts"
    large = b'{"headline":"' + b"a" * 1024 * 1024 + b'"}'
    check_problem(newsroom.send("POST", path, content=large), 413)
    headers = {"authorization": f"Bearer {newsroom.token}", "content-type": "application/json"}
    pieces = (large[n : n + 65_536] for n in range(0, len(large), 65_536))
    check_problem(newsroom.client.post(path, content=pieces, headers=headers), 413)
    assert coverage.seq == 2


def test_no_such_address(stranger: Newsroom) -> None:
    """Where there is nothing, a machine gets a problem and a person a page."""
    check_problem(stranger.get("/api/nothing"), 404)
    page = stranger.get("/nothing")
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_method(stranger: Newsroom, coverage: Coverage) -> None:
    """A method that an address does not take is 405 and names those it takes."""
    for path, allowed in (
        ("/api/coverages", {"GET", "POST", "OPTIONS"}),
        (coverage.path, {"GET", "PATCH", "OPTIONS"}),
        (f"{coverage.path}/status", {"POST", "OPTIONS"}),
    ):
        answer = stranger.send("DELETE", path)
        check_problem(answer, 405)
        assert set(answer.headers["allow"].split(", ")) == allowed
        options = stranger.send("OPTIONS", path)
        assert options.status_code == 204
        assert set(options.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize("host", ["[", "exa%mple", ":::"])
def test_a_site_under_an_odd_name(client: httpx2.Client, coverage: Coverage, host: str) -> None:
    """Whatever the request calls us, a search is answered, and a write is done once."""
    headers = {"host": host}
    for path in ("/search", f"/live/{coverage.slug}/search"):
        assert client.get(path, params={"q": "talks"}, headers=headers).status_code == 200
    sent = [
        coverage.newsroom.send(
            "POST", f"{coverage.path}/posts", a_post(), key=f"odd-{coverage.slug}", headers=headers
        )
        for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
