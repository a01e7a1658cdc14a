"""How much later a live page is first seen than an empty page with the same style sheet.

On a slow line and a slow processor, as Chromium plays them: 150 ms there and back, 1.6 Mbit/s, a
quarter of the speed. Both pages come through the same door, in turns, to a profile that has never
been there. bench/README.md explains.
"""

import argparse
import http.client
import json
import re
import shutil
import statistics
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, sync_playwright
from servers import BUILD, Server, running

POSTS = 30
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WORDS = "The ministers left the hall one by one, said nothing, and drove away over the wet square. "


class Door(BaseHTTPRequestHandler):
    """Passes everything on to the server, but for one page, which is empty, and the stream."""

    protocol_version = "HTTP/1.1"
    port = 0
    empty = b""

    def do_GET(self) -> None:
        if self.path == "/empty":
            self._answer(200, {"content-type": "text/html; charset=utf-8"}, self.empty)
        elif "/stream" in self.path:
            self._answer(204, {}, b"")
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            asked = {"accept-encoding": self.headers.get("accept-encoding", "")}
            connection.request("GET", self.path, headers=asked)
            found = connection.getresponse()
            kept = {
                name: value
                for name in ("content-type", "content-encoding", "cache-control")
                if (value := found.headers.get(name))
            }
            self._answer(found.status, kept, found.read())
            connection.close()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        # Who has seen enough may be gone.
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def first_paint(browser: Browser, url: str) -> float:
    """Milliseconds from the request to the first content."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    found = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return float(found)


def publish(server: Server) -> None:
    for number in range(POSTS):
        post = {
            "headline": f"Update {number}: the talks go on",
            "blocks": [{"type": "paragraph", "html": WORDS * 4}],
            "byline": [{"name": "Ana Reyes", "place": "Brussels"}],
        }
        server.command(f"/api/coverages/{server.slug}/posts", post)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    found: dict[str, list[float]] = {"empty": [], "live": []}
    with running("dateline") as server, sync_playwright() as playwright:
        publish(server)
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", f"/live/{server.slug}")
        html = connection.getresponse().read().decode()
        sheet = re.search(r'<link rel="stylesheet" href="[^"]+">', html)
        assert sheet
        Door.port = server.port
        Door.empty = f"<!doctype html><title>Empty</title>{sheet[0]}<p>Empty".encode()
        door = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=door.serve_forever, daemon=True).start()
        chromium = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for number in range(rounds):
            order = list(found) if number % 2 else list(found)[::-1]
            for name in order:
                path = "/empty" if name == "empty" else f"/live/{server.slug}"
                found[name].append(
                    first_paint(browser, f"http://127.0.0.1:{door.server_port}{path}")
                )
        browser.close()
        door.shutdown()
    medians = {name: statistics.median(values) for name, values in found.items()}
    print("  ".join(f"{name} {value:.0f} ms" for name, value in medians.items()))
    print(f"the live page takes {medians['live'] / medians['empty']:.2f} times as long")
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "first-paint.json").write_text(json.dumps({"rounds": found, "medians": medians}))


if __name__ == "__main__":
    main()
