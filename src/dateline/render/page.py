"""Whole pages, around fragments that are ready."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from dateline.domain.blocks import Image
from dateline.domain.coverage import Coverage
from dateline.domain.pins import Pins
from dateline.domain.posts import Post
from dateline.projections.hours import Hour
from dateline.projections.topics import Topic
from dateline.render.environment import environment_of, newsroom
from dateline.render.jsonld import live_blog
from dateline.render.language import language_of
from dateline.render.problems import told
from dateline.render.sharing import coverage_url, shared_coverage, shared_post

Assets = Mapping[str, str]


class Key(Struct, frozen=True):
    """A key event in the rail."""

    id: str
    order: int
    headline: str
    time: datetime


class Lead(Struct, frozen=True):
    """A post that leads into another coverage."""

    headline: str
    url: str


class Card(Struct, frozen=True):
    """A coverage on the front page, or beside another; then `lead` is its post that is nearest."""

    slug: str
    title: str
    summary: str | None
    status: str
    language: str
    timezone: str
    updated_at: datetime
    count: int
    url: str
    lead: Lead | None = None


class Spoken(Struct, frozen=True):
    """A language that a page can be had in: `name` is its own."""

    code: str
    name: str
    url: str


class Day(Struct, frozen=True):
    """A day of a coverage; `hours` are only those of the day that is shown."""

    key: str
    start: datetime
    hours: list[Hour]


class TopicBar(Struct, frozen=True):
    """Where one is in a topic: the post of `place` (1 is the newest) of `count`."""

    name: str
    place: int
    count: int
    newer_url: str | None
    older_url: str | None


class LivePage(Struct, frozen=True):
    """What one page of a coverage shows. URLs are None where there is nothing further."""

    coverage: Coverage
    head_html: str
    briefing_html: str
    pinned: list[str]
    """In their order."""
    posts: list[str]
    keys: list[Key]
    seq: int
    epoch: int
    count: int
    is_head: bool
    older_url: str | None
    newer_url: str | None
    order_url: str
    """The same coverage in the other order."""
    order: str = "newest"
    """Which comes first, newest or oldest."""
    focus: str | None = None
    last_order: int = 0
    """The order of the oldest post shown; 0 where there is no older one."""
    related: list[Card] = []
    topics: list[Topic] = []
    topic: TopicBar | None = None
    days: list[Day] = []
    at: datetime | None = None
    """The moment it shows; None for now."""
    updates: list[Post] = []
    """The posts it shows, for machines."""
    focused: Post | None = None
    pins: Pins = Pins()
    """How the desk has set that order."""
    updated_at: datetime | None = None
    origin: str = ""
    """The site's own address, without a slash."""


def key_of(post: Post) -> Key:
    return Key(post.id, post.order, post.content.headline or "", post.time)


def head_html(coverage: Coverage, updated_at: datetime) -> str:
    """The fragment of a coverage's head. `updated_at` is when anything last changed."""
    template = environment_of(coverage.language).get_template("head.html.j2")
    return template.render(coverage=replace(coverage, updated_at=updated_at)).strip()


def live_html(page: LivePage, assets: Assets) -> bytes:
    coverage, origin = page.coverage, page.origin
    card = (
        shared_post(page.focused, coverage, origin)
        if page.focused
        else shared_coverage(coverage, origin, page.updated_at)
    )
    return _bytes(
        coverage.language,
        "page.html.j2",
        {name: getattr(page, name) for name in LivePage.__struct_fields__},
        canonical=coverage_url(coverage, origin),
        card=card,
        lead=_lead(page.focused or next(iter(page.updates), None)),
        oembed_url=f"{origin}/oembed?{urlencode({'url': card.url, 'format': 'json'})}",
        live_blog=Markup(  # noqa: S704 - jsonld escapes all that could end the element
            live_blog(
                coverage,
                page.updates,
                origin=origin,
                newsroom=newsroom(),
                updated_at=page.updated_at,
            )
        ),
        assets=assets,
    )


def finding_html(page: LivePage) -> bytes:
    """What leads through a coverage, alone: for a page that is open."""
    values = {name: getattr(page, name) for name in LivePage.__struct_fields__}
    return _bytes(page.coverage.language, "finding.html.j2", values)


def _lead(post: Post | None) -> Image | None:
    """The picture that is seen first, if the page begins with one. The fragment can't know that it
    stands on top, so its pictures are all fetched late; the page's head asks for this one at once.
    """
    if post is None or post.status != "published":
        return None
    return next((one for one in post.content.blocks[:2] if isinstance(one, Image)), None)


def front_html(
    *,
    live: list[Card],
    scheduled: list[Card],
    archive: list[Card],
    older_url: str | None,
    newer_url: str | None,
    lang: str,
    languages: list[Spoken],
    origin: str,
    assets: Assets,
) -> bytes:
    return _bytes(
        lang,
        "front.html.j2",
        {},
        live=live,
        scheduled=scheduled,
        archive=archive,
        older_url=older_url,
        newer_url=newer_url,
        languages=languages,
        origin=origin,
        assets=assets,
    )


def problem_html(
    status: int, title: str, detail: str, *, lang: str, assets: Assets, is_desk: bool = False
) -> bytes:
    """`is_desk`: it was somebody at the desk, and leads back there."""
    title, detail = told(status, title, detail, language_of(lang))
    return _bytes(
        lang,
        "problem.html.j2",
        {},
        status=status,
        title=title,
        detail=detail,
        assets=assets,
        is_desk=is_desk,
    )


def _bytes(lang: str, template: str, values: Mapping[str, object], **more: object) -> bytes:
    return environment_of(lang).get_template(template).render({**values, **more}).encode()
