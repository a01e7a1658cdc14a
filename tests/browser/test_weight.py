"""What a first look at a live page costs: bytes, requests, and to whom they go."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from .conftest import Visit
from .newsroom import Coverage
from .reading import until
from .test_demo import BRUSSELS, Demo, demo  # noqa: F401 - the fixture

pytestmark = pytest.mark.browser
KIB = 1024
WORDS = 30 * KIB
SCRIPT = 10 * KIB
REQUESTS = 6
FONTS = 60 * KIB


@dataclass
class Load:
    """The requests of a page by kind, with their packed bytes, headers too."""

    kinds: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]
        self.urls[event["requestId"]] = event["request"]["url"]

    def finished(self, event: dict[str, Any]) -> None:
        """All of it, headers too, as it came over the wire."""
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def weight(self, *kinds: str) -> int:
        return sum(self.bytes.get(one, 0) for one, kind in self.kinds.items() if kind in kinds)


def packed(url: str) -> int:
    """A file as gzip sends it, without its headers, which words have in their own count."""
    answer = httpx2.get(url, headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    return int(answer.headers["content-length"])


def test_a_first_look(demo: Demo, visit: Visit, tmp_path: Path) -> None:  # noqa: F811
    """The demo's live page, filled up to thirty updates, keeps to its budget.

    Counted as at the first visit, packed, as the browser gets them. Pictures are left out; so are
    the stream and its deltas, which bring no part of the first look. The fonts have a budget of
    their own, without the letters that only some names have: the page is read without them.
    """
    page = visit(at=demo.address)
    until(page, lambda: demo.has_told_all, "the demo does not come to its end", 120)
    command = [sys.executable, "-m", "dateline", "token", "create", "weight"]
    token = subprocess.check_output([*command, "--data", tmp_path / "demo"], text=True).strip()
    with httpx2.Client(
        base_url=demo.address, headers={"authorization": f"Bearer {token}"}, timeout=30
    ) as api:
        Coverage(api, BRUSSELS, "").publish_many(8)
    load = Load()
    # In a profile that has never been here. (With its cache off, Chromium would get twice what the
    # page asks for early.)
    page = visit(at=demo.address)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", load.asked)
    network.on("Network.loadingFinished", load.finished)
    page.goto(f"/live/{BRUSSELS}")
    page.wait_for_load_state("load")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert page.locator("#pinned article, #stream article").count() >= 30
    scripts = [load.urls[one] for one, kind in load.kinds.items() if kind == "Script"]
    script = sum(packed(url) for url in scripts)
    latin = [url for url in load.urls.values() if "-latin-" in url]
    fonts = sum(len(httpx2.get(url).content) for url in latin)
    words = load.weight("Document", "Stylesheet", "Script")
    first = [kind for kind in load.kinds.values() if kind in ("Document", "Stylesheet", "Script")]
    print(f"document, style, script: {words} bytes; script: {script}; fonts: {fonts}; {load.kinds}")
    assert 5 * KIB < words <= WORDS
    assert KIB < script <= SCRIPT
    assert 30 * KIB < fonts <= FONTS
    assert len(first) <= REQUESTS
    asked = [url for url in load.urls.values() if url.startswith("http")]
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(demo.address).netloc}
