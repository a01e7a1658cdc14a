"""What every answer bears, whoever asks for whatever: security, caching, HEAD, no way out."""

import http.client
import json
import re
from urllib.parse import urlsplit

import pytest

from integration.server import Server

from .newsroom import Coverage, Newsroom, a_post

SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}
PIXEL = b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"


def raw(server: Server, method: str, target: str, **headers: str) -> http.client.HTTPResponse:
    """A request whose target no client has tidied up; its body is read."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=10)
    try:
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        return answer
    finally:
        connection.close()


@pytest.fixture
def addresses(server: Server, coverage: Coverage) -> dict[str, str]:
    """One address of each kind that GET answers."""
    (server.data / "media" / "pixel.webp").write_bytes(PIXEL)
    post = coverage.publish()["id"]
    front = raw(server, "GET", "/").body.decode()  # type: ignore[attr-defined]
    style = re.findall(r"/static/(page-[\w-]+\.css)", front)[0]
    return {
        "front": "/",
        "page": f"/live/{coverage.slug}",
        "post": f"/live/{coverage.slug}/p/{post}",
        "changes": f"/live/{coverage.slug}/changes/0",
        "style": f"/static/{style}",
        "picture": "/media/pixel.webp",
        "openapi": "/api/openapi.json",
        "coverages": "/api/coverages",
        "posts": f"/api/coverages/{coverage.slug}/posts",
        "events": f"/api/coverages/{coverage.slug}/events",
        "missing page": "/live/nothing-here",
        "missing address": "/nothing",
        "missing in the API": "/api/nothing",
        "bad query": "/?archive=x",
    }


KINDS = [
    "front",
    "page",
    "post",
    "changes",
    "style",
    "picture",
    "openapi",
    "coverages",
    "posts",
    "events",
    "missing page",
    "missing address",
    "missing in the API",
    "bad query",
]


def check_security(headers: http.client.HTTPMessage) -> None:
    for name, value in SECURITY.items():
        assert headers.get_all(name) == [value], name
    (policy,) = headers.get_all("content-security-policy") or [""]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert headers.get_all("server") is None


@pytest.mark.parametrize("kind", KINDS)
def test_security(server: Server, addresses: dict[str, str], kind: str) -> None:
    """Every answer says what it may load and from where, each header once."""
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        check_security(raw(server, method, addresses[kind]).headers)


def test_security_of_refusals(server: Server, newsroom: Newsroom, coverage: Coverage) -> None:
    """Refused writes and streams bear the same headers."""
    for answer in (
        raw(server, "POST", f"{coverage.path}/posts"),
        raw(server, "GET", f"/live/{coverage.slug}/stream?after=999"),
        raw(server, "GET", f"/live/{coverage.slug}/stream?after=x"),
    ):
        check_security(answer.headers)
    coverage.set_status("ended")
    ended = raw(server, "GET", f"/live/{coverage.slug}/stream?after={coverage.seq}")
    assert ended.status == 204
    check_security(ended.headers)


@pytest.mark.parametrize("kind", KINDS)
def test_head(server: Server, addresses: dict[str, str], kind: str) -> None:
    """HEAD answers as GET does, without the body."""
    get, head = (raw(server, method, addresses[kind]) for method in ("GET", "HEAD"))
    assert head.status == get.status
    assert head.body == b""  # type: ignore[attr-defined]
    volatile = {"date"}
    assert [h for h in head.getheaders() if h[0] not in volatile] == [
        h for h in get.getheaders() if h[0] not in volatile
    ]


def test_head_of_a_stream(server: Server, coverage: Coverage) -> None:
    """HEAD on a stream is answered and over: no reader is kept for it."""
    head = raw(server, "HEAD", f"/live/{coverage.slug}/stream")
    assert head.status == 200
    assert head.headers["content-type"] == "text/event-stream; charset=utf-8"


TYPES = {
    "front": "text/html; charset=utf-8",
    "page": "text/html; charset=utf-8",
    "missing page": "text/html; charset=utf-8",
    "style": "text/css; charset=utf-8",
    "picture": "image/webp",
    "changes": "application/json",
    "coverages": "application/json",
    "openapi": "application/json",
    "missing in the API": "application/problem+json",
}


@pytest.mark.parametrize("kind", TYPES)
def test_type(server: Server, addresses: dict[str, str], kind: str) -> None:
    """Every answer says exactly once what it is."""
    answer = raw(server, "GET", addresses[kind])
    assert answer.headers.get_all("content-type") == [TYPES[kind]]


@pytest.mark.parametrize("kind", ["page", "changes"])
def test_not_modified(
    server: Server, newsroom: Newsroom, coverage: Coverage, addresses: dict[str, str], kind: str
) -> None:
    """What a cache has already costs 304 and no body, until something changes."""
    first = raw(server, "GET", addresses[kind])
    etag = first.headers["etag"]
    again = raw(server, "GET", addresses[kind], if_none_match=etag)
    assert (again.status, again.body) == (304, b"")  # type: ignore[attr-defined]
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == first.headers["cache-control"]
    check_security(again.headers)
    assert newsroom.send("POST", f"{coverage.path}/posts", a_post()).status_code == 201
    changed = raw(server, "GET", addresses[kind], if_none_match=etag)
    assert changed.status == 200
    assert changed.headers["etag"] != etag


def test_caching(server: Server, coverage: Coverage, addresses: dict[str, str]) -> None:
    """Files are kept for ever, pages for a second, the API's answers not at all."""
    immutable = "public, max-age=31536000, immutable"
    for kind, expected in {
        "style": immutable,
        "picture": immutable,
        "page": "public, max-age=1",
        "front": "public, max-age=1",
        "changes": "public, max-age=1, stale-while-revalidate=5",
        "coverages": "no-store",
        "missing page": "no-store",
    }.items():
        assert raw(server, "GET", addresses[kind]).headers["cache-control"] == expected, kind


def test_full_range(server: Server, coverage: Coverage) -> None:
    """A full range of 64 changes is kept for ever and leads to the next; the tail is not."""
    for _ in range(64):
        coverage.publish()
    full = raw(server, "GET", f"/live/{coverage.slug}/changes/0")
    assert full.headers["cache-control"] == "public, max-age=31536000, immutable"
    delta = json.loads(full.body)  # type: ignore[attr-defined]
    assert (delta["seq"], delta["next"]) == (64, f"/live/{coverage.slug}/changes/64")
    tail = raw(server, "GET", delta["next"])
    assert "immutable" not in tail.headers["cache-control"]
    assert json.loads(tail.body)["seq"] == coverage.seq == 66  # type: ignore[attr-defined]


ESCAPES = [
    "/media/..%2fdateline.db",
    "/media/..%2f..%2fetc%2fpasswd",
    "/media/%2e%2e/dateline.db",
    "/media/../dateline.db",
    "/media//etc/passwd",
    "/media/%2fetc%2fpasswd",
    "/media/..%5cdateline.db",
    "/media/.hidden.webp",
    "/media/secret.webp/",
    "/media/secret.webp%00.webp",
    "/media/notes.html",
    "/media/",
    "/media",
    "/static/..%2froutes.py",
    "/static/../routes.py",
    "/static/%2e%2e%2f%2e%2e%2fsettings.py",
    "/static/..",
    "/static/.",
    "/static/manifest.json%0a",
    "/live/..%2f..%2fetc",
]


@pytest.mark.parametrize("target", ESCAPES)
def test_escape(server: Server, target: str) -> None:
    """No address leads out of the folder of pictures or of the front end."""
    media = server.data / "media"
    (media / ".hidden.webp").write_bytes(b"hidden")
    (media / "notes.html").write_bytes(b"<script>x()</script>")
    (media / "folder.webp").mkdir(exist_ok=True)
    answer = raw(server, "GET", target)
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert raw(server, "GET", "/media/folder.webp").status == 404
