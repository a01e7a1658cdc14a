"""A reader whose browser runs no JavaScript has the whole coverage."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, Newsroom, Post, paragraph, picture
from .reading import ids_of, until

pytestmark = pytest.mark.browser
MANY = 335


@pytest.fixture(scope="module")
def long(newsroom: Newsroom) -> Coverage:
    """A coverage of a long day: the second post is pinned, the fourth withdrawn."""
    coverage = newsroom.open("a-long-day")
    coverage.publish_many(MANY)
    coverage.act(coverage.posts[1], "pin")
    coverage.withdraw(coverage.posts[3], "it was about another summit")
    return coverage


@pytest.fixture
def plain(visit: Visit) -> Page:
    return visit(java_script_enabled=False)


def test_everything_is_there(plain: Page, coverage: Coverage) -> None:
    """Title, status, summary, pinned post, key events and posts stand in the HTML."""
    first = coverage.publish("First", pinned=True)
    second = coverage.publish("Second", key=True)
    third = coverage.publish("Third")
    plain.goto(coverage.path)
    head = plain.locator("#coverage-head")
    expect(head.locator("h1")).to_have_text(coverage.title)
    expect(head.locator(".status")).to_have_text("Live")
    expect(head.locator(".summary")).to_have_text(
        "Thirty leaders meet on Monday; on Wednesday two presidents do."
    )
    assert ids_of(plain, "#pinned") == [first.id]
    assert ids_of(plain, "#stream") == [third.id, second.id]
    key = plain.locator("#keys li")
    expect(key).to_have_count(1)
    expect(key.locator("span")).to_have_text("Second")
    key.locator("a").click()
    expect(plain.locator(second.selector)).to_be_in_viewport()


def test_older_posts_by_links(plain: Page, long: Coverage) -> None:
    """Following “Older updates” to the end meets every post once, newest first."""
    plain.goto(long.path)
    found = ids_of(plain, "#stream")
    older = plain.locator('.pager a[rel="next"]')
    while older.count():
        with plain.expect_navigation():
            older.click()
        found += ids_of(plain, "#stream")
        assert ids_of(plain, "#pinned") in ([], [long.posts[1].id])
    expected = [post.id for post in reversed(long.posts) if post is not long.posts[1]]
    assert found == expected


def test_newer_posts_by_links(plain: Page, long: Coverage) -> None:
    """“Newer updates” leads from the middle back to the newest page, leaving nothing out."""
    plain.goto(f"{long.path}?at-post={long.posts[200].id}")
    pages = [ids_of(plain, "#stream")]
    newer = plain.locator('.pager a[rel="prev"]')
    while newer.count():
        with plain.expect_navigation():
            newer.click()
        pages.append(ids_of(plain, "#stream"))
    assert pages[-1][0] == long.posts[-1].id
    seen = {post for one in pages for post in one}
    assert {post.id for post in long.posts[200:]} <= seen


@pytest.mark.parametrize(
    "back", [1, 30, 31, 300, MANY], ids=lambda back: f"the one {back} posts back"
)
def test_a_post_has_an_address(plain: Page, long: Coverage, back: int) -> None:
    """A post's address leads to the page on which it stands, and to its place there."""
    post = long.posts[-back]
    plain.goto(f"{long.path}/p/{post.id}")
    expect_at(plain, post)


def test_a_link_to_a_pinned_post(plain: Page, long: Coverage) -> None:
    """A pinned post's address leads to the pinned section, however old it is."""
    plain.goto(f"{long.path}/p/{long.posts[1].id}")
    expect_at(plain, long.posts[1])
    assert ids_of(plain, "#pinned") == [long.posts[1].id]


def test_a_link_to_a_withdrawn_post(plain: Page, long: Coverage) -> None:
    """A withdrawn post's address leads to one line that gives the reason, without the words."""
    post = long.posts[3]
    plain.goto(f"{long.path}/p/{post.id}")
    expect_at(plain, post)
    article = plain.locator(post.selector)
    expect(article.locator(".withdrawn")).to_contain_text("it was about another summit")
    assert post.headline not in article.inner_text()


def test_a_link_to_a_post_that_was_taken_down(plain: Page, coverage: Coverage) -> None:
    """The address of a post that was taken down says so, and repeats none of its words."""
    post = coverage.publish("A libel")
    coverage.act(post, "redact")
    answer = plain.goto(f"{coverage.path}/p/{post.id}")
    assert answer
    assert answer.status == 410
    expect(plain.locator("h1")).to_be_visible()
    assert "libel" not in plain.content()


def test_a_correction_says_what_and_when(plain: Page, coverage: Coverage) -> None:
    """A corrected post bears a note with a time under its new words."""
    post = coverage.publish("Thirty-one leaders")
    coverage.correct(post, "There are thirty leaders, not thirty-one.", headline="Thirty leaders")
    plain.goto(coverage.path)
    article = plain.locator(post.selector)
    expect(article.locator("h2")).to_have_text("Thirty leaders")
    note = article.locator(".correction")
    expect(note).to_contain_text("There are thirty leaders, not thirty-one.")
    expect(note.locator("time")).to_be_visible()


def test_a_picture_has_its_words(plain: Page, coverage: Coverage) -> None:
    """A picture is shown in its own proportions, with alt text, caption and credit."""
    post = coverage.publish("By the lake", blocks=[paragraph("Dusk."), picture()])
    plain.goto(coverage.path)
    figure = plain.locator(f"{post.selector} .picture")
    image = figure.locator("img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_attribute("alt", "A fountain before dark mountains under an orange sky")
    expect(figure.locator("figcaption")).to_contain_text("The lake in the last light")
    expect(figure.locator("figcaption b")).to_have_text("Illustration: The Continental")
    box = image.bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 1520 / 950) < 0.02


def test_the_way_to_newer_posts_is_named(plain: Page, coverage: Coverage) -> None:
    """Where no script runs, a link says how to get what is new."""
    coverage.publish()
    plain.goto(coverage.path)
    newest = coverage.publish("The newest")

    def is_there_after_a_click() -> bool:
        # The page may be kept for a second, so the first click may come too early.
        plain.get_by_role("link", name="Load newer updates").click()
        return plain.locator(newest.selector).is_visible()

    until(plain, is_there_after_a_click, "the newest post does not come", 10)


def expect_at(page: Page, post: Post) -> None:
    assert page.url.endswith(f"#p-{post.id}"), page.url
    article = page.locator(post.selector)
    expect(article).to_have_count(1)
    expect(article).to_be_in_viewport()
