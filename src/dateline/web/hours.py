"""`GET /live/{slug}/hours/{hour}`: the way into a coverage by the clock, as links."""

from datetime import datetime
from zoneinfo import ZoneInfo

from litestar import Response, get

from dateline.delivery.channel import Channel
from dateline.domain.errors import NotFound
from dateline.projections.hours import key_of
from dateline.render.page import Day, LivePage
from dateline.web.site import Site


@get("/live/{slug:str}/hours/{hour:str}", name="hour_address")
async def hour_address(slug: str, hour: str, site: Site) -> Response[bytes]:
    """An hour's address, or a day's, leads to its newest post; under it stand the others."""
    channel = await site.hub.open(slug)
    order = channel.page.hours.last(hour)
    if order is None:
        raise NotFound("Nothing in this coverage happened at that hour. See all updates.")
    post = channel.page.at(order)
    location = f"/live/{slug}?at-post={post.id}#p-{post.id}"
    headers = {"location": location, "cache-control": "public, max-age=1"}
    return Response(b"", status_code=302, headers=headers)


def days_of(channel: Channel, page: LivePage) -> list[Day]:
    """The days of a coverage, with the hours of the one that this page shows.

    None where there is nothing to choose: everything happened within an hour.
    """
    zone = channel.coverage.timezone
    hours = channel.page.hours
    first = page.focused or (page.updates[-len(page.posts)] if page.posts else None)
    shown = key_of(first.time, zone)[: len("2021-06-14")] if first else ""
    days = [
        Day(
            key=day,
            start=datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)),
            hours=hours.of_day(day, zone) if day == shown else [],
        )
        for day in hours.days()
    ]
    return days if len(days) > 1 or (days and len(days[0].hours) > 1) else []
