"""A draft among people: what each role sees of it and may do with it."""

from typing import Any, NamedTuple

import httpx2
import pytest

from integration.server import Server

from .newsroom import Newsroom, a_post
from .people import Someone, somebody
from .test_drafts import an_id


class Team(NamedTuple):
    reporter: Someone
    other: Someone
    editor: Someone
    second: Someone
    viewer: Someone
    contributor: Someone


@pytest.fixture(scope="module")
def team(server: Server, client: httpx2.Client) -> Team:
    roles = ("reporter", "reporter", "editor", "editor", "viewer", "contributor")
    return Team(*(somebody(server, client, role) for role in roles))


class Paper:
    """A draft that somebody begins; others act on it."""

    def __init__(self, path: str, author: Someone, content: object = None) -> None:
        self.id = an_id()
        self.path = f"{path}/drafts/{self.id}"
        self.list = f"{path}/drafts"
        body = {"content": a_post() if content is None else content}
        self.begun = author.send("PUT", self.path, body, if_none_match="*")

    def do(self, who: Someone, action: str, body: Any = None, **how: str) -> httpx2.Response:
        return who.send("POST", f"{self.path}/{action}", body or {}, **how)

    def read(self, who: Someone) -> httpx2.Response:
        return who.send("GET", self.path)

    def is_listed(self, who: Someone) -> bool:
        answer = who.send("GET", self.list)
        return answer.is_success and self.id in [one["id"] for one in answer.json()["drafts"]]


def test_who_sees_it(newsroom: Newsroom, team: Team) -> None:
    """Before it is handed in, its author alone; then who reviews; never other reporters."""
    paper = Paper(newsroom.open().path, team.reporter)
    assert paper.begun.status_code == 201
    for submitted in (False, True):
        assert paper.read(team.reporter).status_code == 200
        assert paper.read(team.editor).status_code == (200 if submitted else 404)
        assert paper.is_listed(team.editor) is submitted
        for stranger in (team.other, team.viewer):
            assert paper.read(stranger).status_code == 404
            assert not paper.is_listed(stranger)
        assert paper.read(team.contributor).status_code == 403
        paper.do(team.reporter, "submit")


def test_who_may_do_what(newsroom: Newsroom, team: Team) -> None:
    """Reporters file and submit; editors decide; viewers and strangers to it do nothing."""
    path = newsroom.open().path
    for nobody in (team.viewer, team.contributor):
        assert Paper(path, nobody).begun.status_code == 403
    paper = Paper(path, team.reporter)
    paper.do(team.reporter, "submit")
    plan = {"publish_at": "2199-01-01T00:00:00Z"}
    for action, body in (
        ("return", {"text": "No."}),
        ("approve", {}),
        ("schedule", plan),
        ("publish", {}),
    ):
        assert paper.do(team.reporter, action, body).status_code == 403
        assert paper.do(team.other, action, body).status_code in (403, 404)
        assert paper.do(team.viewer, action, body).status_code == 403
    assert paper.do(team.editor, "return", {"text": "Who says so?"}).status_code == 200
    assert paper.do(team.reporter, "comment", {"text": "Two of them."}).status_code == 200
    edited = team.reporter.send(
        "PUT", paper.path, {"content": a_post(headline="They say so")}, if_match='"3"'
    )
    assert edited.status_code == 200
    assert paper.do(team.reporter, "submit").status_code == 200
    published = paper.do(team.editor, "publish")
    assert published.status_code == 201
    assert paper.do(team.reporter, "publish").status_code == 403
    kinds = [one["kind"] for one in paper.read(team.reporter).json()["comments"]]
    assert kinds == ["returned", "comment"]


def test_a_contributor_where_they_were_invited(newsroom: Newsroom, team: Team) -> None:
    """Files and submits in that coverage, and sees only their own."""
    coverage = newsroom.open()
    path = f"{coverage.path}/members/{team.contributor.id}"
    newsroom.send("PUT", path, {"role": "contributor"})
    paper = Paper(coverage.path, team.contributor)
    assert paper.do(team.contributor, "submit").status_code == 200
    other = Paper(coverage.path, team.reporter)
    assert other.read(team.contributor).status_code == 404


def test_where_reporters_publish(newsroom: Newsroom, team: Team) -> None:
    """Their own drafts and posts, not others'."""
    coverage = newsroom.open(reporters_publish=True)
    paper, other = Paper(coverage.path, team.reporter), Paper(coverage.path, team.other)
    assert paper.do(team.reporter, "publish").status_code == 201
    assert other.do(team.reporter, "publish").status_code == 404
    posted = team.reporter.send("POST", f"{coverage.path}/posts", a_post())
    assert posted.status_code == 201
    one = f"{coverage.path}/posts/{posted.json()['id']}"
    for who, status in ((team.other, 403), (team.reporter, 200)):
        answer = who.send("PATCH", one, {"headline": "New"}, if_match='"1"')
        assert answer.status_code == status


def test_an_edit_of_anothers_post(newsroom: Newsroom, team: Team) -> None:
    """Where reporters publish, that the draft is theirs does not make the post theirs."""
    coverage = newsroom.open(reporters_publish=True)
    post = coverage.publish()["id"]
    own = team.reporter.send("POST", f"{coverage.path}/posts", a_post()).json()["id"]
    for target, status in ((post, 403), (own, 201)):
        edit = {"content": a_post(headline="Mine now"), "post": target, "based_on": 1}
        path = f"{coverage.path}/drafts/{an_id()}"
        assert team.reporter.send("PUT", path, edit, if_none_match="*").status_code == 201
        answer = team.reporter.send("POST", f"{path}/publish", {})
        assert answer.status_code == status


def test_two_persons(newsroom: Newsroom, team: Team) -> None:
    """Another's approval of these very words lets it out; nobody goes around that."""
    coverage = newsroom.open(two_person=True)
    assert team.editor.send("POST", f"{coverage.path}/posts", a_post()).status_code == 409
    paper = Paper(coverage.path, team.editor)
    paper.do(team.editor, "submit")
    assert paper.do(team.editor, "approve").status_code == 200
    refused = paper.do(team.editor, "publish")
    assert refused.status_code == 409
    assert "approve" in refused.json()["detail"]
    approved = paper.do(team.second, "approve").json()
    assert len(approved["released_by"]) == 2
    changed = team.editor.send(
        "PUT", paper.path, {"content": a_post(headline="Other")}, if_match='"2"'
    )
    assert changed.json()["released_by"] == []
    assert paper.do(team.editor, "publish").status_code == 409
    stale = paper.do(team.second, "approve", if_match='"2"')
    assert stale.status_code == 412
    assert paper.do(team.second, "approve", if_match='"3"').status_code == 200
    assert paper.do(team.editor, "publish").status_code == 201


def test_what_became_a_post(newsroom: Newsroom, team: Team) -> None:
    """Its draft and those that edit it, in any state, for those who may see each."""
    coverage = newsroom.open()
    paper = Paper(coverage.path, team.reporter)
    paper.do(team.reporter, "submit")
    Paper(coverage.path, team.editor)
    assert paper.do(team.editor, "publish").status_code == 201
    edit = {"content": a_post(headline="Other"), "post": paper.id, "based_on": 1}
    change = an_id()
    team.editor.send("PUT", f"{paper.list}/{change}", edit, if_none_match="*")
    for who, ids in (
        (team.editor, {paper.id, change}),
        (team.reporter, {paper.id}),
        (team.other, set()),
    ):
        found = who.send("GET", f"{paper.list}?post={paper.id}").json()["drafts"]
        assert {one["id"] for one in found} == ids


def test_warned_of(newsroom: Newsroom, team: Team) -> None:
    """What is missing, and a name that the briefing spells otherwise."""
    coverage = newsroom.open()
    briefing = {"people": [{"name": "Ada Peeters"}]}
    newsroom.send("PUT", f"{coverage.path}/briefing", briefing)
    quote = {"type": "quote", "text": "It holds.", "speaker": "Ada Peters"}
    content = {**a_post(), "blocks": [quote, {"type": "image", "media": "a.webp"}]}
    warned = Paper(coverage.path, team.reporter, content).begun.json()["warnings"]
    assert [(one["kind"], one["pointer"]) for one in warned] == [
        ("source", "/blocks/0/source"),
        ("credit", "/blocks/1/credit"),
        ("alt", "/blocks/1/alt"),
        ("spelling", ""),
    ]


def test_terms_of_a_coverage(newsroom: Newsroom) -> None:
    """Set on opening, changed one by one, read again; what does not fit is pointed at."""
    coverage = newsroom.open(two_person=True, remind_after=30)
    newsroom.send("PATCH", coverage.path, {"close_after": 12, "remind_after": None})
    found = newsroom.get(coverage.path).json()
    assert (found["two_person"], found["remind_after"], found["close_after"]) == (True, None, 12)
    assert (found["rehearsal"], found["reporters_publish"]) == (False, False)
    answer = newsroom.send("PATCH", coverage.path, {"close_after": 0})
    assert answer.json()["errors"][0]["pointer"] == "#/close_after"


def test_what_others_wrote_does_not_run(newsroom: Newsroom, team: Team) -> None:
    """Its author gets back what they sent; who reviews it gets nothing that a post could not have,
    also with a refusal."""
    hostile = "<img src=x onerror=alert(1)>Now"
    blocks = [{"type": "paragraph", "html": hostile}, {"type": "link", "url": "javascript:x"}]
    paper = Paper(newsroom.open().path, team.reporter, {**a_post(), "blocks": blocks})
    assert paper.begun.json()["content"]["blocks"] == blocks
    one = [{"type": "paragraph", "html": hostile}]
    team.reporter.send("PUT", paper.path, {"content": {**a_post(), "blocks": one}}, if_match='"1"')
    paper.do(team.reporter, "submit")
    late = team.editor.send("PUT", paper.path, {"content": {}}, if_match='"1"')
    assert late.status_code == 412
    listed = team.editor.send("GET", paper.list)
    for answer in (late, listed, paper.read(team.editor)):
        assert "onerror" not in answer.text
        assert "Now" in answer.text


def test_numbers(newsroom: Newsroom, stranger: Newsroom, team: Team) -> None:
    """Posts by the hour and how long they waited, for the desk alone."""
    coverage = newsroom.open()
    path = f"{coverage.path}/numbers"
    assert team.viewer.send("GET", path).json()["published_after"] is None
    coverage.publish()
    paper = Paper(coverage.path, team.reporter)
    paper.do(team.reporter, "submit")
    paper.do(team.editor, "publish")
    numbers = team.viewer.send("GET", path).json()
    assert (numbers["posts"], numbers["readers"]) == (2, 0)
    assert sum(hour["posts"] for hour in numbers["hours"]) == 2
    assert 0 < numbers["published_after"] < 60
    assert stranger.get(path).status_code == 401
