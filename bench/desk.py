"""How long the desk lets a writer wait while its queue receives five posts a second.

Somebody types, presses buttons and opens posts of the queue in Chromium, at a quarter of the
processor's speed; somebody else hands posts in meanwhile. Measured is what the browser itself tells
of each key and click (Event Timing): from the press to the next frame. bench/README.md explains.
"""

import argparse
import http.client
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import uuid_utils
from playwright.sync_api import Page, sync_playwright
from servers import BUILD, COMMAND

SLOWER = 4
SECONDS = 20.0
PER_SECOND = 5
AIM = 100.0
COVERAGE = "brussels-summit-2021"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TEXT = "The ministers left the hall one by one, said nothing, and drove away over the wet square. "
# Below 16 ms the browser tells nothing of an event: it was at once.
WATCH = """window.waits = new Map();
new PerformanceObserver((list) => {
  for (const { interactionId, duration, name } of list.getEntries())
    if (interactionId && duration > (window.waits.get(interactionId)?.[0] ?? 0))
      window.waits.set(interactionId, [duration, name]);
}).observe({ type: "event", durationThreshold: 16, buffered: true });"""


class Reporter(threading.Thread):
    """Hands in posts, evenly, until told to stop."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.ends = threading.Event()
        self.filed = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = self._ask("POST", "/desk/demo", "as=reporter", form)
        self._headers = {"cookie": str(answer.headers["set-cookie"]).partition(";")[0]}
        me = json.loads(self._ask("GET", "/api/me", None, self._headers).body)
        self._headers |= {"x-csrf-token": me["csrf"], "content-type": "application/json"}

    def run(self) -> None:
        self._connection.close()  # it was idle while the browser started; the next request opens it
        due = time.monotonic()
        while not self.ends.is_set():
            self._hand_in()
            due += 1 / PER_SECOND
            self.ends.wait(max(0.0, due - time.monotonic()))

    def _hand_in(self) -> None:
        path = f"/api/coverages/{COVERAGE}/drafts/{uuid_utils.uuid7()}"
        content = {
            "headline": f"Filed by the reporter, number {self.filed}",
            "blocks": [{"type": "paragraph", "html": TEXT * 3}],
            "byline": [{"name": "Tom Okafor", "place": "Geneva"}],
        }
        key = {"idempotency-key": str(uuid_utils.uuid7())}
        body = json.dumps({"content": content})
        self._ask("PUT", path, body, {**self._headers, **key, "if-none-match": "*"})
        key = {"idempotency-key": str(uuid_utils.uuid7())}
        self._ask("POST", f"{path}/submit", "{}", {**self._headers, **key, "if-match": '"1"'})
        self.filed += 1

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Any:
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:300]!r}")  # type: ignore[attr-defined]
        return answer


@contextmanager
def demo() -> Iterator[int]:
    """The port of a demo that publishes nothing by itself for a while."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "demo")
        command = [*COMMAND, "demo", "--data", data, "--port", str(port), "--pace", "600"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("The demo ended before it answered.")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    raise RuntimeError("The demo did not answer within 30 seconds.")


def work(page: Page, seconds: float) -> None:
    """Type a post, in bold here and there, mark it, and look into what was handed in."""
    end = time.monotonic() + seconds
    words = iter(TEXT * 1000)
    while time.monotonic() < end:
        page.keyboard.type("".join(next(words) for _ in range(40)), delay=60)
        page.locator("[data-tool=bold]").click()
        page.keyboard.type("bold", delay=60)
        page.locator("[data-tool=bold]").click()
        page.locator(".marks input").first.click()
        page.locator(".text").click()
        page.keyboard.press("Control+End")


def open_desk(page: Page, port: int) -> None:
    page.goto(f"http://127.0.0.1:{port}/desk/sign-in")
    page.locator("button[value=editor]").click()
    page.locator("desk-front").wait_for()
    page.goto(f"http://127.0.0.1:{port}/desk/coverages/{COVERAGE}/write")
    page.locator(".text").wait_for()
    page.locator("#headline").click()
    page.keyboard.type("What the desk writes meanwhile")
    page.keyboard.press("Enter")


def measured(port: int, seconds: float, queued: int) -> dict[str, Any]:
    reporter = Reporter(port)
    for _ in range(queued):
        reporter._hand_in()
    chromium = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        open_desk(page, port)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.evaluate(WATCH)
        reporter.start()
        before = reporter.filed
        began = time.monotonic()
        work(page, seconds)
        rate = (reporter.filed - before) / (time.monotonic() - began)
        reporter.ends.set()
        reporter.join()
        page.wait_for_timeout(1000)
        waits = page.evaluate("[...window.waits.values()]")
        shown = page.locator("desk-queue .item").count()
        browser.close()
    durations = sorted(float(duration) for duration, _ in waits)
    return {
        "interactions": len(durations),
        "filed_per_second": rate,
        "in_queue": shown,
        "median": statistics.median(durations),
        "p98": durations[int(len(durations) * 0.98) - 1],
        "max": durations[-1],
        "worst": sorted(waits, reverse=True)[:10],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--queued", type=int, default=0, help="posts that wait already")
    given = parser.parse_args()
    with demo() as port:
        found = measured(port, given.seconds, given.queued)
    print("{interactions} keys and clicks, {filed_per_second:.1f} posts a second".format(**found))
    print("median {median:.0f} ms  p98 {p98:.0f} ms  longest {max:.0f} ms".format(**found))
    print(f"{found['in_queue']} in the queue at the end; the aim is {AIM:.0f} ms for p98")
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "desk.json").write_text(json.dumps(found))
    return int(found["p98"] > AIM)


if __name__ == "__main__":
    sys.exit(main())
