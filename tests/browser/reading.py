"""What a reader sees, what the server says they should, and what went wrong on the way."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from .newsroom import Coverage

SECONDS = 30.0

# Everything that the reader's script may change, from the page itself or from the HTML of one.
# Left out: the marks that fade after a moment, and what the reader has opened.
_SEEN = """html => {
    const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
    const all = (selector) => [...page.querySelectorAll(selector)].map((found) => {
        const copy = found.cloneNode(true);
        copy.classList.remove("is-new", "is-changed");
        copy.querySelector("details")?.removeAttribute("open");
        return copy.outerHTML;
    });
    return {
        head: all("#coverage-head"), briefing: all("#briefing"), pinned: all("#pinned > article"),
        stream: all("#stream > article"), keys: all("#keys li"),
    };
}"""


def until(page: Page, is_so: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
    """Wait for a condition that only Python can see; the browser goes on meanwhile."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"after {seconds:g} s: {what}"
        page.wait_for_timeout(50)


def expect_same_as_server(page: Page, coverage: Coverage, seconds: float = SECONDS) -> None:
    """Wait until the page shows what the server's HTML shows, byte for byte.

    A page that has been open for long has more posts below than the first page of the server.
    """
    end = time.monotonic() + seconds
    while True:
        told = page.evaluate(_SEEN, coverage.html())
        shown = page.evaluate(_SEEN, None)
        beyond = shown["stream"][len(told["stream"]) :]
        shown["stream"] = shown["stream"][: len(told["stream"])]
        if shown == told or time.monotonic() > end:
            break
        page.wait_for_timeout(100)
    for part, expected in told.items():
        assert shown[part] == expected, f"#{part} is not as the server has it"
    ids = ids_of(page)
    assert len(ids) == len(set(ids)), "a post stands twice in the page"
    assert not set(beyond) & set(told["stream"])


def ids_of(page: Page, section: str = "#coverage") -> list[str]:
    """The posts in a section, from top to bottom."""
    return [
        str(found)[2:]
        for found in page.locator(f"{section} article").evaluate_all("all => all.map(a => a.id)")
    ]


def expect_live(page: Page) -> None:
    """Wait until the stream is open."""
    page.locator('#connection[data-link="live"]').wait_for(timeout=SECONDS * 1000)


def requests_to(page: Page, end: str) -> list[str]:
    """A list that grows with each request to a path that ends so, or to a page for "document"."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if end == request.resource_type or urlsplit(request.url).path.endswith(end):
            seen.append(request.url)

    page.on("request", note)
    return seen


def mark_page(page: Page) -> None:
    """Leave a mark that a reload would wipe away."""
    page.evaluate("() => { window.isTheSamePage = true }")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("() => window.isTheSamePage === true"))


@dataclass
class Watch:
    """Everything on a reader's way that should not have happened, by kind."""

    origins: set[str]
    faults: list[tuple[str, str]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    is_over: bool = False

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note("script", error.error))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.on("request", self._request)

    def stop(self) -> None:
        """What a tab breaks off when it is closed is no fault."""
        self.is_over = True

    def check(self, *, rough: bool) -> None:
        """`rough`: the test has broken the connection itself."""
        found = [fault for fault in self.faults if not (rough and fault[0] == "network")]
        assert not found, "\n".join(f"{kind}: {what}" for kind, what in found)

    def _note(self, kind: str, what: Any) -> None:
        if not self.is_over:
            self.faults.append((kind, str(what)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        text = f"{message.text} ({message.location.get('url')})"
        if message.location.get("url") in self.documents and "status of 4" in message.text:
            return  # the page itself: whoever asked for it looks at its status
        is_network = "Failed to load resource" in text or "net::ERR" in text
        self._note("network" if is_network else "console", text)

    def _failed(self, request: Request) -> None:
        is_given_up = (
            request.resource_type == "eventsource"
            or "/changes/" in request.url
            or "/favicon-" in request.url
        )
        if request.failure == "net::ERR_ABORTED" and is_given_up:
            # The page has closed its stream, on the way to another; or the browser has asked anew
            # behind a cached delta (stale-while-revalidate) and has no need for the answer; or it
            # had not yet fetched the icon for the tab when the reader went on.
            return
        self._note("network", f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self._note("network", f"{response.url}: {response.status}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if (
            parts.scheme in ("http", "https")
            and f"{parts.scheme}://{parts.netloc}" not in self.origins
        ):
            self._note("foreign", request.url)
        if request.resource_type == "document":
            self.documents.append(request.url)
