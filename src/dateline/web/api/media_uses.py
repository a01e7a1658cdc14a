"""Where a picture or a document is used: in posts, as they are or as they were, and in drafts."""

from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from dateline.auth.grants import Grant
from dateline.desk.writing import meet
from dateline.domain.blocks import named
from dateline.domain.coverage import Coverage
from dateline.domain.drafts import sees
from dateline.domain.posts import Post
from dateline.store.named import Use
from dateline.web.api.answers import json, post_url
from dateline.web.api.incoming import grant
from dateline.web.api.media import seen_by
from dateline.web.site import Site

MOST = 100


class UseAnswer(Struct, frozen=True):
    """A place. `earlier`: only an older revision of the post shows the picture, or the post was
    withdrawn. `draft`: somebody's draft names it."""

    coverage: str
    title: str
    what: Literal["post", "earlier", "draft"]
    headline: str | None
    url: str | None


class UsesAnswer(Struct, frozen=True):
    """`hidden` counts the places that the sender may not see."""

    uses: list[UseAnswer]
    hidden: int


@get("/api/media/{picture_id:str}/uses", name="read_uses")
async def read_uses(
    request: Request[Any, Any, Any], picture_id: str, site: Site
) -> Response[bytes]:
    """Where the picture is used. It costs a walk through the log."""
    held = await grant(request, site)
    picture = await seen_by(held, site, picture_id)
    names = await site.pictures.library.names(picture)
    found = await site.pictures.library.uses(names)
    told = [await _told(held, site, names, use) for use in found[:MOST]]
    shown = [one for one in told if one]
    return json(UsesAnswer(shown, len(found) - len(shown)))


async def _told(held: Grant, site: Site, names: list[str], use: Use) -> UseAnswer | None:
    """The place, for those who may see it."""
    subject = await meet(site.log, use.coverage, use.post)
    coverage, post = subject.coverage, subject.post
    if coverage is None or (coverage.rehearsal and not held.may("see", use.coverage)):
        return None
    if use.draft:
        return await _draft(held, site, use, coverage)
    if post is None or post.status == "redacted":
        return None
    return UseAnswer(
        coverage=use.coverage,
        title=coverage.title,
        what="post" if _shows(post, names) else "earlier",
        headline=post.content.headline,
        url=post_url(use.coverage, post.id),
    )


async def _draft(held: Grant, site: Site, use: Use, coverage: Coverage) -> UseAnswer | None:
    draft = await site.drafts.find(use.coverage, use.draft)
    if draft is None or not held.may("see", use.coverage, own=True):
        return None
    reviews = held.may("review", use.coverage)
    if not sees(draft.author.id, draft.state, held.actor.id, reviews=reviews):
        return None
    return UseAnswer(use.coverage, coverage.title, "draft", draft.content.headline, None)


def _shows(post: Post, names: list[str]) -> bool:
    """Whether it shows the picture now, in whatever crop."""
    shown = (name for block in post.content.blocks for name in named(block))
    return post.status == "published" and any(media in names for media in shown)
