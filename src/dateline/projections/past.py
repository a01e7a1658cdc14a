"""The page as it was: the same fold, ended at a moment."""

from datetime import datetime

from dateline.projections.page import PageProjection
from dateline.store.log import EventLog


async def page_at(log: EventLog, slug: str, moment: datetime) -> PageProjection:
    """The page with everything that had happened by `moment`, and nothing later.

    Words that were taken down since are not in it: the log has them no more. Its cost is that of
    reading the coverage up to there.
    """
    page = PageProjection()
    while records := await log.read(slug, page.seq):
        for record in records:
            if record.time > moment:
                return page
            page.apply(record)
    return page
