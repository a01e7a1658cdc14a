"""What tests are about, with everything filled in that a test does not care for."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from dateline.desk.writing import Receipt, Request, write
from dateline.domain.blocks import Image, Paragraph
from dateline.domain.commands import Command, OpenCoverage, PublishPost
from dateline.domain.content import Content, Source
from dateline.domain.drafts import Colleague, Draft
from dateline.domain.events import CoverageOpened, PostPublished
from dateline.domain.people import Actor, Byline
from dateline.domain.sketch import Sketch
from dateline.store.log import EventLog

NOW = datetime(2021, 6, 14, 12, 0, 0, 123456, tzinfo=UTC)
SLUG = "summit"


def a_reporter(**changes: Any) -> Actor:
    return replace(Actor("ana", "Ana Silva", "person"), **changes)


def a_byline(**changes: Any) -> Byline:
    return replace(Byline("Ana Silva", "Dateline", "Brussels"), **changes)


def a_paragraph(text: str = "The leaders have arrived.") -> Paragraph:
    return Paragraph(text)


def an_image(**changes: Any) -> Image:
    made = Image("hall.webp", caption="The hall", credit="T. Maes", alt="An empty hall")
    return replace(made, **changes)


def a_source(**changes: Any) -> Source:
    return replace(Source("The council", kind="official"), **changes)


def a_post_id(n: int = 1) -> str:
    return f"0179f8e0-0000-7000-8000-{n:012x}"


def a_coverage(**changes: Any) -> OpenCoverage:
    """The command that opens it."""
    made = OpenCoverage(slug=SLUG, title="The summit", timezone="Europe/Brussels")
    return replace(made, **changes)


def a_post(text: str = "The leaders have arrived.", **changes: Any) -> PublishPost:
    """The command that publishes it."""
    return replace(PublishPost(blocks=(a_paragraph(text),), byline=(a_byline(),)), **changes)


def a_content(text: str = "The leaders have arrived.", **changes: Any) -> Content:
    return replace(Content(blocks=(a_paragraph(text),), byline=(a_byline(),)), **changes)


def a_sketch(text: str = "The leaders have arrived.", **changes: Any) -> Sketch:
    """A draft's content that could be published as it is."""
    made = Sketch(({"type": "paragraph", "html": text},), ({"name": "Ana Silva"},))
    return replace(made, **changes)


def a_draft(n: int = 1, text: str = "The leaders have arrived.", **changes: Any) -> Draft:
    made = Draft(a_post_id(n), SLUG, Colleague("ana", "Ana Silva"), a_sketch(text), NOW, NOW, NOW)
    return replace(made, **changes)


def opened(slug: str = SLUG) -> CoverageOpened:
    """The event of it."""
    return CoverageOpened(slug, "The summit", "en", "Europe/Brussels")


def published(n: int = 1, text: str = "The leaders have arrived.") -> PostPublished:
    """The event of it."""
    return PostPublished(a_post_id(n), a_content(text))


class Desk:
    """A desk that writes to one coverage; its clock moves on by a second with each command."""

    def __init__(self, log: EventLog, slug: str = SLUG) -> None:
        self.log = log
        self.slug = slug
        self.now = NOW

    async def open(self, **changes: Any) -> Receipt:
        return await self.do(a_coverage(slug=self.slug, **changes))

    async def do(
        self,
        command: Command,
        post: int | None = None,
        *,
        seen: int | None = None,
        key: str | None = None,
        fingerprint: str = "",
    ) -> Receipt:
        """Carry out a command, about the post of that number where it concerns one."""
        self.now += timedelta(seconds=1)
        post_id = None if post is None else a_post_id(post)
        request = Request(self.slug, command, post_id, seen, key, fingerprint)
        return await write(self.log, a_reporter(), request, now=self.now)
