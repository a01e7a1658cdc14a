"""A coverage on somebody else's page, from another origin and under that page's own policy."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Page, expect

from integration.server import Server

from .conftest import Visit
from .hosting import Host, hosting
from .newsroom import Coverage, paragraph, picture
from .reading import until
from .test_axe import AXE, violations

pytestmark = pytest.mark.browser
DARK = (
    "body { background: rgb(16, 24, 32); color: rgb(240, 230, 210);"
    " --dateline-accent: rgb(255, 180, 80) }"
)
LIGHT = "body { background: rgb(255, 255, 255); color: rgb(20, 20, 20) }"


@pytest.fixture
def host(server: Server) -> Iterator[Host]:
    with hosting(server.address) as found:
        yield found


def component(server: Server, coverage: Coverage, **attributes: Any) -> str:
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<script async src="{server.address}/embed/live.js"></script>'
        f'<dateline-live src="{coverage.url}"{told}></dateline-live>'
    )


def frame_of(page: Page) -> Frame:
    found = page.locator("iframe").element_handle().content_frame()
    assert found
    return found


def ids(page: Page | Frame) -> list[str]:
    found = page.locator("#posts article").evaluate_all("all => all.map(a => a.id)")
    return [str(one)[2:] for one in found]


@pytest.fixture
def page(visit: Visit, host: Host, server: Server, coverage: Coverage) -> Page:
    """A dark page with four posts of ours, its stream open."""
    coverage.publish_many(6)
    page = visit(at=host.address, also=server.address)
    with page.expect_request(lambda request: request.resource_type == "eventsource"):
        page.goto(host.page("/dark", component(server, coverage, posts=4), DARK))
    expect(page.locator("#posts article")).to_have_count(4)
    return page


def test_it_stands_there_and_follows(page: Page, coverage: Coverage) -> None:
    """The newest posts; a new one comes by itself at the top and the oldest makes room."""
    assert ids(page) == [post.id for post in coverage.posts[:1:-1]]
    post = coverage.publish("Just now")
    expect(page.locator(post.selector)).to_be_visible()
    assert ids(page) == [post.id for post in coverage.posts[:2:-1]]
    expect(page.locator("#announce")).to_have_text("1 new update")


def test_what_happens_to_posts(page: Page, coverage: Coverage) -> None:
    """Correction, withdrawal, takedown and pin reach the open page of the other site."""
    first, second, third, fourth = coverage.posts[:1:-1]
    coverage.correct(first, "At ten, not at nine.", blocks=[paragraph("The cars came at ten.")])
    expect(page.locator(first.selector)).to_contain_text("At ten, not at nine.")
    coverage.withdraw(second, "It was another minister")
    expect(page.locator(second.selector)).to_contain_text("withdrawn")
    coverage.act(third, "redact")
    expect(page.locator(third.selector)).to_have_count(0)
    coverage.act(fourth, "pin")
    expect(page.locator("#posts article").first).to_have_id(f"p-{fourth.id}")
    coverage.act(first, "pin")
    expect(page.locator("#posts article").first).to_have_id(f"p-{first.id}")
    coverage.order(fourth, first)
    expect(page.locator("#posts article").first).to_have_id(f"p-{fourth.id}")
    expect(page.locator("#posts article").nth(1)).to_have_id(f"p-{first.id}")
    coverage.describe(title="Three summits")
    expect(page.locator("#coverage-head h1")).to_have_text("Three summits")


def test_one_update(visit: Visit, host: Host, server: Server, coverage: Coverage) -> None:
    """The address of an update shows that one alone; its correction comes, other updates don't."""
    one = coverage.publish_many(3)[1]
    page = visit(at=host.address, also=server.address)
    markup = component(server, coverage).replace(coverage.url, f"{coverage.url}/p/{one.id}")
    with page.expect_request(lambda request: request.resource_type == "eventsource"):
        page.goto(host.page("/one", markup, DARK))
    assert ids(page) == [one.id]
    coverage.publish("Just now")
    coverage.correct(one, "At ten, not at nine.", blocks=[paragraph("The cars came at ten.")])
    expect(page.locator(one.selector)).to_contain_text("At ten, not at nine.")
    assert ids(page) == [one.id]
    expect(page.locator("#toast")).to_be_hidden()


def test_the_pages_colours(page: Page) -> None:
    """Text in the page's colour on the page's ground; its accent where ours would stand."""
    post = page.locator("#posts .what p").last
    assert post.evaluate("one => getComputedStyle(one).color") == "rgb(240, 230, 210)"
    ground = page.locator("#posts article").first
    assert ground.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
    state = page.locator(".state strong")
    assert state.evaluate("one => getComputedStyle(one).color") == "rgb(255, 180, 80)"


def test_addresses_and_pictures_are_ours(page: Page, server: Server, coverage: Coverage) -> None:
    """Links lead to our pages in a tab of their own, pictures come from us."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    post = coverage.publish("A picture", blocks=[picture()])
    shown = page.locator(f"{post.selector} img")
    expect(shown).to_be_visible()
    shown.scroll_into_view_if_needed()
    page.wait_for_function("one => one.naturalWidth > 0", arg=shown.element_handle())
    for link in page.locator("#coverage a").all():
        assert (link.get_attribute("href") or "").startswith(server.address)
        assert link.get_attribute("target") == "_blank"
    assert set(asked) <= {urlsplit(server.address).netloc}


def test_nothing_moves_under_the_reader(page: Page, coverage: Coverage) -> None:
    """Who reads further down finds a button, and the new post where it leads."""
    page.set_viewport_size({"width": 600, "height": 400})
    page.locator("#posts article").nth(2).scroll_into_view_if_needed()
    read = page.locator("#posts article").nth(2)
    before = read.bounding_box()
    post = coverage.publish("Meanwhile")
    toast = page.locator("#toast")
    expect(toast).to_have_text("1 new update")
    assert (read.bounding_box() or {}).get("y") == pytest.approx((before or {}).get("y"), abs=1)
    toast.click()
    expect(page.locator(post.selector)).to_be_in_viewport()
    expect(toast).to_be_hidden()


def test_taken_out_it_is_quiet(page: Page, coverage: Coverage) -> None:
    """Out of the page it closes its stream; put back it shows what it has missed."""
    page.evaluate("window.kept = document.querySelector('dateline-live'); kept.remove()")
    post = coverage.publish("Meanwhile")
    page.evaluate("document.querySelector('main').append(kept)")
    expect(page.locator(post.selector)).to_be_visible()


def test_where_there_is_no_coverage(visit: Visit, host: Host, server: Server) -> None:
    """What the page's author has put inside stands there instead."""
    page = visit(rough=True, at=host.address, also=server.address)
    body = (
        f'<script async src="{server.address}/embed/live.js"></script>'
        f'<dateline-live src="{server.address}/live/none"><p>Come back later.</p></dateline-live>'
    )
    page.goto(host.page("/none", body))
    page.wait_for_function("() => !!customElements.get('dateline-live')")
    expect(page.get_by_text("Come back later.")).to_be_visible()


def framed(server: Server, coverage: Coverage, query: str = "") -> str:
    return (
        f'<iframe src="{server.address}/embed/{coverage.slug}{query}" title="Live"></iframe>'
        f'<script async src="{server.address}/embed/resize.js"></script>'
    )


def height_of(page: Page) -> int:
    return int(page.locator("iframe").evaluate("one => one.offsetHeight"))


def test_a_frame(visit: Visit, host: Host, server: Server, coverage: Coverage) -> None:
    """It is as high as what it shows, also when that grows; it follows; it takes the colours."""
    coverage.publish_many(3)
    page = visit(at=host.address, also=server.address)
    style = f"{DARK} iframe {{ border: 0; width: 100% }}"
    page.goto(host.page("/frame", framed(server, coverage), style))
    frame = frame_of(page)
    until(page, lambda: height_of(page) > 300, "the frame does not grow")
    body = frame.locator("body")
    for property_, colour in (
        ("color", "rgb(240, 230, 210)"),
        ("background-color", "rgb(16, 24, 32)"),
    ):
        expect(body).to_have_css(property_, colour)
    before = height_of(page)
    post = coverage.publish("Just now")
    expect(frame.locator(post.selector)).to_be_visible()
    until(page, lambda: height_of(page) > before, "the frame does not grow with its posts")
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
    coverage.act(post, "redact")
    expect(frame.locator(post.selector)).to_have_count(0)


def test_a_frame_without_scripts(
    visit: Visit, host: Host, server: Server, coverage: Coverage
) -> None:
    """The posts are there all the same; their links lead out of the frame."""
    coverage.publish_many(2)
    page = visit(java_script_enabled=False, at=host.address, also=server.address)
    page.goto(host.page("/frame", framed(server, coverage)))
    frame = frame_of(page)
    expect(frame.locator("#posts article")).to_have_count(2)
    with page.context.expect_page() as opened:
        frame.locator(".more a").first.click()
    assert opened.value.url == coverage.url


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
def test_it_shuts_nobody_out(
    visit: Visit, host: Host, server: Server, coverage: Coverage, style: str
) -> None:
    """No violation of WCAG 2.2 AA, in the component and in the frame, on light and dark pages."""
    coverage.publish("Key", key=True, blocks=[picture(), paragraph("They <em>came</em>.")])
    coverage.publish("Unsure", sources=[{"name": "A radio"}], topics=["Talks"])
    page = visit(at=host.address, also=server.address, bypass_csp=True, reduced_motion="reduce")
    page.goto(host.page("/axe", component(server, coverage), style))
    expect(page.locator("#posts article")).to_have_count(2)
    page.evaluate(AXE.read_text())
    found = violations(page)
    page.goto(f"{server.address}/embed/{coverage.slug}")
    page.evaluate(AXE.read_text())
    found += violations(page)
    assert not found, "\n".join(found)
