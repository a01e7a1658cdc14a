"""The people of the house, and the audit trail: what administrators do at the desk."""

import re
from collections.abc import Callable

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from api.people import PASSWORD, Someone, somebody
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import Desk, enter, expect_sent, write

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture
def at(visit: Visit, server: Server) -> Open:
    """Open a screen of the house as somebody who is signed in."""

    def _at(person: Someone, path: str, rough: bool = False) -> Page:
        page = visit(rough=rough)
        enter(page, person, server.address)
        page.goto(path)
        return page

    return _at


def account(page: Page, name: str) -> Locator:
    """The line of somebody, opened."""
    line = page.locator("desk-account").filter(has=page.get_by_text(name, exact=True))
    if not line.locator("details").evaluate("all => all.open"):
        line.locator("summary").click()
    return line


def test_a_screen_that_comes_later(visit: Visit, server: Server, administrator: Someone) -> None:
    """Where the script of the house can't be had, that is said, and it is asked for again."""
    page = visit(rough=True)
    enter(page, administrator, server.address)
    # The service worker would have it.
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.route("**/desk-house-*.js", lambda route: route.abort())
    page.goto("/desk")
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("main")).to_contain_text("Without a network this can't be done.")
    page.unroute("**/desk-house-*.js")
    page.get_by_role("button", name="Add a person").wait_for()


def test_let_in_and_shut_out(at: Open, visit: Visit, administrator: Someone) -> None:
    """Somebody is added, chooses a password by the link in a browser of their own, and is in.
    When the account is closed their session ends; opened again, the password lets them in."""
    page = at(administrator, "/desk")
    page.get_by_role("link", name="People").click()
    page.get_by_role("button", name="Add a person").click()
    form = page.get_by_role("form", name="Add a person")
    expect(form.get_by_label("Name")).to_be_focused()
    form.get_by_label("Name").fill("Nora New")
    form.get_by_label("E-mail address").fill("nora@lantern.example")
    form.get_by_label("Role").select_option("Editor")
    form.get_by_label("Place").fill("Ghent")
    page.keyboard.press("Enter")
    link = form.get_by_label("Link").input_value()
    expect(account(page, "Nora New").locator("summary")).to_contain_text("no password yet")

    hers = visit(rough=True)  # in the end it is told that it is signed out
    hers.goto(link)
    hers.get_by_label("Password").first.fill(PASSWORD)
    hers.keyboard.press("Enter")
    hers.get_by_role("link", name="New coverage").wait_for()
    page.reload()
    line = account(page, "Nora New")
    expect(line.locator("summary")).to_contain_text("last here")
    line.get_by_role("button", name="Close the account").click()
    page.get_by_role("dialog").get_by_role("button", name="Close the account").click()
    closed = page.locator(".accounts").filter(has_text="Closed accounts")
    expect(closed.get_by_text("Nora New", exact=True)).to_be_visible()
    hers.reload()
    hers.wait_for_url(re.compile("/desk/sign-in"))

    account(page, "Nora New").get_by_role("button", name="Open it again").click()
    page.get_by_role("dialog").get_by_role("button", name="Open it again").click()
    expect(closed).to_have_count(0)
    hers.get_by_label("E-mail address").fill("nora@lantern.example")
    hers.get_by_label("Password", exact=True).fill(PASSWORD)
    hers.keyboard.press("Enter")
    hers.get_by_role("link", name="New coverage").wait_for()


def test_who_is_shut_out_is_told(
    desk: Desk, coverage: Coverage, administrator: Someone, server: Server, client: httpx2.Client
) -> None:
    """An open desk says so by itself, and that nothing is lost; what was typed stays."""
    person = somebody(server, client, "editor")
    page = desk(person, coverage, rough=True)  # it is refused from then on
    write(page, "Half a headline")
    expect_sent(page)
    ended = administrator.send("POST", f"/api/people/{person.id}/sign-out")
    assert ended.is_success
    told = page.get_by_role("status").get_by_text("You are signed out. Nothing is lost.")
    told.wait_for(timeout=10_000)
    expect(page.locator("#headline")).to_have_value("Half a headline")


def test_changes(
    at: Open, visit: Visit, administrator: Someone, server: Server, client: httpx2.Client
) -> None:
    """Role and place change at once; all devices are signed out at a word; a new link lets the
    person choose another password. What the server refuses is said in words."""
    person = somebody(server, client)
    name = f"Reporter {person.email.split('@')[0]}"
    page = at(administrator, "/desk/people", rough=True)  # one change is refused
    page.get_by_label("Find").fill(person.email)
    line = account(page, name)
    expect(page.locator("desk-account")).to_have_count(1)
    line.get_by_label("Role").select_option("Viewer")
    line.get_by_label("Place").fill("Antwerp")
    line.get_by_role("button", name="Save").click()
    expect(line.locator("summary")).to_contain_text("Antwerp")
    me = person.send("GET", "/api/me").json()
    assert (me["role"], me["place"]) == ("viewer", "Antwerp")

    line.get_by_label("E-mail address").fill(administrator.email)
    line.get_by_role("button", name="Save").click()
    expect(line.get_by_role("alert")).to_contain_text("There is somebody with the address")

    line.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    line.get_by_text("Signed out everywhere.").wait_for()
    assert person.send("GET", "/api/me").status_code == 401

    line.get_by_role("button", name="New password link").click()
    hers = visit()
    hers.goto(line.get_by_label("Link").input_value())
    hers.get_by_label("Password").first.fill("something else entirely")
    hers.keyboard.press("Enter")
    hers.wait_for_url(re.compile("/desk$"))
    person.password = "something else entirely"
    assert person.sign_in().status_code == 303


def test_the_trail(at: Open, administrator: Someone, server: Server, client: httpx2.Client) -> None:
    """In sentences, newest first; by person and by kind; older lines when asked for."""
    person = somebody(server, client)
    name = f"Reporter {person.email.split('@')[0]}"
    for _ in range(105):
        administrator.send("POST", f"/api/people/{person.id}/sign-out")
    person.sign_in()
    page = at(administrator, "/desk/audit")
    lines = page.locator(".trail li")
    expect(lines.first).to_contain_text(f"{name} signed in by password, from 127.0.0.1")
    page.get_by_label("Person").select_option(name)
    page.get_by_label("What").select_option("Accounts")
    expect(lines.first).to_contain_text(f"signed {name} out everywhere")
    expect(lines).to_have_count(100)
    page.get_by_role("button", name="Older lines").click()
    expect(lines).to_have_count(106)
    expect(lines.last).to_contain_text(f"The command line let {name} in (Reporter)")
    expect(page.get_by_role("button", name="Older lines")).to_have_count(0)


def test_not_for_everybody(at: Open, editor: Someone) -> None:
    """An editor is led to neither, and told so at the address itself."""
    page = at(editor, "/desk")
    page.get_by_role("link", name="New coverage").wait_for()
    expect(page.get_by_role("link", name="People")).to_have_count(0)
    for path in ("/desk/people", "/desk/audit"):
        page = at(editor, path)
        page.get_by_text("Ask an administrator of the house").wait_for()
        expect(page.locator("desk-account, .trail")).to_have_count(0)
