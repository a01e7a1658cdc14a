"""Cumulative layout shift, as Chromium counts it, while a newsroom is busy."""

from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Visit
from .newsroom import LEGIBLE, Coverage, paragraph, picture
from .reading import expect_live, expect_same_as_server, until

pytestmark = pytest.mark.browser
ARRIVING = 50

# What moved without anything the reader did; Chromium's own measure, from the page's first paint.
_MEASURE = """() => {
    window.shifts = [];
    const note = (list) => {
        for (const one of list.getEntries()) {
            if (!one.hadRecentInput) window.shifts.push(
                [one.value, ...one.sources.map(s => s.node?.id || s.node?.className || '')]);
        }
    };
    new PerformanceObserver(note).observe({type: "layout-shift", buffered: true});
}"""


def open_live(visit: Visit, coverage: Coverage, with_fonts: bool = True, **options: Any) -> Page:
    """`with_fonts`: else a font that comes late would count as well."""
    page = visit(**options)
    if not with_fonts:
        page.route("**/*.woff2", lambda route: route.abort())
    page.add_init_script(f"({_MEASURE})()")
    page.goto(coverage.path)
    expect_live(page)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    return page


def test_nothing_shifts_for_who_reads_further_down(visit: Visit, coverage: Coverage) -> None:
    """Fifty posts, corrections that grow and shrink above, a pin, a picture: CLS is 0."""
    old = coverage.publish_many(20)
    page = open_live(visit, coverage)
    page.locator(old[9].selector).evaluate(
        "post => scrollTo({top: post.getBoundingClientRect().top + scrollY - 200})"
    )
    for number in range(ARRIVING):
        coverage.publish(blocks=blocks(number % 10 == 0))
        if number % 5 == 0:
            length = 3 if number % 2 else 1
            above = old[12 + number % 8]
            coverage.correct(above, f"Note {number}.", blocks=[paragraph(LEGIBLE)] * length)
    coverage.withdraw(old[18], "it was another hall")
    coverage.act(old[3], "pin")
    coverage.act(old[4], "key")
    expect(page.locator("#toast")).to_have_text(f"{ARRIVING} new updates")
    expect(page.locator("#keys li")).to_have_count(1)
    expect(page.locator("#pinned article")).to_have_count(1)
    assert shifts(page) == []


@pytest.fixture
def filled(coverage: Coverage) -> Coverage:
    """Posts with pictures, a pin, a key event, topics, hours and a briefing."""
    for number in range(8):
        at = f"2021-06-14T{8 + number:02}:00:00Z"
        topics = ["NATO", "Joe Biden", "Jens Stoltenberg", "Cyber defence", "Geneva"][: number + 1]
        coverage.publish(blocks=blocks(number % 2 == 1), occurred_at=at, topics=topics)
    coverage.act(coverage.posts[2], "pin")
    coverage.act(coverage.posts[4], "key")
    coverage.brief(summary="What is happening.", next="They meet again.")
    return coverage


def test_nothing_shifts_while_the_page_loads(visit: Visit, filled: Coverage) -> None:
    """Pictures, script and stream come without moving a line; on a wide screen the fonts too."""
    page = visit(viewport={"width": 1280, "height": 800})
    page.add_init_script(f"({_MEASURE})()")
    page.goto(filled.path)
    expect_live(page)
    page.wait_for_load_state("load")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert sum(shift[0] for shift in shifts(page)) < 1e-9


@pytest.mark.parametrize("width", [320, 390, 412, 1280])
def test_fonts_that_come_late(visit: Visit, filled: Coverage, width: int) -> None:
    """The words are read before the fonts are there: when they come, hardly a line breaks anew.

    Less than half of what counts as good (0.1, Core Web Vitals), in whatever fonts this device has.
    """
    page = visit(viewport={"width": width, "height": 800})
    page.add_init_script(f"({_MEASURE})()")
    late: list[Route] = []
    is_there = Event()
    page.route(
        "**/*.woff2",
        lambda route: route.continue_() if is_there.is_set() else late.append(route),
    )
    page.goto(filled.path, wait_until="domcontentloaded")
    expect_live(page)
    until(page, lambda: len(late) >= 3, "no font was asked for")
    is_there.set()
    for one in late:
        one.continue_()
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert sum(shift[0] for shift in shifts(page)) < 0.05


@pytest.mark.parametrize("down", [0, 600])
def test_nothing_shifts_when_hours_and_topics_count_on(
    visit: Visit, coverage: Coverage, down: int
) -> None:
    """At the top it is counts that change; further down names and hours come as well: CLS is 0."""
    for number in range(20):
        coverage.publish(occurred_at=f"2021-06-14T{7 + number // 5:02}:00:00Z", topics=["NATO"])
    page = _with_hours(visit, coverage)
    page.evaluate("down => scrollTo({top: down, behavior: 'instant'})", down)
    page.evaluate("() => { window.shifts = [] }")
    coverage.withdraw(coverage.posts[0], "it was another hall")
    if down:
        coverage.publish(occurred_at="2021-06-14T12:00:00Z", topics=["Geneva, in the evening"])
    expect(page.locator(coverage.posts[0].selector)).to_contain_text("withdrawn")
    with page.expect_response(lambda answer: "/finding" in answer.url):
        page.clock.fast_forward("00:40")
    expect(page.locator("#topics li").first).to_have_text("NATO 19 updates")
    expect(page.locator("#hours li").first).to_have_text("09:00 4 updates")
    assert shifts(page) == []


def test_counts_do_not_wait(visit: Visit, coverage: Coverage) -> None:
    """At the top, with nothing new: what would move the page waits, the counts beside it don't.

    It comes once the reader has scrolled on, or looks at another tab.
    """
    for number in range(12):
        coverage.publish(occurred_at=f"2021-06-14T{7 + number // 4:02}:00:00Z", topics=["NATO"])
    page = _with_hours(visit, coverage)
    page.evaluate("() => { window.shifts = [] }")
    many = [f"A rather long name of a topic, number {number}" for number in range(6)]
    for number, topics in enumerate((many, [])):
        coverage.revise(coverage.posts[number], topics=topics)
        expect(page.locator(coverage.posts[number].selector)).not_to_contain_text("NATO")
    with page.expect_response(lambda answer: "/finding" in answer.url):
        page.clock.fast_forward("00:40")
    expect(page.locator("#topics li").first).to_have_text("NATO 10 updates")
    expect(page.locator("#topics li")).to_have_count(1)
    assert shifts(page) == []
    page.mouse.wheel(0, 900)
    expect(page.locator("#topics li")).to_have_count(7)
    assert shifts(page) == []


def test_at_the_top_only_the_new_pushes_down(visit: Visit, coverage: Coverage) -> None:
    """Whoever stands at the top sees each post come in first; the page does not scroll."""
    coverage.publish_many(5)
    page = open_live(visit, coverage)
    coverage.publish_many(20)
    expect_same_as_server(page, coverage)
    newest = page.locator("#stream article").first
    expect(newest).to_be_in_viewport()
    assert page.evaluate("() => scrollY") == 0


def blocks(with_picture: bool) -> list[dict[str, object]]:
    return [paragraph(LEGIBLE), *([picture()] if with_picture else [])]  # type: ignore[list-item]


def shifts(page: Page) -> list[Any]:
    """Each shift with what moved, after two more frames."""
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    return list(page.evaluate("() => window.shifts"))


def _with_hours(visit: Visit, coverage: Coverage) -> Page:
    """The live page, measured, with a clock of its own and the hours open."""
    page = visit()
    page.clock.install()
    page.add_init_script(f"({_MEASURE})()")
    page.goto(coverage.path)
    expect_live(page)
    page.get_by_text("By the hour").click()
    return page
