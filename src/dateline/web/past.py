"""`GET /live/{slug}?at=…`: a coverage as it was at a moment, as links and without a script."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from litestar.exceptions import HTTPException

from dateline.domain.coverage import Coverage
from dateline.domain.errors import NotFound
from dateline.domain.posts import Post
from dateline.projections.page import PageProjection
from dateline.projections.past import page_at
from dateline.render.briefing import briefing_html
from dateline.render.language import SOURCE, language_of
from dateline.render.page import head_html
from dateline.render.post import post_html
from dateline.store.log import EventLog


class Past:
    """A coverage at a moment: what a page is made of, as its channel has it for now."""

    def __init__(self, slug: str, page: PageProjection, coverage: Coverage) -> None:
        self.slug = slug
        self.page = page
        self.coverage = coverage

    @property
    def seq(self) -> int:
        return self.page.seq

    def head(self) -> str:
        return head_html(self.coverage, self.page.updated_at or self.coverage.opened_at)

    def briefing(self) -> str:
        return briefing_html(self.page.briefed, self.coverage)

    def fragment(self, post: Post) -> str:
        return post_html(post, self.coverage)


async def past(log: EventLog, now: Coverage, moment: datetime) -> Past:
    """The coverage as it was at `moment`.

    :raises NotFound: it was not opened yet.
    """
    page = await page_at(log, now.slug, moment)
    if page.coverage is None:
        when = language_of(SOURCE).full(now.opened_at, now.timezone)
        raise NotFound(f"This coverage was opened on {when}. Ask for a later time.")
    return Past(now.slug, page, page.coverage)


def moment_of(value: str, zone: str) -> datetime:
    """The moment that `?at=` names (RFC 3339); without an offset, by the coverage's clock.

    :raises HTTPException: it is none.
    """
    try:
        # In a query a plus sign may have become a space.
        moment = datetime.fromisoformat(value.replace(" ", "+"))
        local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise HTTPException(
            status_code=400,
            detail="`at` has to be a time, such as 2021-06-14T12:00Z. Go back to the newest page.",
        ) from error
