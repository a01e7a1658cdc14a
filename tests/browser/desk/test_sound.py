"""The soft sound for what has come in: by choice, and not a note before."""

import pytest
import uuid_utils
from playwright.sync_api import Page, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage, paragraph
from browser.reading import until
from integration.server import Server

from .conftest import address_of, enter

pytestmark = pytest.mark.browser

# What makes sound in a browser, counted as it is begun.
_COUNTED = """
window.rung = 0;
window.AudioContext = class extends window.AudioContext {
    constructor() { super(); window.rung += 1; }
};
"""


def test_nothing_sounds_before_it_was_chosen(
    visit: Visit, server: Server, coverage: Coverage, editor: Someone, reporter: Someone
) -> None:
    """What is handed in comes in silently until somebody wants to hear it; then each is heard."""
    page = visit()
    page.add_init_script(_COUNTED)
    enter(page, editor, server.address)
    page.goto(address_of(coverage))
    waiting = page.locator("#queue .waiting", has_text="For review").locator("a.item")
    # What was there before is no news either.
    page.locator("#queue .sound").wait_for()
    for n in (1, 2):
        hand_in(reporter, coverage, f"Silent {n}")
        expect(waiting).to_have_count(n)
    assert rung(page) == 0
    page.get_by_label("Sound for new posts to review").check()
    until(page, lambda: rung(page) == 1, "it is heard how it sounds")
    hand_in(reporter, coverage, "Heard")
    until(page, lambda: rung(page) == 2, "the third one is heard")
    page.get_by_label("Sound for new posts to review").uncheck()
    hand_in(reporter, coverage, "Silent again")
    expect(waiting).to_have_count(4)
    assert rung(page) == 2


def hand_in(person: Someone, coverage: Coverage, headline: str) -> None:
    path = f"/api/coverages/{coverage.slug}/drafts/{uuid_utils.uuid7()}"
    content = {
        "headline": headline,
        "blocks": [paragraph("Words.")],
        "byline": [{"name": "Ana Reyes"}],
    }
    begun = person.send("PUT", path, {"content": content}, if_none_match="*")
    assert begun.status_code == 201, begun.text
    assert person.send("POST", f"{path}/submit", {}).status_code == 200


def rung(page: Page) -> int:
    return int(page.evaluate("() => window.rung"))
