"""A photo opens large, with its words; the focus comes back to where it was."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, paragraph, picture
from .reading import expect_live

pytestmark = pytest.mark.browser
FIRST = "The hall before the session."
SECOND = "The table, set for thirty."


@pytest.fixture
def page(visit: Visit, coverage: Coverage) -> Page:
    """A post with one photo, and one with a gallery of two."""
    coverage.publish("By the lake", blocks=[paragraph("Dusk."), picture()])
    images = [
        {**picture("brussels-hall.webp", caption=FIRST), "alt": "A hall"},
        {**picture("press-room.webp", caption=SECOND), "alt": "A table"},
    ]
    for image in images:
        image.pop("type")
    coverage.publish("In the hall", blocks=[{"type": "gallery", "images": images}])
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    return page


def test_a_photo_by_itself(page: Page, coverage: Coverage) -> None:
    """A click opens it with caption and credit, larger than in the text; Close leads back."""
    link = page.locator(f"{coverage.posts[0].selector} .picture a")
    small = link.locator("img").bounding_box()
    link.click()
    dialog = page.get_by_role("dialog", name="Photo")
    expect(dialog.locator("figcaption")).to_contain_text("The lake in the last light")
    expect(dialog.locator("figcaption b")).to_have_text("Illustration: The Continental")
    expect(dialog.get_by_role("img", name="A fountain before dark mountains")).to_be_visible()
    image = dialog.locator("img")
    page.wait_for_function("image => image.complete", arg=image.element_handle())
    large = image.bounding_box()
    assert small
    assert large
    assert large["width"] > small["width"] * 1.2
    expect(dialog.get_by_role("button", name="Next")).to_be_hidden()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_a_gallery_by_keyboard(page: Page, coverage: Coverage) -> None:
    """Enter opens, arrows and buttons step, Escape closes, and the focus is where it was."""
    link = page.locator(f"{coverage.posts[1].selector} .picture a").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Photo")
    caption = dialog.locator("figcaption")
    expect(caption).to_contain_text(FIRST)
    page.keyboard.press("ArrowLeft")
    expect(caption).to_contain_text(FIRST)
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text(SECOND)
    dialog.get_by_role("button", name="Previous").click()
    expect(caption).to_contain_text(FIRST)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_it_changes_meanwhile(page: Page, coverage: Coverage) -> None:
    """Where the update has changed behind the photo, the focus comes back to its new version."""
    post = coverage.posts[0]
    page.locator(f"{post.selector} .picture a").click()
    coverage.correct(post, "It was dawn.", blocks=[paragraph("Dawn.")])
    expect(page.locator(f"{post.selector} .correction")).to_have_count(1)
    page.keyboard.press("Escape")
    held = page.locator(post.selector)
    assert held.evaluate("post => post.contains(document.activeElement)")


def test_the_way_out_beside_the_photo(page: Page, coverage: Coverage) -> None:
    """A click beside the photo closes it; the page behind has not moved."""
    link = page.locator(f"{coverage.posts[0].selector} .picture a")
    link.scroll_into_view_if_needed()
    before = page.evaluate("() => scrollY")
    link.click()
    page.mouse.click(5, 400)
    expect(page.locator("#photo")).to_be_hidden()
    assert page.evaluate("() => scrollY") == before


def test_a_photo_without_a_script(visit: Visit, page: Page, coverage: Coverage) -> None:
    """A photo is a link to its file."""
    plain = visit(java_script_enabled=False)
    plain.goto(coverage.path)
    link = plain.locator(f"{coverage.posts[0].selector} .picture a")
    assert link.get_attribute("href") == "/media/geneva-dusk.webp"
