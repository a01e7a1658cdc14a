"""The demo, as somebody sees it who has just typed `make demo`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from integration.server import free_port

from .conftest import Visit
from .newsroom import Coverage
from .reading import (
    expect_live,
    expect_same_as_server,
    ids_of,
    is_marked,
    mark_page,
    until,
)

pytestmark = pytest.mark.browser
BRUSSELS = "brussels-summit-2021"


@dataclass
class Demo:
    """A running demo, and what it has said so far."""

    address: str
    said: Path
    process: "subprocess.Popen[bytes]"

    @property
    def words(self) -> str:
        return self.said.read_text(errors="replace")

    def has_opened(self) -> bool:
        assert self.process.poll() is None, f"the demo has ended: {self.words}"
        with suppress(httpx2.TransportError):
            return httpx2.get(f"{self.address}/live/{BRUSSELS}").is_success
        return False

    @property
    def has_told_all(self) -> bool:
        assert self.process.poll() is None, f"the demo has ended: {self.words}"
        return "has told its story" in self.words


@pytest.fixture
def demo(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """The whole story at once, unless a pace is asked for."""
    pace = getattr(request, "param", "0")
    with free_port() as port, (tmp_path / "said").open("wb") as said:
        command = [sys.executable, "-m", "dateline", "demo", "--data", str(tmp_path / "demo")]
        process = subprocess.Popen(
            [*command, "--port", str(port), "--pace", pace],
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            yield Demo(f"http://127.0.0.1:{port}", tmp_path / "said", process)
        finally:
            process.kill()
            process.wait()


@pytest.mark.parametrize("demo", ["0.1"], indirect=True, ids=["a step each 0.1 s"])
def test_the_demo_comes_alive(demo: Demo, visit: Visit) -> None:
    """Posts arrive while one watches, and at the end the page is the server's HTML."""
    page = visit(at=demo.address)
    until(page, demo.has_opened, "the demo does not start")
    page.goto(f"/live/{BRUSSELS}")
    mark_page(page)
    before = len(ids_of(page))
    expect_live(page)
    until(page, lambda: len(ids_of(page)) > before + 3, "no new posts in the page")
    until(page, lambda: demo.has_told_all, "the demo does not come to its end", 120)
    with httpx2.Client(base_url=demo.address, timeout=30) as api:
        expect_same_as_server(page, Coverage(api, BRUSSELS, ""))
    assert is_marked(page), "the page was loaded anew"
    assert page.locator("#keys li").count() > 2
    assert page.locator(".correction").count()
    assert page.locator(".withdrawn").count()


def test_the_demo_without_javascript(demo: Demo, visit: Visit) -> None:
    """Whoever has no JavaScript opens the same story, from the front page on."""
    page = visit(at=demo.address, java_script_enabled=False)
    until(page, lambda: demo.has_told_all, "the demo does not come to its end", 120)
    page.goto("/")
    page.locator(f'a[href="/live/{BRUSSELS}"]').first.click()
    page.wait_for_url(f"**/live/{BRUSSELS}")
    for part in ("#coverage-head h1", "#coverage-head .summary", "#keys li", "#pinned article"):
        assert page.locator(part).first.is_visible(), part
    assert page.locator("#stream article").count() >= 20
    for part in (".quote figcaption", ".byline", ".sources", ".correction", ".withdrawn"):
        assert page.locator(part).count(), part
    for picture in page.locator(".picture").all():
        assert picture.locator("img").get_attribute("alt")
        assert picture.locator("figcaption b").inner_text()
