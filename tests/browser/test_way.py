"""Whatever happens to the connection, the page becomes right again by itself, and once."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from integration.server import Server

from .conftest import Visit, writing_to
from .newsroom import TIMEZONE, Coverage, Newsroom
from .proxy import Proxy
from .reading import (
    expect_live,
    expect_same_as_server,
    ids_of,
    is_marked,
    mark_page,
    requests_to,
)

pytestmark = pytest.mark.browser


def test_the_server_is_killed(own_server: Server, visit: Visit) -> None:
    """After a kill -9 and a new start an open page goes on, without a reload, nothing twice."""
    with writing_to(own_server) as newsroom:
        coverage = newsroom.open("killed")
        coverage.publish_many(5)
        page = visit(rough=True, at=own_server.address)
        page.goto(coverage.path)
        expect_live(page)
        mark_page(page)
        own_server.kill()
        expect(page.locator("#connection")).to_have_text("Reconnecting…")
        own_server.start()
        coverage.publish_many(5)
        coverage.correct(coverage.posts[1], "It was later.")
        expect_same_as_server(page, coverage, 60)
        assert len(ids_of(page)) == 10
        post = coverage.publish("After the storm")
        expect(page.locator(post.selector)).to_be_visible()
        expect_same_as_server(page, coverage)
        assert is_marked(page), "the page was loaded anew"


def test_streams_are_blocked(visit: Visit, coverage: Coverage) -> None:
    """Where no stream comes through, the page asks for what has changed, and says so."""
    page = visit(rough=True)
    page.route("**/stream*", lambda route: route.abort())
    page.clock.install()
    page.goto(coverage.path)
    coverage.publish_many(3)
    page.clock.run_for("00:10")
    expect_same_as_server(page, coverage)
    coverage.correct(coverage.posts[0], "It was later.")
    coverage.publish()
    page.clock.run_for("00:10")
    expect_same_as_server(page, coverage)
    expect(page.locator("#connection")).to_have_text("Updates every few seconds")


def test_a_proxy_holds_the_stream_back(server: Server, visit: Visit, coverage: Coverage) -> None:
    """Behind a proxy that opens streams and delivers nothing, posts come by deltas."""
    with Proxy(server.port, buffers=True) as proxy:
        page = visit(at=proxy.address)
        page.clock.install()
        page.goto(coverage.path)
        expect_live(page)
        coverage.publish_many(3)
        page.clock.run_for("00:45")
        expect_same_as_server(page, coverage)
        coverage.publish("Soon after")
        expect_same_as_server(page, coverage)
        assert len(ids_of(page)) == 4
        expect(page.locator("#connection")).to_have_text("Updates every few seconds")


def test_asleep_for_ten_minutes(server: Server, visit: Visit, coverage: Coverage) -> None:
    """A laptop that was shut while a hundred posts came is right a moment after it wakes."""
    coverage.publish_many(5)
    with Proxy(server.port) as proxy:
        page = visit(rough=True, at=proxy.address)
        page.clock.install()
        page.goto(coverage.path)
        expect_live(page)
        mark_page(page)
        post = coverage.publish("The last one before the lid falls")
        expect(page.locator(post.selector)).to_be_visible()
        proxy.fall_silent()
        coverage.publish_many(100)
        coverage.correct(coverage.posts[2], "It was later.")
        coverage.withdraw(coverage.posts[50], "it was another hall")
        assert len(ids_of(page)) == 6, "the line is not dead"
        proxy.come_back()
        page.clock.fast_forward("10:00")
        expect_same_as_server(page, coverage)
        assert len(ids_of(page)) == 106
        post = coverage.publish("Awake")
        expect(page.locator(post.selector)).to_be_visible()
        expect_same_as_server(page, coverage)
        assert is_marked(page), "the page was loaded anew"


def test_asleep_while_further_down(server: Server, visit: Visit, coverage: Coverage) -> None:
    """Whoever had scrolled before the sleep finds their place again, and all the rest counted."""
    coverage.publish_many(20)
    with Proxy(server.port) as proxy:
        page = visit(rough=True, at=proxy.address)
        page.clock.install()
        page.goto(coverage.path)
        expect_live(page)
        page.evaluate("() => scrollTo({top: 1500, behavior: 'instant'})")
        proxy.fall_silent()
        coverage.publish_many(100)
        proxy.come_back()
        page.clock.fast_forward("10:00")
        expect(page.locator("#toast")).to_have_text("100 new updates")
        assert page.evaluate("() => scrollY") == 1500
        page.locator("#toast").click()
        expect_same_as_server(page, coverage)


def test_back_from_another_page(visit: Visit, newsroom: Newsroom, coverage: Coverage) -> None:
    """Whoever comes back with the Back button finds what came meanwhile."""
    coverage.publish_many(3)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.goto("/")
    coverage.publish_many(3)
    page.go_back()
    expect_same_as_server(page, coverage)
    expect_live(page)


def test_a_page_ahead_of_the_log(visit: Visit, coverage: Coverage) -> None:
    """A page that knows more than the log is loaded anew, once, and is right then."""
    coverage.publish_many(3)
    page = visit()
    pages = requests_to(page, "document")
    page.route(f"**{coverage.path}", _ahead, times=1)
    page.goto(coverage.path)
    assert page.locator("#coverage").get_attribute("data-seq") == "999999"
    expect(page.locator('#coverage:not([data-seq="999999"])')).to_be_visible()
    expect_live(page)
    coverage.publish()
    expect_same_as_server(page, coverage)
    assert len(pages) == 2


def test_no_loop_of_reloads(visit: Visit, coverage: Coverage) -> None:
    """A page that is ahead again after its reload is not loaded once more."""
    coverage.publish()
    page = visit(rough=True)
    pages = requests_to(page, "document")
    deltas = requests_to(page, "/changes/999999")
    page.route(f"**{coverage.path}", _ahead)
    page.clock.install()
    page.goto(coverage.path)
    # Reloaded once; from then on it only asks whether the server knows more by now.
    expect(page.locator('#connection[data-link="reconnecting"]')).to_be_visible()
    # Less than the minute after which it may be loaded anew.
    for _ in range(8):
        page.clock.run_for("00:05")
    while len(deltas) < 3:
        page.wait_for_event("response", lambda answer: "/changes/" in answer.url)
    assert len(pages) == 2


def test_a_server_that_begins_anew(own_server: Server, visit: Visit, tmp_path: Path) -> None:
    """A page of a coverage that was lost and opened again shows the new one after one reload."""
    with writing_to(own_server) as newsroom:
        lost = newsroom.open("lost")
        lost.publish_many(5)
    page = visit(rough=True, at=own_server.address)
    pages = requests_to(page, "document")
    page.goto(lost.path)
    expect_live(page)
    own_server.kill()
    shutil.rmtree(own_server.data)
    # Before it is asked: a page whose coverage is not there at all is a 404 from then on.
    anew = ("coverage", "create", "lost", "Once more", "--timezone", TIMEZONE, "--live")
    made = own_server.command(*anew)
    assert made.returncode == 0, made.stderr
    own_server.start()
    with writing_to(own_server) as newsroom:
        coverage = newsroom.known("lost", "Once more")
        post = coverage.publish("From the beginning")
        expect(page.locator(post.selector)).to_be_visible(timeout=60_000)
        expect_same_as_server(page, coverage, 60)
        assert len(pages) == 2


def _ahead(route: Route) -> None:
    """The page, as if it knew far more than the log holds."""
    answer = route.fetch()
    html = answer.text()
    start = html.index('data-seq="', html.index('id="coverage"')) + len('data-seq="')
    end = html.index('"', start)
    route.fulfill(response=answer, body=html[:start] + "999999" + html[end:])
