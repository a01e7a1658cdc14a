"""Names that the desk has spelled before come by `@`, as they are spelled."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, write

pytestmark = pytest.mark.browser


def test_a_name_by_its_sign(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """Those of the briefing; by keys alone, and in the middle of a sentence."""
    coverage.brief(people=[{"name": "Jens Stoltenberg"}, {"name": "Recep Tayyip Erdoğan"}])
    page = desk(editor, coverage)
    write(page, "At the table", "Opposite sits @sto")
    page.get_by_role("option", name="Jens Stoltenberg").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" in silence.")
    expect(page.locator(".text")).to_have_text("Opposite sits Jens Stoltenberg in silence.")
