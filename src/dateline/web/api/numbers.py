"""The API's numbers of a coverage: readers now, posts by the hour, how long a post waits."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from msgspec import Struct
from prometheus_client import CollectorRegistry

from dateline.desk import reading
from dateline.domain.numbers import Hour, by_hour, seconds_to_publication
from dateline.web.api.answers import json
from dateline.web.api.incoming import grant, now
from dateline.web.audience import DESK
from dateline.web.site import Site

MOST_POSTS = 5_000
"""So many are counted by the hour, the newest."""


class NumbersAnswer(Struct, frozen=True):
    """`readers` is how many streams are open, `published_after` the median in seconds from filing
    to publication, `hours` the last 24."""

    readers: int
    posts: int
    hours: list[Hour]
    published_after: float | None
    updated_at: datetime


@get("/api/coverages/{slug:str}/numbers", name="read_numbers", opt=DESK)
async def read_numbers(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """The numbers of a coverage, as they are now."""
    (await grant(request, site)).check("see", slug, own=True)
    await reading.coverage(site.log, slug)
    channel = await site.hub.open(slug)
    page = channel.page
    newest = page.listed(before=page.seq + 1, limit=MOST_POSTS)
    answer = NumbersAnswer(
        readers=_readers(site.figures, slug),
        posts=page.count,
        hours=by_hour((post.published_at for post in newest), now()),
        published_after=seconds_to_publication(await site.drafts.listed(slug, "published")),
        updated_at=channel.updated_at,
    )
    return json(answer)


def _readers(figures: CollectorRegistry, slug: str) -> int:
    """Of all workers together."""
    values = [
        sample.value
        for metric in figures.collect()
        if metric.name == "dateline_readers"
        for sample in metric.samples
        if sample.labels.get("coverage") == slug
    ]
    return int(sum(values))
