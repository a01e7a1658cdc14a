"""One Chromium and one server for all browser tests; a fresh profile for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dateline.demo.playing import copy_pictures
from integration.server import Server, serving

from .everything import Everything
from .everything import everything as open_everything
from .newsroom import TIMEZONE, Coverage, Newsroom
from .reading import SECONDS, Watch

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]
# As long as for everything else that is waited for: a busy machine is no failure.
expect.set_options(timeout=SECONDS * 1000)


# Not for the session: Playwright's loop would stand in the way of the asyncio tests that the same
# worker runs afterwards.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        missing = "There is no Chromium: run scripts/system-packages. NO BROWSER TEST HAS RUN."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests; each opens a coverage of its own."""
    data = tmp_path_factory.mktemp("browser") / "data"
    copy_pictures(data / "media")
    with serving(data) as running:
        yield running


@pytest.fixture(scope="package")
def newsroom(server: Server) -> Iterator[Newsroom]:
    with writing_to(server) as found:
        yield found


@contextmanager
def writing_to(server: Server) -> Iterator[Newsroom]:
    newsroom = Newsroom(server.address, server.token("browser tests"))
    yield newsroom
    newsroom.close()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server for rough treatment."""
    with serving(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="package")
def everything(newsroom: Newsroom) -> Everything:
    """One coverage for the tests that only look."""
    return open_everything(newsroom)


@pytest.fixture
def coverage(newsroom: Newsroom, request: pytest.FixtureRequest) -> Coverage:
    """A live coverage of this test's own."""
    name = "".join(c if c.isalnum() else "-" for c in request.node.name.lower()).strip("-")
    return newsroom.open(name[:60].strip("-").replace("--", "-"))


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Open a tab in a profile of its own; at the end nothing may have gone wrong in it.

    `rough`: the test breaks connections itself. `at`: another server's address. `also`: a second
    one that its pages may ask.
    """
    opened: list[tuple[Any, Watch, bool]] = []

    def _visit(*, rough: bool = False, at: str = "", also: str = "", **options: Any) -> Page:
        address = at or server.address
        # Where the coverages are: elsewhere the times have the place's beside them.
        options = {"timezone_id": TIMEZONE, "viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(SECONDS * 1000)
        watch = Watch({address, also})
        watch.over(context)
        opened.append((context, watch, rough))
        return context.new_page()

    yield _visit
    for _, watch, _ in opened:
        watch.stop()
    for context, _, _ in opened:
        context.close()
    for _, watch, rough in opened:
        watch.check(rough=rough)
