"""Whoever reads by ear, by keyboard or in large type reads the same: WCAG 2.2 AA, by axe-core."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import Visit
from .everything import Everything
from .reading import expect_live

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # In the dark only the colours are others.
    "dark": ["color-contrast", "link-in-text-block"],
}
WIDTHS = (320, 768, 1280)
_RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
_SETTLED = "() => document.getAnimations().every((one) => one.playState !== 'running')"


def test_no_page_shuts_anybody_out(visit: Visit, everything: Everything) -> None:
    """Every page there is, in both schemes, from a small telephone to a desk: no violation."""
    page = visit(reduced_motion="reduce")
    found = []
    for name, (path, mark) in everything.pages.items():
        page.goto(path)
        page.locator(mark).first.wait_for()
        if name == "live":
            expect_live(page)
        page.evaluate(AXE.read_text())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{name}, {width} px: {one}" for one in violations(page, schemes_at(width))]
    assert not found, "\n".join(found)


def test_what_opens_shuts_nobody_out(visit: Visit, everything: Everything) -> None:
    """Nor with briefing and hours open on a telephone, two times each, the toast, or a photo."""
    page = visit(reduced_motion="reduce", timezone_id="Asia/Tokyo")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(everything.coverage.path)
    expect_live(page)
    page.locator("#briefing summary").click()
    page.locator("#hours summary").click()
    page.get_by_role("button", name="Pause").click()
    page.locator("#stream article").nth(10).scroll_into_view_if_needed()
    post = everything.coverage.publish("Meanwhile")
    page.locator("#toast").wait_for()
    page.evaluate(AXE.read_text())
    found = violations(page)
    page.locator(".gallery .picture a").first.click()
    found += violations(page)
    everything.coverage.act(post, "redact")
    assert not found, "\n".join(found)


def schemes_at(width: int) -> list[str]:
    """The dark once: its colours are the same at every width."""
    return ["light", "dark"] if width == WIDTHS[-1] else ["light"]


def violations(page: Page, schemes: Iterable[str] = RULES) -> list[str]:
    """For each rule that is broken, in the light and in the dark: what it wants, and where."""
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function(_SETTLED)
        found += [
            f"{scheme}: {one['id']}: {one['help']}\n"
            f"    {node['html'][:200]}\n    {node['failureSummary']}"
            for one in page.evaluate(_RUN, RULES[scheme])["violations"]
            for node in one["nodes"][:5]
        ]
    return found
