"""Every time is the reader's, with the place's beside it where the two differ."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .newsroom import TIMEZONE, Coverage
from .reading import expect_live, expect_same_as_server
from .test_layout_shift import open_live, shifts

pytestmark = pytest.mark.browser
AWAY = "America/Argentina/Buenos_Aires"  # five hours behind Brussels in June
LATE = "2021-06-14T00:30:00Z"  # 02:30 in Brussels, the day before in Buenos Aires


@pytest.fixture
def told(coverage: Coverage) -> Coverage:
    """A key event at night, corrected, and a briefing with an appointment in another place."""
    post = coverage.publish("At night", key=True, occurred_at=LATE)
    coverage.correct(post, "It was later.")
    coverage.brief(
        agenda=[
            {"at": "2021-06-14T10:00:00Z", "title": "Arrival", "place": "Brussels"},
            {"at": LATE, "title": "Supper"},
            {"at": "2021-06-15T10:00:00Z", "title": "Talks", "timezone": "America/New_York"},
        ]
    )
    return coverage


def test_a_reader_far_away(visit: Visit, told: Coverage) -> None:
    """Post, key event, agenda and head in the reader's zone, on their day; Brussels' beside."""
    page = visit(timezone_id=AWAY)
    page.goto(told.path)
    expect_live(page)
    when = page.locator("article .when")
    expect(when.locator("time")).to_have_text("21:30")
    expect(when.locator(".there")).to_have_text("02:30 in Brussels")
    expect(when.locator(".day")).to_have_text("13 June 2021")
    expect(page.locator("#keys time")).to_have_text("21:30 02:30 in Brussels")
    expect(page.locator(".correction time")).to_have_text(
        f"{now_in(AWAY)} ({now_in(TIMEZONE)} in Brussels)"
    )
    agenda = page.locator(".agenda time")
    expect(agenda).to_have_text(["21:30 Sun 02:30 there", "07:00 12:00 there", "07:00 12:00 there"])
    expect(page.locator(".colophon [data-here]")).to_contain_text("your time zone")


def test_what_comes_while_reading(visit: Visit, told: Coverage) -> None:
    """What arrives and what changes is told in the reader's zone too."""
    page = visit(timezone_id=AWAY)
    page.goto(told.path)
    expect_live(page)
    post = told.publish("Soon after", key=True, occurred_at=LATE)
    expect(page.locator(f"{post.selector} .there")).to_have_text("02:30 in Brussels")
    expect(page.locator("#keys .there")).to_have_count(2)
    told.correct(post, "Later still.")
    expect(page.locator(f"{post.selector} .correction")).to_have_count(1)
    expect(page.locator(f"{post.selector} .when .there")).to_have_count(1)
    expect(page.locator(".updated time")).to_have_text(now_in(AWAY))


def test_a_reader_at_the_place(visit: Visit, told: Coverage) -> None:
    """Where the clocks agree nothing is added, whatever the zone is called."""
    page = visit(timezone_id="Europe/Madrid")
    page.goto(told.path)
    expect_live(page)
    expect(page.locator(".there")).to_have_count(0)
    expect(page.locator(".colophon [data-here]")).to_have_text(f"All times in {TIMEZONE}")
    expect_same_as_server(page, told)


@pytest.mark.parametrize(
    ("zone", "at", "here"),
    [
        ("Asia/Tokyo", "2021-06-14T13:00:00Z", "22:00 15:00 in Brussels 14 June 2021"),
        ("Asia/Tokyo", "2021-06-14T16:00:00Z", "01:00 18:00 in Brussels 15 June 2021"),
        # Winter time: the place's clock is an hour nearer than when its coverage was opened.
        ("UTC", "2021-01-14T13:05:00Z", "13:05 14:05 in Brussels 14 January 2021"),
        ("Asia/Kathmandu", "2021-06-14T09:20:00Z", "15:05 11:20 in Brussels 14 June 2021"),
        ("Pacific/Kiritimati", "2021-06-14T09:59:00Z", "23:59 11:59 in Brussels 14 June 2021"),
        ("Pacific/Kiritimati", "2021-06-14T10:00:00Z", "00:00 12:00 in Brussels 15 June 2021"),
        ("Pacific/Pago_Pago", "2021-06-14T10:59:00Z", "23:59 12:59 in Brussels 13 June 2021"),
    ],
)
def test_any_two_zones(visit: Visit, coverage: Coverage, zone: str, at: str, here: str) -> None:
    """Half hours, summer time and the date line: both clocks are right, and so is the day."""
    coverage.publish(occurred_at=at)
    page = visit(timezone_id=zone)
    page.goto(coverage.path)
    expect(page.locator("#stream .when")).to_have_text(here)


def test_without_a_script_times_are_the_place_s(visit: Visit, told: Coverage) -> None:
    """The times are those of the place, which the foot of the page names."""
    page = visit(java_script_enabled=False, timezone_id=AWAY)
    page.goto(told.path)
    expect(page.locator("article .when time")).to_have_text("02:30")
    expect(page.locator(".colophon")).to_contain_text(f"All times in {TIMEZONE}")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_line_moves_for_it(visit: Visit, told: Coverage, width: int) -> None:
    """Times are put right before they are painted: as the page loads, and as updates come."""
    told.publish_many(12)
    page = open_live(
        visit,
        told,
        with_fonts=False,
        rough=True,
        timezone_id=AWAY,
        viewport={"width": width, "height": 800},
    )
    assert shifts(page) == []
    page.locator(told.posts[3].selector).evaluate(
        "post => scrollTo({top: post.getBoundingClientRect().top + scrollY - 20})"
    )
    for number in range(4):
        told.correct(told.posts[9], f"Note {number}.")
    told.publish(key=True)
    expect(page.locator("#toast")).to_be_visible()
    expect(page.locator(f"{told.posts[9].selector} .correction")).to_have_count(4)
    assert shifts(page) == []


def test_other_pages(visit: Visit, told: Coverage) -> None:
    """Front page, search and history tell the reader's time as well."""
    page = visit(timezone_id=AWAY)
    for path in (f"{told.path}/search?q=night", f"{told.path}/p/{told.posts[0].id}/history"):
        page.goto(path)
        expect(page.locator(".when time").first).to_have_text("21:30")
    page.goto("/")
    expect(page.locator(".updated time").first).to_contain_text(", ")


def now_in(zone: str) -> str:
    return f"{datetime.now(ZoneInfo(zone)):%H:%M}"
