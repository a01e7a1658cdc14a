"""The desk stays quick while it rains posts."""

import threading

import httpx2
import pytest

from api.people import Someone
from api.test_workflow import Paper
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
SLOWER = 4
EVERY = 0.2
LONGEST_MS = 100
# The machine may be busy with something else: one of these has to be quick.
TRIES = 4
WATCH = """() => {
  globalThis.taken = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      if (one.name === "keydown") taken.push(Math.round(one.duration));
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def test_a_key_is_answered_at_once(
    desk: Desk, coverage: Coverage, editor: Someone, reporter: Someone, server: Server
) -> None:
    """Five posts a second arrive in the queue, and the processor is a fourth as fast: nine keys of
    ten are on the screen within 100 ms. What takes under 16 ms the browser does not even tell."""
    page = desk(editor, coverage, rough=True)
    page.locator(".text").wait_for()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(WATCH)
    ended = threading.Event()
    text = "The delegations arrive one after the other, and nobody says a word to the press. "
    tried: list[list[int]] = []
    with httpx2.Client(base_url=server.address, timeout=30) as client:
        other = Someone(client, reporter.email)
        other.cookie, other.csrf = reporter.cookie, reporter.csrf
        rain = threading.Thread(target=_rain, args=(coverage, other, ended))
        rain.start()
        try:
            page.locator("#headline").click()
            page.keyboard.press("Enter")
            page.locator("desk-queue .item").nth(5).wait_for()
            while len(tried) < TRIES and not (tried and tried[-1][-1] <= LONGEST_MS):
                page.evaluate("() => { taken = []; }")
                page.keyboard.type(text, delay=60)
                taken = sorted(page.evaluate("() => taken"))
                # Those that the browser does not tell come before them.
                told = [0] * (len(text) - len(taken)) + taken
                tried.append(told[: -len(text) // 10])
        finally:
            ended.set()
            rain.join()
    assert tried[-1][-1] <= LONGEST_MS, tried


def _rain(coverage: Coverage, reporter: Someone, ended: threading.Event) -> None:
    n = 0
    while not ended.wait(EVERY):
        n += 1
        content = {"headline": f"Drop {n}", "blocks": [], "byline": [{"name": "Ana Reyes"}]}
        Paper(f"/api/coverages/{coverage.slug}", reporter, content).do(reporter, "submit")
