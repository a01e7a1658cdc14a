"""Whatever somebody writes into whatever field: at the desk it is words, and runs nowhere."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.people import Someone
from api.test_media_rights import as_sender
from api.test_workflow import Paper
from browser.newsroom import Coverage
from drawing import a_file

from .conftest import Desk, address_of

pytestmark = pytest.mark.browser
HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>${alert(1)}&lt;b&gt;"
# What those words would be if they were anything else.
ALIVE = "img[src='x'], [onerror], [onclick], [onmouseover], script:not([src]), iframe[srcdoc]"
PICTURE = {"caption": HOSTILE, "credit": HOSTILE, "alt": HOSTILE}
POST: dict[str, Any] = {
    "headline": HOSTILE,
    "blocks": [
        {"type": "paragraph", "html": f"It is <b onclick=alert(1)>said</b> {HOSTILE}"},
        {"type": "heading", "text": HOSTILE},
        {"type": "list", "items": [HOSTILE]},
        {"type": "quote", "text": HOSTILE, "speaker": HOSTILE, "role": HOSTILE,
         "source": {"name": HOSTILE, "url": "https://example.org/q"}},
        {"type": "link", "url": "https://example.org/text", "title": HOSTILE},
    ],
    "byline": [{"name": HOSTILE, "organisation": HOSTILE, "place": HOSTILE}],
    "sources": [{"name": HOSTILE, "verification": "unconfirmed"}],
    "topics": [HOSTILE],
    "key": True,
}  # fmt: skip
BRIEFING = {
    "summary": HOSTILE,
    "people": [{"name": HOSTILE, "role": HOSTILE}],
    "issues": [{"title": HOSTILE, "text": HOSTILE}],
    "agenda": [{"at": "2031-06-14T13:00:00Z", "title": HOSTILE, "place": HOSTILE}],
    "next": HOSTILE,
}


@pytest.fixture
def hostile(coverage: Coverage, administrator: Someone, editor: Someone, reporter: Someone) -> str:
    """A coverage in which every field that somebody can fill is filled with that; a draft's id."""
    path = f"/api/coverages/{coverage.slug}"
    person = {"name": HOSTILE, "email": "hostile@lantern.example", "role": "reporter"}
    administrator.send("POST", "/api/people", {**person, "organisation": HOSTILE})
    done = [
        editor.send("PATCH", path, {"title": HOSTILE, "summary": HOSTILE}),
        editor.send("PUT", f"{path}/briefing", BRIEFING),
        editor.send("POST", f"{path}/posts", POST),
        editor.send("POST", f"{path}/invitations", {"label": HOSTILE}),
    ]
    name = HOSTILE.replace("/", "").replace("\\", "")
    picture = as_sender(editor).picture(a_file(), f"{name}.jpg")
    done.append(editor.send("PATCH", f"/api/media/{picture['id']}", PICTURE))
    shown = {"type": "image", "media": picture["id"], **PICTURE}
    paper = Paper(path, reporter, {**POST, "blocks": [*POST["blocks"], shown]})
    done += [paper.do(reporter, "submit"), paper.do(editor, "comment", {"text": HOSTILE})]
    assert all(answer.is_success for answer in done), [answer.text for answer in done]
    return paper.id


def test_no_field_comes_alive(
    desk: Desk, coverage: Coverage, administrator: Someone, hostile: str
) -> None:
    """On no screen, in no editor, in no list does it become an element, and nothing of it runs."""
    page = desk(administrator, coverage, rough=True)
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    post = administrator.send("GET", f"/api/coverages/{coverage.slug}/posts").json()["posts"][0]
    for path, mark in (
        ("/desk", ".front-list"),
        (address_of(coverage), "#readers article"),
        (f"{address_of(coverage)}/{hostile}", ".text"),
        (address_of(coverage, "posts"), ".post-list li"),
        (f"{address_of(coverage, 'posts')}/{post['id']}", ".steps"),
        (address_of(coverage, "running"), ".briefed textarea"),
        ("/desk/pictures", ".shots li"),
        ("/desk/people", ".account"),
        ("/desk/audit", ".plain-page li"),
    ):
        page.goto(path)
        page.locator(mark).first.wait_for(state="attached")
        expect(page.get_by_text("onerror=alert(1)").first).to_be_attached()
        dead(page, path)
    page.goto("/desk/pictures")
    page.locator(".shot").first.click()
    page.get_by_role("dialog").get_by_label("Caption").wait_for()
    dead(page, "a picture's sheet")
    assert not ran


def dead(page: Page, where: str) -> None:
    found = page.locator(ALIVE)
    assert found.count() == 0, f"{where}: {found.first.evaluate('one => one.outerHTML')}"
