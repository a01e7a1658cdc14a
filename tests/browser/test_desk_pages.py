"""The desk's pages that need no script: usable without one, and by everybody (WCAG 2.2 AA)."""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from api.people import PASSWORD, Someone, somebody
from integration.server import Server, serving

from .test_axe import AXE, WIDTHS, schemes_at, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("pages") / "data") as running:
        running.command("coverage", "create", "storm", "Storm over Ghent", "--live")
        yield running


@pytest.fixture(scope="module")
def client(desk: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=desk.address) as made:
        yield made


def test_without_script(browser: Browser, desk: Server, client: httpx2.Client) -> None:
    """From the invitation to signing out everywhere, by forms alone; where something is wrong,
    the field that has to be mended has the focus."""
    editor = somebody(desk, client, "editor")
    invitation = editor.send("POST", "/api/coverages/storm/invitations", {}).json()["url"]
    context = browser.new_context(base_url=desk.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(invitation)
    page.get_by_role("textbox", name="Your name").fill("Tom Maes")
    page.get_by_role("button", name="Take part").click()
    expect(page).to_have_url(f"{desk.address}/desk")
    page.goto("/desk/account")
    expect(page.get_by_role("heading", name="Tom Maes")).to_be_visible()
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page).to_have_url(f"{desk.address}/desk/sign-in")
    page.get_by_label("E-mail address").fill(editor.email)
    page.get_by_label("Password", exact=True).fill("wrong wrong wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not right")
    expect(page.get_by_label("E-mail address")).to_have_value(editor.email)
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.address}/desk")
    page.goto("/desk/account")
    page.get_by_label("Password until now").fill("wrong wrong wrong")
    page.get_by_label("New password").fill("something else entirely")
    page.keyboard.press("Enter")
    wrong = page.get_by_label("Password until now")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description("This is not your password until now.")
    context.close()


def test_nobody_is_shut_out(browser: Browser, desk: Server, client: httpx2.Client) -> None:
    """Each page, with what can be wrong on it, from a small telephone to a desk: no violation, and
    nothing wider than the screen."""
    editor = somebody(desk, client, "editor")
    context = browser.new_context(base_url=desk.address)
    page = context.new_page()
    found: list[str] = []
    for show in (_sign_in, _wrong, _password, _join, _account):
        show(page, desk, editor)
        page.evaluate(AXE.read_text())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [
                f"{show.__name__}, {width} px: {one}" for one in violations(page, schemes_at(width))
            ]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{show.__name__}, {width} px: wider than the screen")
    context.close()
    assert not found, "\n".join(found)


def _sign_in(page: Page, _desk: Server, _editor: Someone) -> None:
    page.goto("/desk/sign-in")


def _wrong(page: Page, _desk: Server, editor: Someone) -> None:
    page.get_by_label("E-mail address").fill(editor.email)
    page.get_by_label("Password", exact=True).fill("wrong wrong wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()


def _password(page: Page, desk: Server, editor: Someone) -> None:
    page.goto(desk.command("user", "password", editor.email).stdout.strip().replace(
        "http://127.0.0.1:8000", desk.address))  # fmt: skip
    page.get_by_label("New password").fill("short")
    page.keyboard.press("Enter")
    page.locator("#password-wrong").wait_for()


def _join(page: Page, _desk: Server, editor: Someone) -> None:
    page.goto(editor.send("POST", "/api/coverages/storm/invitations", {}).json()["url"])
    page.get_by_role("textbox", name="Your name").wait_for()


def _account(page: Page, _desk: Server, editor: Someone) -> None:
    page.goto("/desk/sign-in?next=/desk/account")
    page.get_by_label("E-mail address").fill(editor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Sign out").wait_for()
