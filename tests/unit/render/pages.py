"""Every surface a post can be seen on, rendered from what a log holds."""

from collections.abc import Sequence
from typing import Any

from builders import Desk
from dateline.domain.coverage import Coverage
from dateline.domain.pictures import Edition
from dateline.domain.posts import Post
from dateline.projections.front import FrontProjection
from dateline.projections.page import PageProjection
from dateline.render.briefing import briefing_html
from dateline.render.page import (
    Card,
    LivePage,
    Spoken,
    front_html,
    head_html,
    key_of,
    live_html,
    problem_html,
)
from dateline.render.post import post_html
from dateline.store.memory import MemoryEventLog
from unit.render.markup import Element, read

_BUILT = ("page.css", "around.css", "favicon.svg", "live.js", "sans-latin.woff2")
ASSETS = {name: name for name in _BUILT}


EDITION = Edition("a1b2-960.jpg", 960, 640, (480, 960))
"""The one picture of this newsroom that was uploaded."""


async def a_desk(**described: Any) -> Desk:
    desk = Desk(MemoryEventLog(editions={EDITION.media: EDITION}))
    await desk.open(**described)
    return desk


async def page_of(desk: Desk) -> PageProjection:
    page = PageProjection()
    for record in await desk.log.read(desk.slug, 0):
        page.apply(record)
    return page


def coverage_of(page: PageProjection) -> Coverage:
    assert page.coverage is not None
    return page.coverage


def fragments(page: PageProjection, posts: Sequence[Post]) -> list[str]:
    return [post_html(post, coverage_of(page)) for post in posts]


def live(page: PageProjection, **changes: Any) -> str:
    """The page of a coverage with all its posts; `changes` make it an older one, or a post's."""
    coverage = coverage_of(page)
    assert page.updated_at is not None
    posts = page.stream(limit=100)
    shown: dict[str, Any] = {
        "coverage": coverage,
        "head_html": head_html(coverage, page.updated_at),
        "briefing_html": briefing_html(page.briefed, coverage),
        "pinned": fragments(page, page.pinned()),
        "posts": fragments(page, posts),
        "keys": [key_of(post) for post in page.keys()],  # noqa: SIM118 - a list of posts, no mapping
        "seq": page.seq,
        "epoch": page.epoch,
        "count": page.count,
        "is_head": True,
        "older_url": None,
        "newer_url": None,
        "order_url": f"/live/{coverage.slug}?order=oldest",
        "updates": [*page.pinned(), *posts],
    }
    return live_html(LivePage(**shown | changes), ASSETS).decode()


def older(page: PageProjection) -> str:
    base = f"/live/{coverage_of(page).slug}"
    return live(
        page, is_head=False, older_url=f"{base}?before=2", newer_url=base, pinned=[], last_order=2
    )


def around(page: PageProjection, post: Post) -> str:
    return live(page, focus=post.id, focused=post, is_head=False)


async def front(desk: Desk, lang: str = "en") -> str:
    """The front page with the coverage in each of its lists."""
    (listed,) = await FrontProjection(desk.log).listed()
    coverage, head = listed.coverage, listed.head
    card = Card(
        slug=coverage.slug,
        title=coverage.title,
        summary=coverage.summary,
        status=coverage.status,
        language=coverage.language,
        timezone=coverage.timezone,
        updated_at=head.updated_at,
        count=head.posts,
        url=f"/live/{coverage.slug}",
    )
    html = front_html(
        live=[card],
        scheduled=[card],
        archive=[card],
        older_url="/?archive=50",
        newer_url="/?archive=0",
        lang=lang,
        languages=[Spoken("ar", "العربية", "/?lang=ar")],
        origin="",
        assets=ASSETS,
    )
    return html.decode()


def problem(title: str, detail: str, lang: str = "en") -> str:
    return problem_html(404, title, detail, lang=lang, assets=ASSETS).decode()


async def the_post(desk: Desk) -> Element:
    """The only post of a coverage, as it is read from its fragment."""
    page = await page_of(desk)
    (html,) = fragments(page, list(page.posts()))
    return read(html).one("article")
