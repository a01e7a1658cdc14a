"""How far a takedown is: what is emptied here, and what is left for people to do.

Nothing is said to be done that was not looked at just now.
"""

from datetime import datetime
from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from dateline.domain.errors import NotFound
from dateline.domain.events import PostRedacted, Record, Tombstone
from dateline.domain.sketch import NOTHING
from dateline.store.codec import carries_words
from dateline.store.takedowns import Progress
from dateline.web.api.answers import json, post_url
from dateline.web.api.incoming import grant
from dateline.web.audience import DESK
from dateline.web.site import Site

What = Literal["log", "drafts", "search", "pages", "disk", "files"]


class StepAnswer(Struct, frozen=True):
    """`count`: events that were emptied, files that were removed."""

    what: What
    done: bool
    count: int = 0


class TakedownAnswer(Struct, frozen=True):
    """`done` is all that this server has to do. `kept` counts pictures that stay because another
    post or a draft shows them. `purge` has the addresses that caches in front may still hold."""

    coverage: str
    post: str
    taken_down_at: datetime
    by: str
    done: bool
    steps: list[StepAnswer]
    kept: int
    purge: list[str]


@get(
    "/api/coverages/{slug:str}/posts/{post_id:str}/takedown",
    name="read_takedown",
    opt=DESK,
)
async def read_takedown(
    request: Request[Any, Any, Any], slug: str, post_id: str, site: Site
) -> Response[bytes]:
    """How far the takedown of a post is, for those who may take posts down."""
    held = await grant(request, site)
    held.check("redact", slug)
    records = (await site.log.history(slug, [post_id])).records
    taken = next((one for one in records if isinstance(one.event, PostRedacted)), None)
    if taken is None:
        raise NotFound("There is no such post that was taken down. Only a takedown has a report.")
    progress = await site.pictures.takedown.progress(slug, post_id)
    steps = [
        _log(records),
        StepAnswer("drafts", await _is_empty(site, slug, post_id)),
        StepAnswer("search", not progress.is_findable),
        StepAnswer("pages", await _is_off_the_page(site, slug, post_id)),
        StepAnswer("disk", progress.is_wiped),
        StepAnswer("files", not progress.pending, len(progress.files)),
    ]
    return json(
        TakedownAnswer(
            coverage=slug,
            post=post_id,
            taken_down_at=taken.time,
            by=taken.actor.name,
            done=all(step.done for step in steps),
            steps=steps,
            kept=progress.kept,
            purge=_purge(slug, post_id, progress),
        )
    )


def _log(records: list[Record]) -> StepAnswer:
    standing = any(carries_words(type(one.event).__name__) for one in records)
    emptied = sum(isinstance(one.event, Tombstone) for one in records)
    return StepAnswer("log", not standing, emptied)


async def _is_empty(site: Site, slug: str, post_id: str) -> bool:
    own = await site.drafts.find(slug, post_id)
    changes = [one for one in await site.drafts.listed(slug) if one.post == post_id]
    return not changes and (own is None or own.content == NOTHING)


async def _is_off_the_page(site: Site, slug: str, post_id: str) -> bool:
    channel = await site.hub.open(slug)
    post = channel.page.post(post_id)
    return post is None or post.status == "redacted"


def _purge(slug: str, post_id: str, progress: Progress) -> list[str]:
    pages = [f"/live/{slug}", post_url(slug, post_id), f"/embed/{slug}"]
    return pages + [f"/media/{name}" for name in progress.files]
