"""The whole matrix of rights over HTTP: role for the house, role in the coverage, own or others'.

What is expected comes from the table (`domain/rights.py`); what is tried is every address that
writes. An address that has no line here fails the first test.
"""

import re
from typing import Any, Literal, NamedTuple

import httpx2
import pytest
import uuid_utils

from dateline.domain.rights import HOUSE, ROLES, Action, Role, allows, role_in
from dateline.web.routes import ROUTES
from integration.server import Server

from .newsroom import Coverage, Newsroom, a_post
from .people import Someone, somebody

Subject = Literal["nothing", "post", "draft"]
NOBODY = "0179f8e0-0000-7000-8000-000000000001"
TUS = {"tus_resumable": "1.0.0"}
MATCH = {"if_match": "*"}
SKETCH = {"content": {"headline": "A draft", **a_post()}}


class Try(NamedTuple):
    """A write: its address, what it needs, what it is about, and what is sent."""

    method: str
    path: str
    action: Action
    body: object = None
    headers: dict[str, str] | None = None
    about: Subject = "nothing"
    anywhere: bool = False
    """Whether a role in any coverage is enough."""


C = "/api/coverages/{slug}"
P = C + "/posts/{post_id}"
D = C + "/drafts/{draft_id}"
TRIES = [
    Try("POST", "/api/coverages", "open", {"slug": "{new}", "title": "x", "timezone": "UTC"}),
    Try("PATCH", C, "run", {"summary": "The storm goes on."}),
    Try("POST", C + "/status", "run", {"status": "live"}),
    Try("PUT", C + "/briefing", "run", {"summary": "What is known."}),
    Try("PUT", C + "/topics", "run", {"hidden": ["Rain"]}),
    Try("PUT", C + "/pins", "run", {"posts": []}),
    Try("POST", C + "/posts", "publish", a_post()),
    Try("PATCH", P, "revise", {"headline": "Anew"}, MATCH, "post"),
    Try("PATCH", P, "correct", {"headline": "Right", "correction": "It was wrong."}, MATCH, "post"),
    Try("POST", P + "/pin", "mark", about="post"),
    Try("POST", P + "/unpin", "mark", about="post"),
    Try("POST", P + "/key", "mark", about="post"),
    Try("POST", P + "/unkey", "mark", about="post"),
    Try("POST", P + "/verification", "mark", {"verification": "confirmed"}, about="post"),
    Try("POST", P + "/withdraw", "withdraw", {"reason": "It was wrong."}, about="post"),
    Try("POST", P + "/redact", "redact", {}, about="post"),
    Try("PUT", C + "/members/{viewer}", "members", {"role": "viewer"}),
    Try("DELETE", C + "/members/{viewer}", "members"),
    Try("POST", C + "/invitations", "members", {"days": 1}),
    Try("DELETE", C + "/invitations/0000000000000000", "members"),
    Try("PUT", C + "/drafts/{new_id}", "file", SKETCH, {"if_none_match": "*"}),
    Try("PUT", D, "file", SKETCH, {"if_match": '"1"'}, "draft"),
    Try("POST", D + "/comment", "file", {"text": "A remark."}, about="draft"),
    Try("POST", D + "/take", "file", {}, about="draft"),
    Try("POST", D + "/submit", "submit", about="draft"),
    Try("POST", D + "/return", "review", {"text": "Who says so?"}, about="draft"),
    Try("POST", D + "/approve", "review", about="draft"),
    Try("POST", D + "/schedule", "publish", {"publish_at": "2099-01-01T00:00:00Z"}, about="draft"),
    Try("POST", D + "/unschedule", "publish", about="draft"),
    Try("POST", D + "/publish", "publish", {}, about="draft"),
    Try("DELETE", D, "file", None, {"if_match": '"1"'}, "draft"),
    Try("POST", C + "/presence", "see", {"device": "a-device-of-mine-1"}),
    Try("POST", "/api/uploads", "file", None, TUS, anywhere=True),
    Try("PATCH", f"/api/uploads/{NOBODY}", "file", None, TUS, anywhere=True),
    Try("DELETE", f"/api/uploads/{NOBODY}", "file", None, TUS, anywhere=True),
    Try("POST", "/api/people", "people", {"email": "x@y.example", "name": "X"}),
    Try("PATCH", f"/api/people/{NOBODY}", "people", {"name": "X"}),
    Try("POST", f"/api/people/{NOBODY}/reset", "people"),
    Try("POST", f"/api/people/{NOBODY}/sign-out", "people"),
    Try("GET", "/api/audit", "audit"),
    Try("GET", C + "/invitations", "members"),
    Try("GET", C + "/members", "see"),
]
# Elsewhere: a picture is one sender's (test_uploads), a passkey one's own (test_passkeys).
ELSEWHERE = {
    ("PATCH", "/api/media/{picture_id}"),
    *(("POST", f"/api/me/passkeys/{step}") for step in ("begin", "finish")),
    ("DELETE", "/api/me/passkeys/{passkey_id}"),
}
HOUSES: list[tuple[Role, Role | None]] = [
    *((role, None) for role in ROLES),
    *(("viewer", role) for role in ROLES),
    ("contributor", "reporter"),
    ("contributor", "contributor"),
    ("editor", "viewer"),
    ("editor", "contributor"),
    ("administrator", "viewer"),
]
"""Role for the house, role in the coverage."""


def test_no_write_is_forgotten() -> None:
    """Every address of the API that writes is tried below."""
    tried = {(one.method, _bare(one.path)) for one in TRIES}
    actions = {"/posts/{*}/", "/drafts/{*}/"}
    missing = set()
    for handler in ROUTES:
        for path in handler.paths:
            for method in set(map(str, handler.http_methods)) - {"GET", "HEAD", "OPTIONS"}:
                bare = _bare(path.replace(":str}", "}"))
                is_act = bare.endswith("/{*}") and any(one in bare for one in actions)
                if path.startswith("/api/") and not is_act and (method, bare) not in tried:
                    missing.add((method, bare))
    assert missing == {(method, _bare(path)) for method, path in ELSEWHERE}


@pytest.fixture(scope="module")
def people(server: Server, client: httpx2.Client) -> dict[Role, Someone]:
    return {role: somebody(server, client, role) for role in ROLES}


@pytest.fixture(scope="module")
def viewer(server: Server, client: httpx2.Client) -> Someone:
    """Who is made a member, and made none."""
    return somebody(server, client, "viewer")


@pytest.fixture(scope="module")
def coverages(client: httpx2.Client, token: str) -> list[Coverage]:
    """One where somebody has a role of their own, and another."""
    newsroom = Newsroom(client, token)
    return [newsroom.open(), newsroom.open()]


@pytest.fixture(scope="module")
def trusting(client: httpx2.Client, token: str) -> Coverage:
    """One that lets its reporters publish."""
    coverage = Newsroom(client, token).open()
    answer = coverage.newsroom.send("PATCH", coverage.path, {"reporters_publish": True})
    assert answer.status_code == 200, answer.text
    return coverage


@pytest.mark.parametrize(("house", "member"), HOUSES)
def test_the_matrix(
    people: dict[Role, Someone],
    viewer: Someone,
    coverages: list[Coverage],
    house: Role,
    member: Role | None,
) -> None:
    """Each write, with one's own and others', in the coverage and in another: allowed where the
    table says so, else refused; and where nothing is allowed, nothing has changed."""
    here, other = coverages
    wrong = []
    become(people[house], here, member)
    for coverage, role in ((here, member), (other, None)):
        for own in (False, True):
            subject = Subjects(people[house], viewer, coverage, role, own=own)
            before, is_nothing_allowed = coverage.seq, True
            for one in TRIES:
                expected = _is_allowed(one, house, role, member, own=own)
                is_nothing_allowed &= not expected
                status = subject.send(one)
                # A draft of somebody else is not even there.
                refusals = (401, 403, 404) if one.about == "draft" else (401, 403)
                if expected == (status in refusals):
                    wrong.append((coverage.slug, own, one.method, one.path, status))
            assert not is_nothing_allowed or coverage.seq == before
    assert not wrong, "\n".join(map(str, wrong))


def test_without_a_token_nothing_is_written(stranger: Newsroom, coverages: list[Coverage]) -> None:
    """Every address of the table is 401 to who does not say who they are."""
    here = coverages[0]
    seq = here.seq
    names = dict.fromkeys(("viewer", "post_id", "draft_id", "new_id"), NOBODY)
    for one in TRIES:
        path = one.path.format(slug=here.slug, **names)
        headers = {name.replace("_", "-"): value for name, value in (one.headers or {}).items()}
        answer = stranger.send(one.method, path, one.body, headers=headers)
        assert answer.status_code == 401, (one.method, path, answer.text)
    assert here.seq == seq


def test_a_trusted_reporter(
    people: dict[Role, Someone], viewer: Someone, trusting: Coverage, coverages: list[Coverage]
) -> None:
    """Publishes, and changes what they published, where the coverage says so; nowhere else, and
    nobody else's. A contributor does not."""
    reporter = people["reporter"]
    become(people["contributor"], trusting, "contributor")
    post = reporter.send("POST", f"{trusting.path}/posts", a_post())
    assert post.status_code == 201
    own, others = post.json()["id"], trusting.publish()["id"]
    for post_id, status in ((own, 200), (others, 403)):
        path = f"{trusting.path}/posts/{post_id}"
        for body in ({"headline": "Anew"}, {"headline": "Right", "correction": "Wrong before."}):
            assert reporter.send("PATCH", path, body, if_match="*").status_code == status
        assert reporter.send("POST", f"{path}/pin").status_code == status
        assert reporter.send("POST", f"{path}/redact").status_code == 403
        withdrawn = reporter.send("POST", f"{path}/withdraw", {"reason": "It was wrong."})
        assert withdrawn.status_code == status
    for person, where in ((people["contributor"], trusting), (reporter, coverages[1])):
        assert person.send("POST", f"{where.path}/posts", a_post()).status_code == 403


def test_a_post_of_another_coverage(people: dict[Role, Someone], coverages: list[Coverage]) -> None:
    """An editor of one coverage reaches no post of another through their own (IDOR)."""
    here, other = coverages
    person = people["viewer"]
    become(person, here, "editor")
    post = other.publish()["id"]
    seq = other.seq
    for where, status in ((here, 404), (other, 403)):
        path = f"{where.path}/posts/{post}"
        assert person.send("PATCH", path, {"headline": "x"}, if_match="*").status_code == status
        for action in ("withdraw", "redact", "pin"):
            answer = person.send("POST", f"{path}/{action}", {"reason": "x"})
            assert answer.status_code in (status, 422)
    assert other.seq == seq


class Subjects:
    """What is tried on: made by the person themself, or by somebody else."""

    def __init__(
        self,
        person: Someone,
        viewer: Someone,
        coverage: Coverage,
        role: Role | None,
        *,
        own: bool,
    ) -> None:
        self._person, self._coverage, self._role, self._own = person, coverage, role, own
        self._names = {
            "slug": coverage.slug,
            "viewer": viewer.id,
            "post_id": self._made("POST", f"{coverage.path}/posts", a_post())["id"],
        }

    def send(self, one: Try) -> int:
        """Try it; the status of the answer."""
        names = {**self._names, "new_id": str(uuid_utils.uuid7())}
        headers = dict(one.headers or {})
        if one.about == "draft":
            made = self._draft()
            names["draft_id"] = made["id"]
            headers["if_match"] = f'"{made["version"]}"'
        body = one.body
        if one.path == "/api/coverages":
            body = {"slug": f"new-{uuid_utils.uuid7()}", "title": "x", "timezone": "UTC"}
        return self._person.send(one.method, one.path.format(**names), body, **headers).status_code

    def _draft(self) -> dict[str, Any]:
        """A new one; somebody else's is handed in, as only then others see it."""
        path = f"{self._coverage.path}/drafts/{uuid_utils.uuid7()}"
        made = self._made("PUT", path, SKETCH, {"if-none-match": "*"})
        return made if self._own else self._made("POST", f"{path}/submit", None)

    def _made(
        self, method: str, path: str, body: object, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        newsroom = self._coverage.newsroom
        if not self._own:
            answer = newsroom.send(method, path, body, headers=headers)
        else:
            become(self._person, self._coverage, "editor")
            named = {name.replace("-", "_"): value for name, value in (headers or {}).items()}
            answer = self._person.send(method, path, body, **named)
            become(self._person, self._coverage, self._role)
        assert answer.is_success, answer.text
        return dict(answer.json())


def become(person: Someone, coverage: Coverage, role: Role | None) -> None:
    """Give somebody a role in a coverage, or none."""
    path = f"{coverage.path}/members/{person.id}"
    if role:
        answer = coverage.newsroom.send("PUT", path, {"role": role})
    else:
        answer = coverage.newsroom.send("DELETE", path)
    assert answer.status_code in (200, 204, 404), answer.text


def _is_allowed(
    one: Try, house: Role, role: Role | None, member: Role | None, *, own: bool
) -> bool:
    if one.action in HOUSE:
        return allows(house, one.action)
    if one.anywhere:
        roles = {role_in(house, None), role_in(house, member)}
        return any(allows(each, one.action, own=True) for each in roles)
    # What is new is one's own.
    is_own = one.method in ("PUT", "POST") if one.about == "nothing" else own
    return allows(role_in(house, role), one.action, own=is_own)


def _bare(path: str) -> str:
    return re.sub(r"\{[^}]*\}|[0-9a-f]{8}-[0-9a-f-]{27}|0{16}", "{*}", path)
