"""Which posts a page of a coverage shows, in the order that its reader has chosen.

Newest first, pages are counted back from the newest post; oldest first, on from the first one.
Either way an address names the post that its page begins beside, so a shared one stays right.
"""

from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode

from litestar import Request
from litestar.exceptions import HTTPException
from msgspec import Struct

from dateline.delivery.channel import Channel
from dateline.domain.errors import Gone, NotFound
from dateline.domain.posts import Post
from dateline.projections.page import PageProjection
from dateline.render.page import LivePage, key_of
from dateline.web.past import Past

POSTS = 30
ABOVE_FOCUS = 5
KEYS = 24
Order = Literal["newest", "oldest"]
Shown = Channel | Past


class Asked(Struct, frozen=True):
    """What a page's address asks for. `before` and `after` are orders of posts, `focus` an id."""

    order: Order = "newest"
    before: int | None = None
    after: int | None = None
    focus: str | None = None
    at: datetime | None = None


class Stretch(Struct, frozen=True):
    """A page's posts from top to bottom; `older` and `newer` lead on, None where nothing is."""

    posts: list[Post]
    older: str | None
    newer: str | None
    last_order: int


def asked_of(request: Request[Any, Any, Any], at: datetime | None) -> Asked:
    """:raises HTTPException: a number is none, or the order is not known."""
    order = request.query_params.get("order") or "newest"
    if order not in ("newest", "oldest"):
        detail = "`order` has to be newest or oldest. Go back to the newest page."
        raise HTTPException(status_code=400, detail=detail)
    return Asked(
        order="oldest" if order == "oldest" else "newest",
        before=whole(request, "before"),
        after=whole(request, "after"),
        focus=request.query_params.get("at-post"),
        at=at,
    )


def page_of(channel: Shown, asked: Asked) -> LivePage:
    """The page as far as the log tells; what lies beside it is the caller's."""
    page = channel.page
    focused = find(channel, asked.focus) if asked.focus else None
    stretch = (_oldest_first if asked.order == "oldest" else _newest_first)(channel, asked, focused)
    other: Order = "newest" if asked.order == "oldest" else "oldest"
    return LivePage(
        coverage=channel.coverage,
        head_html=channel.head(),
        briefing_html=channel.briefing(),
        pinned=[channel.fragment(post) for post in page.pinned()],
        posts=[channel.fragment(post) for post in stretch.posts],
        keys=[key_of(post) for post in page.keys()[:KEYS]],
        seq=channel.seq,
        epoch=page.epoch,
        count=page.count,
        is_head=stretch.newer is None,
        order=asked.order,
        order_url=_address(channel, Asked(order=other, at=asked.at)),
        older_url=stretch.older,
        newer_url=stretch.newer,
        focus=asked.focus,
        last_order=stretch.last_order,
        at=asked.at,
        updates=[*page.pinned(), *stretch.posts],
        focused=focused,
        pins=page.pins,
        updated_at=page.updated_at,
    )


def find(channel: Shown, post_id: str) -> Post:
    """:raises NotFound: there is no such post. :raises Gone: it was taken down."""
    post = channel.page.post(post_id)
    if post is None:
        raise NotFound("There is no such update in this coverage. It may be on another page.")
    if post.status == "redacted":
        raise Gone("This update was removed for legal reasons.")
    return post


def whole(request: Request[Any, Any, Any], name: str) -> int | None:
    """:raises HTTPException: it is there and no whole number."""
    value = request.query_params.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise HTTPException(
            status_code=400,
            detail=f"`{name}` has to be a whole number. Go back to the newest page.",
        )
    return int(value)


def _newest_first(channel: Shown, asked: Asked, focused: Post | None) -> Stretch:
    page = channel.page
    before = _before(page, focused) if focused else asked.before
    if asked.after is not None and before is None:
        newer = page.newer(asked.after, limit=POSTS + 1)
        before = newer[POSTS - 1].order + 1 if len(newer) > POSTS else None
    shown = page.stream(before=before, limit=POSTS + 1)
    is_more = len(shown) > POSTS
    shown = shown[:POSTS]
    above = page.newer(shown[0].order, limit=POSTS + 1) if shown and before is not None else []
    # So many newer ones are one page more; fewer are the newest page itself.
    newer_before = above[POSTS - 1].order + 1 if len(above) > POSTS else None
    return Stretch(
        shown,
        older=_address(channel, Asked(before=shown[-1].order, at=asked.at)) if is_more else None,
        newer=_address(channel, Asked(before=newer_before, at=asked.at)) if above else None,
        last_order=shown[-1].order if is_more else 0,
    )


def _oldest_first(channel: Shown, asked: Asked, focused: Post | None) -> Stretch:
    page = channel.page
    if asked.before is not None and focused is None:
        shown = page.stream(before=asked.before, limit=POSTS)[::-1]
    else:
        after = _after(page, focused) if focused else asked.after
        shown = page.newer(after or 0, limit=POSTS)
    first = shown[0].order if shown else (asked.after or 0) + 1
    below = page.stream(before=first, limit=POSTS + 1)
    # So many older ones are one page more; fewer are the first page itself.
    older_before = first if len(below) > POSTS else None
    is_more = bool(shown) and bool(page.newer(shown[-1].order, limit=1))
    back = Asked(order="oldest", before=older_before, at=asked.at)
    on = Asked(order="oldest", after=shown[-1].order, at=asked.at) if is_more else None
    return Stretch(
        shown,
        older=_address(channel, back) if below else None,
        newer=_address(channel, on) if on else None,
        last_order=first if below else 0,
    )


def _before(page: PageProjection, focused: Post) -> int | None:
    newer = page.newer(focused.order, limit=ABOVE_FOCUS + 1)
    if focused.pinned or len(newer) <= ABOVE_FOCUS:
        return None
    return newer[ABOVE_FOCUS - 1].order + 1


def _after(page: PageProjection, focused: Post) -> int:
    older = page.stream(before=focused.order, limit=ABOVE_FOCUS)
    return 0 if focused.pinned or not older else older[-1].order - 1


def _address(channel: Shown, asked: Asked) -> str:
    values = {
        "at": asked.at and asked.at.isoformat().replace("+00:00", "Z"),
        "order": None if asked.order == "newest" else asked.order,
        "before": asked.before,
        "after": asked.after,
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return f"/live/{channel.slug}" + (f"?{query}" if query else "")
