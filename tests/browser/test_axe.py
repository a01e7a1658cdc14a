"""Whoever reads by ear, by keyboard or in large type reads the same: WCAG 2.2 AA, by axe-core."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Visit
from .everything import Everything
from .reading import expect_live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768, 1280)
_RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
_SETTLED = "() => document.getAnimations().every((one) => one.playState !== 'running')"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(visit: Visit, everything: Everything, scheme: Any) -> None:
    """Every page there is, in both schemes, from a small telephone to a desk: no violation."""
    page = visit(color_scheme=scheme, reduced_motion="reduce")
    found = []
    for name, (path, mark) in everything.pages.items():
        page.goto(path)
        page.locator(mark).first.wait_for()
        if name == "live":
            expect_live(page)
        page.evaluate(AXE.read_text())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_function(_SETTLED)
            found += [f"{name}, {width} px: {one}" for one in violations(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_shuts_nobody_out(visit: Visit, everything: Everything, scheme: Any) -> None:
    """Nor with briefing and hours open on a telephone, two times each, the toast, or a photo."""
    page = visit(color_scheme=scheme, reduced_motion="reduce", timezone_id="Asia/Tokyo")
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


def violations(page: Page) -> list[str]:
    """For each rule that is broken: what it wants, and where."""
    told = page.evaluate(_RUN, RULES)
    return [
        f"{one['id']}: {one['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for one in told["violations"]
        for node in one["nodes"][:5]
    ]
