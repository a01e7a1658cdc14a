"""All posts of a coverage: found, chosen, changed together, and what became of each."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage, picture
from browser.reading import until

from .conftest import Desk, expect_sent, posts_of

pytestmark = pytest.mark.browser


def test_posts_are_found_by_what_they_are(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """By author, state, mark, topic, by what is missing, and by words; those that come in, too; and
    who comes back from one finds the list as it was."""
    tom = [{"name": "Tom Okafor", "place": "Geneva"}]
    coverage.publish("Cars arrive", topics=["NATO"], key=True)
    coverage.publish("Rain falls", byline=tom)
    coverage.correct(coverage.publish("At nine"), "It was ten.", headline="At ten")
    coverage.withdraw(coverage.publish("In the hall"), "It was another hall.")
    coverage.publish("The lake", blocks=[picture()], sources=[{"name": "A witness"}])
    page = desk(editor, coverage, "posts")
    expect(rows(page)).to_have_count(5)
    for name, value, left in (
        ("By", "Tom Okafor", ["Rain falls"]),
        ("State", "corrected", ["At ten"]),
        ("State", "withdrawn", ["It was another hall."]),
        ("Mark", "key", ["Cars arrive"]),
        ("Topic", "NATO", ["Cars arrive"]),
        ("Without", "source", ["At ten", "Rain falls", "Cars arrive"]),
        ("Without", "credit", []),
    ):
        field = page.get_by_role("combobox", name=name, exact=True)
        field.select_option(value)
        expect_titles(page, left)
        field.select_option("")
    page.get_by_role("searchbox", name="Words").fill("geneva RAIN")
    expect_titles(page, ["Rain falls"])
    page.get_by_role("link", name="Rain falls").click()
    page.get_by_role("heading", name="Rain falls").wait_for()
    page.get_by_role("link", name="All posts").click()
    expect_titles(page, ["Rain falls"])
    coverage.publish("More rain", byline=tom)
    expect_titles(page, ["More rain", "Rain falls"])
    coverage.act(coverage.posts[1], "redact")
    expect_titles(page, ["More rain"])


def test_several_are_changed_together_by_keys(
    desk: Desk, coverage: Coverage, visit: Visit, editor: Someone
) -> None:
    """Chosen with Space, Shift and the arrows; marked; withdrawn with one reason: no mouse."""
    coverage.publish_many(5)
    reader = visit()
    reader.goto(coverage.path)
    page = desk(editor, coverage, "posts")
    expect(rows(page)).to_have_count(5)
    box = rows(page).nth(1).get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".bulk")).to_contain_text("3 chosen")
    page.keyboard.press("Shift+Tab")
    page.locator(".bulk [data-bulk=key]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".report")).to_contain_text("Key event: done with 3 posts.")
    expect_sent(page)
    assert [post["key"] for post in posts_of(editor, coverage)] == [False, True, True, True, False]
    expect(reader.locator("article[data-key]")).to_have_count(3)
    rows(page).nth(0).get_by_role("checkbox").focus()
    page.keyboard.press("Control+a")
    expect(page.locator(".bulk")).to_contain_text("5 chosen")
    page.keyboard.press("Escape")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.locator(".bulk [data-bulk=withdraw]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("They came from a test.")
    page.keyboard.press("Enter")
    expect(page.locator(".report")).to_contain_text("Withdraw: done with 2 posts.")
    expect(reader.get_by_text("They came from a test.")).to_have_count(2)
    expect_titles(page, ["They came from a test."] * 2, first=2)


def test_what_is_refused_is_told_and_can_be_chosen_again(
    desk: Desk, coverage: Coverage, editor: Someone
) -> None:
    """Of three that get a topic one was changed meanwhile: two have it, the third says why not,
    also after a reload; chosen again it gets it, and nothing of the others' change is lost."""
    coverage.publish_many(3)
    page = desk(editor, coverage, "posts", rough=True)
    expect(rows(page)).to_have_count(3)
    held: list[Route] = []
    page.route("**/posts/*", lambda route: _hold(route, held))
    rows(page).nth(0).get_by_role("checkbox").focus()
    page.keyboard.press("Control+a")
    page.locator(".bulk [data-bulk=topic]").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Brussels")
    page.keyboard.press("Enter")
    until(page, lambda: held, "the first command is on its way")
    expect(page.locator(".report")).to_contain_text("0 of 3 answered.")
    coverage.revise(coverage.posts[0], headline="Changed meanwhile")
    held[0].continue_()
    report = page.locator(".report")
    expect(report).to_contain_text("done with 2 of 3.")
    expect(report).to_contain_text("1 post was not accepted:")
    page.reload()
    expect(report).to_contain_text("1 post was not accepted:")
    expect_titles(page, ["Changed meanwhile"], first=1, last=True)
    report.get_by_role("button", name="Choose those again").click()
    page.locator(".bulk [data-bulk=topic]").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Brussels")
    page.keyboard.press("Enter")
    expect(report).to_contain_text("done with 1 post.")
    posts = posts_of(editor, coverage)
    assert [post["topics"] for post in posts] == [["Brussels"]] * 3
    assert posts[0]["headline"] == "Changed meanwhile"


def test_without_a_network_they_wait(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """What is filed offline waits in its order, and each is carried out once."""
    coverage.publish_many(3)
    page = desk(editor, coverage, "posts", rough=True)
    expect(rows(page)).to_have_count(3)
    page.context.set_offline(True)
    rows(page).nth(0).get_by_role("checkbox").focus()
    page.keyboard.press("Control+a")
    page.locator(".bulk [data-bulk=pin]").click()
    expect(page.locator(".report")).to_contain_text("0 of 3 answered.")
    page.context.set_offline(False)
    expect(page.locator(".report")).to_contain_text("Pin: done with 3 posts.")
    assert all(post["pinned"] for post in posts_of(editor, coverage))


def test_sources_are_checked_together(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """Whatever of the chosen posts rests on an unconfirmed source is confirmed with one answer."""
    coverage.publish("Shots are heard", sources=[{"name": "A witness"}])
    coverage.publish("The square is empty", sources=[{"name": "The police"}])
    coverage.publish("Nobody says so")
    page = desk(editor, coverage, "posts")
    expect(rows(page)).to_have_count(3)
    rows(page).nth(0).get_by_role("checkbox").focus()
    page.keyboard.press("Control+a")
    page.locator(".bulk [data-bulk=verification]").click()
    page.get_by_role("dialog").get_by_label("Confirmed", exact=True).check()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".report")).to_contain_text("Verification: done with 2 posts.")
    sources = [one for post in posts_of(editor, coverage) for one in post.get("sources", [])]
    assert [one["verification"] for one in sources] == ["confirmed"] * 2


def test_who_may_not_mark_has_nothing_to_choose(
    desk: Desk, coverage: Coverage, reporter: Someone
) -> None:
    """A reporter finds and reads all posts, and is offered no box."""
    coverage.publish("Cars arrive")
    page = desk(reporter, coverage, "posts")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).get_by_role("checkbox")).to_have_count(0)


def _hold(route: Route, held: list[Route]) -> None:
    if route.request.method == "PATCH" and not held:
        held.append(route)
    else:
        route.continue_()


def rows(page: Page) -> Locator:
    return page.locator(".post-list li")


def expect_titles(
    page: Page, expected: list[str], *, first: int | None = None, last: bool = False
) -> None:
    """Wait until these are the posts that are listed, or the first or last of them."""
    part = slice(-len(expected), None) if last else slice(first)

    def titles() -> list[str]:
        return page.locator(".post-list .title a").all_inner_texts()[part]

    until(page, lambda: titles() == expected, f"{expected} are listed")
