"""Every kind of page: nothing fails on it, it fits, it follows the reader's wishes."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, Newsroom, paragraph, picture
from .reading import expect_live

pytestmark = pytest.mark.browser
LIGHT, DARK = "rgb(251, 250, 247)", "rgb(18, 19, 21)"
KINDS = ["front", "live", "older", "post", "ended", "missing"]
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG_URL = f"https://example.org/{'a-path-without-any-place-to-break/' * 6}"


@pytest.fixture(scope="module")
def all_kinds(newsroom: Newsroom) -> dict[str, str]:
    """The path of one page of each kind, with posts that try to break out of the column."""
    ended = newsroom.open("form-ended", status="live")
    ended.publish()
    ended.set_status("ended")
    newsroom.open("form-scheduled", f"Scheduled: {LONG_WORD}", status="scheduled")
    live = newsroom.open("form", f"Everything that could be too wide: {LONG_WORD}")
    live.publish(f"Old: {LONG_WORD}")
    live.publish_many(33)
    for number in range(6):
        live.publish(f"Key event {number}: {LONG_WORD}", key=True)
    live.publish(
        f"Wide: {LONG_WORD}",
        pinned=True,
        blocks=[
            paragraph(f'{LONG_WORD} and <a href="{LONG_URL}">{LONG_URL}</a>'),
            {"type": "heading", "text": LONG_WORD},
            {
                "type": "list",
                "ordered": True,
                "items": [LONG_WORD, "<code>" + "x" * 200 + "</code>"],
            },
            {"type": "quote", "text": LONG_WORD, "speaker": LONG_WORD, "role": LONG_WORD},
            {"type": "link", "url": LONG_URL},
            {"type": "embed", "url": LONG_URL},
            picture(),
            {
                "type": "gallery",
                "images": [
                    {k: v for k, v in picture(media).items() if k != "type"}
                    for media in ("library.webp", "press-room.webp", "aeroplane.webp")
                ],
            },
        ],
        sources=[{"name": LONG_WORD, "kind": "official", "verification": "unconfirmed"}] * 3,
        topics=[LONG_WORD[:60]] * 1,
        byline=[{"name": LONG_WORD, "organisation": LONG_WORD, "place": LONG_WORD}] * 2,
    )
    unsized = {k: v for k, v in picture().items() if k not in ("width", "height")}
    live.publish("A picture of unknown size", blocks=[unsized])
    return {
        "front": "/",
        "live": live.path,
        "older": f"{live.path}?before={live.posts[5].seq}",
        "post": f"{live.path}/p/{live.posts[2].id}",
        "ended": ended.path,
        "missing": "/live/there-is-no-such-coverage",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_goes_wrong(visit: Visit, all_kinds: dict[str, str], kind: str) -> None:
    """No error in the console, no failed request, nothing from elsewhere or against the policy."""
    page = visit()
    answer = page.goto(all_kinds[kind])
    assert answer
    assert answer.status == (404 if kind == "missing" else 200)
    if kind in ("live", "older", "post"):
        expect_live(page)
    page.evaluate("() => document.fonts.ready")
    _see_all(page)
    expect(page.locator("h1")).to_have_count(1)
    assert page.title()


@pytest.mark.parametrize(("kind", "width"), [*product(KINDS, [320, 390, 768, 1280])])
def test_it_fits(visit: Visit, all_kinds: dict[str, str], kind: str, width: int) -> None:
    """Nothing has to be scrolled sideways, but the rail of key events and the line of topics."""
    page = visit(viewport={"width": width, "height": 800})
    page.goto(all_kinds[kind])
    page.evaluate("() => document.fonts.ready")
    inner, outer = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert inner <= outer, f"{inner - outer} px too wide"
    beyond = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(e => !e.closest("#keys ol, #topics, .unseen, .skip, [hidden]"))
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.tagName + "." + e.className + ": " + e.textContent.slice(0, 60))"""
    )
    assert not beyond


def test_pictures_keep_their_place_free(visit: Visit, all_kinds: dict[str, str]) -> None:
    """A picture that has not come yet has its size already, so that nothing moves when it comes."""
    page = visit(rough=True)
    page.goto(all_kinds["live"])
    images = page.locator("img")
    assert images.count() == 5
    for image in images.all():
        ratio = image.evaluate("image => getComputedStyle(image).aspectRatio")
        assert "/" in ratio, f"{image.get_attribute('src')}: {ratio}"


@pytest.mark.parametrize(("scheme", "paper"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("kind", ["front", "live", "missing"])
def test_light_and_dark(
    visit: Visit, all_kinds: dict[str, str], kind: str, scheme: str, paper: str
) -> None:
    """The page follows the system's light or dark, with and without scripts."""
    for with_script in (True, False):
        page = visit(color_scheme=scheme, java_script_enabled=with_script)
        page.goto(all_kinds[kind])
        expect(page.locator("body")).to_have_css("background-color", paper)


@pytest.mark.parametrize(
    ("motion", "name"), [("reduce", "none"), ("no-preference", "arrive")], ids=["less", "as usual"]
)
def test_less_motion(visit: Visit, all_kinds: dict[str, str], motion: str, name: str) -> None:
    """Whoever has asked their system for less motion gets none."""
    page = visit(reduced_motion=motion)
    page.goto(all_kinds["live"])
    article = page.locator("#stream article").first
    article.evaluate("article => article.classList.add('is-new')")
    expect(article).to_have_css("animation-name", name)


def test_the_skip_link(visit: Visit, coverage: Coverage) -> None:
    """The first Tab shows a link that leads past the head to the updates and their words."""
    coverage.publish()
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#updates")).to_be_focused()
    for control in ("Oldest first", "Pause"):
        page.keyboard.press("Tab")
        expect(page.get_by_text(control)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("#stream").evaluate("stream => stream.contains(document.activeElement)")


def test_the_rail_by_keyboard(visit: Visit, all_kinds: dict[str, str]) -> None:
    """The key events can be scrolled and opened without a mouse."""
    page = visit()
    page.goto(all_kinds["live"])
    page.locator("#keys ol").focus()
    page.keyboard.press("Tab")
    first = page.locator("#keys a").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**at-post=*")
    expect(page.locator("h2", has_text="Key event 5").first).to_be_in_viewport()


def _see_all(page: Page) -> None:
    """Go down to the end, so that the pictures that load lazily are loaded."""
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=image.element_handle()
        )
