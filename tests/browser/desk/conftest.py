"""People at the desk, each in a browser of their own, over the one server of the browser tests."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image
from playwright.sync_api import Page, Route

from api.people import COOKIE, Someone, somebody
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

Desk = Callable[..., Page]


@pytest.fixture(scope="package")
def client(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.address, timeout=30) as found:
        yield found


@pytest.fixture(scope="package")
def administrator(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "administrator")


@pytest.fixture(scope="package")
def editor(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "editor")


@pytest.fixture(scope="package")
def reporter(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "reporter")


@pytest.fixture(scope="package")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several pieces large: noise does not pack."""
    noise = random.Random(1).randbytes(900 * 700 * 3)
    path = tmp_path_factory.mktemp("photo") / "hall.png"
    Image.frombytes("RGB", (900, 700), noise).save(path)
    assert path.stat().st_size > 3 * 512 * 1024
    return path


@pytest.fixture
def desk(visit: Visit, server: Server) -> Desk:
    """Open a coverage's desk as somebody who is signed in."""

    def _desk(
        person: Someone,
        coverage: Coverage,
        view: str = "write",
        rough: bool = False,
        **options: Any,
    ) -> Page:
        page = visit(rough=rough, **options)
        enter(page, person, server.address)
        page.goto(address_of(coverage, view))
        page.locator("desk-coverage").wait_for()
        return page

    return _desk


def enter(page: Page, person: Someone, address: str) -> None:
    """Give the browser the session of somebody who has signed in."""
    cookie = {"name": COOKIE, "value": person.cookie, "url": address.replace("http:", "https:")}
    page.context.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])


def address_of(coverage: Coverage, view: str = "write") -> str:
    return f"/desk/coverages/{coverage.slug}/{view}"


def write(page: Page, headline: str, text: str = "") -> None:
    """Type a post as somebody does: the headline, Enter, the text."""
    field = page.locator("#headline")
    field.click()
    field.press_sequentially(headline)
    if text:
        page.locator("#plain-text, .text").wait_for()
        field.press("Enter")
        page.keyboard.type(text)


def pick(page: Page, file: Path) -> None:
    """Add a picture of this device to the post that is open."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture").click()
    chooser.value.set_files(file)


def describe(page: Page) -> None:
    """Say of the post's picture all that it needs before it can be published."""
    page.get_by_label("Caption: what is to be seen").fill("The hall before the session.")
    page.get_by_label("Credit", exact=True).fill("Ana Reyes")
    page.get_by_label("For those who can't see it").fill("Rows of empty chairs")


def break_third_piece(page: Page) -> list[int]:
    """From an upload's third piece on the network is gone; the offsets of all that were sent."""
    sent: list[int] = []

    def third_breaks(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) > 2:
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.context.route("**/api/uploads/**", third_breaks)
    return sent


def expect_sent(page: Page) -> None:
    """Wait until the desk says that everything is with the server."""
    page.get_by_role("status").get_by_text("All sent", exact=True).wait_for()


def posts_of(person: Someone, coverage: Coverage) -> list[dict[str, Any]]:
    """As the API lists them, the oldest first."""
    answer = person.send("GET", f"/api/coverages/{coverage.slug}/posts?limit=200")
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["posts"]))


def send_back(page: Page, reason: str) -> None:
    """Return the post that is open to who has handed it in."""
    page.get_by_role("button", name="Return").click()
    page.get_by_label("What is missing?").fill(reason)
    page.get_by_role("dialog").get_by_role("button", name="Return").click()


def correct(page: Page, note: str) -> None:
    """Publish the change that is open as a correction."""
    page.get_by_role("button", name="Publish the change").click()
    page.get_by_label("A correction: readers see what was wrong").check()
    page.get_by_label("What readers are told").fill(note)
    page.get_by_role("dialog").get_by_role("button", name="Publish the change").click()


def act(page: Page, name: str) -> None:
    """One of the actions of the newest post on the page beside the desk."""
    page.locator("#readers .actions").first.get_by_role("button", name=name, exact=True).click()


def withdraw(page: Page, reason: str) -> None:
    """Withdraw the newest post on the page beside the desk."""
    act(page, "Withdraw")
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
