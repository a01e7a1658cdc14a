"""Whether a post is somebody's own: for those who may change nothing else."""

from dateline.auth.grants import Grant
from dateline.desk import reading
from dateline.domain.rights import Action
from dateline.web.site import Site


async def check_post(
    held: Grant, action: Action, site: Site, slug: str, post_id: str | None, *, own: bool = True
) -> None:
    """May the sender do this to that post? None is a new one, whose words are their `own` or not.

    :raises NotAllowed: they may not.
    """
    trusted = False
    # Only looked up where it makes a difference.
    if not held.may(action, slug) and held.may(action, slug, own=True, trusted=True):
        coverage, _ = await reading.coverage(site.log, slug)
        trusted = coverage.reporters_publish
        if post_id is not None:
            records = (await site.log.history(slug, [post_id])).records
            own = bool(records) and records[0].actor.id == held.actor.id
    held.check(action, slug, own=own, trusted=trusted)
