"""The one HTML fragment of a post: the same bytes in page, stream and delta.

It depends on the post and on what a coverage never changes (slug, language, zone), on no clock
and on no other post.
"""

from datetime import datetime

from msgspec import Struct

from dateline.domain.blocks import Block
from dateline.domain.content import Source
from dateline.domain.coverage import Coverage
from dateline.domain.people import Byline
from dateline.domain.posts import Correction, Post
from dateline.render.environment import environment_of


class PostView(Struct, frozen=True):
    """What the template shows."""

    id: str
    order: int
    seq: int
    revision: int
    status: str
    headline: str | None
    blocks: tuple[Block, ...]
    byline: tuple[Byline, ...]
    sources: tuple[Source, ...]
    topics: tuple[str, ...]
    language: str | None
    corrections: tuple[Correction, ...]
    withdrawn_reason: str | None
    withdrawn_at: datetime
    key: bool
    pin: int
    time: datetime


_TEMPLATE = "post.html.j2"


def post_html(post: Post, place: Coverage) -> str:
    """The fragment of a post that is published or withdrawn."""
    template = environment_of(place.language).get_template(_TEMPLATE)
    return template.render(post=_view(post), place=place).strip()


def _view(post: Post) -> PostView:
    content = post.content
    return PostView(
        id=post.id,
        order=post.order,
        seq=post.seq,
        revision=post.revision,
        status=post.status,
        headline=content.headline,
        blocks=content.blocks,
        byline=content.byline,
        sources=content.sources,
        topics=content.topics,
        language=content.language,
        corrections=post.corrections,
        withdrawn_reason=post.reason,
        withdrawn_at=post.updated_at,
        key=post.key,
        pin=post.pin,
        time=post.time,
    )
