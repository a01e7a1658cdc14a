"""What the desk is asked to look at again: doubtful names, and a coverage that has gone silent."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import expect

from api.people import Someone, somebody
from browser.conftest import Visit
from browser.newsroom import Coverage, paragraph
from builders import Desk as LocalDesk
from builders import a_post
from dateline.domain.commands import ChangeStatus
from dateline.store.sqlite import open_log
from integration.server import serving

from .conftest import Desk, enter, expect_sent, write

pytestmark = pytest.mark.browser


def test_a_name_of_an_earlier_post_is_asked_about(
    desk: Desk, coverage: Coverage, editor: Someone
) -> None:
    """The server knows the names of earlier posts: what it doubts stands beside what the desk sees
    by itself, each said once, and not any more once it is rewritten."""
    coverage.publish(blocks=[{"type": "quote", "text": "No.", "speaker": "Petra Novakova"}])
    coverage.brief(people=[{"name": "Jens Stoltenberg"}])
    page = desk(editor, coverage)
    write(page, "Stoltenburg meets Novakowa", "In the hall.\n\n> It holds.")
    remarks = page.locator(".remarks .doubt li")
    remarks.filter(has_text="“Novakowa”: did you mean “Novakova”?").wait_for()
    said = remarks.all_inner_texts()
    assert said.count("“Stoltenburg”: did you mean “Stoltenberg”?") == 1
    assert len(said) == len(set(said)), said
    assert sum("quotation" in one for one in said) == 1
    page.locator("#headline").fill("Stoltenberg meets Novakova")
    expect(remarks.filter(has_text="did you mean")).to_have_count(0)
    expect_sent(page)


def test_a_silence_is_told_until_something_happens(visit: Visit, tmp_path: Path) -> None:
    """A coverage that has been silent for longer than it should says since when, in its head, and
    no more as soon as a post is there."""
    slug = "a-silent-one"
    data = tmp_path / "data"
    # In a thread: Playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _left_alone(data, slug)).result()
    with serving(data) as server, httpx2.Client(base_url=server.address, timeout=30) as client:
        person = somebody(server, client, "editor")
        page = visit(at=server.address)
        enter(page, person, server.address)
        page.goto(f"{server.address}/desk/coverages/{slug}/write")
        head = page.locator(".desk-head")
        expect(head).to_contain_text("silent since")
        assert "14:00" in head.inner_text(), head.inner_text()
        body = {"blocks": [paragraph("Here.")], "byline": [{"name": "Ana"}]}
        answer = person.send("POST", f"/api/coverages/{slug}/posts", body)
        assert answer.status_code == 201, answer.text
        expect(head).not_to_contain_text("silent since")


async def _left_alone(data: Path, slug: str) -> None:
    """A live coverage whose last post is years old."""
    data.mkdir()
    async with open_log(data) as log:
        desk = LocalDesk(log, slug)
        await desk.open(remind_after=30)
        await desk.do(ChangeStatus("live"))
        await desk.do(a_post(), 1)
