"""The newsroom's pictures: how far each is, what is known of it, and the library they make."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, patch
from msgspec import Struct

from dateline.domain.pictures import ENDINGS, Edition, rendition, square
from dateline.media.details import Box, Change, Point
from dateline.media.library import Picture
from dateline.web.api.answers import json
from dateline.web.api.incoming import MOST_SEQ, command, grant, whole
from dateline.web.site import Site

PAGE, MOST = 50, 200
_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class RenditionAnswer(Struct, frozen=True):
    """One file of a picture."""

    url: str
    width: int
    height: int
    type: str


class PictureAnswer(Struct, frozen=True):
    """A picture. `media` is the name that a post's block gives, once there are files.

    `width` and `height` are those of the original as it is seen.
    """

    id: str
    number: int
    state: str
    progress: int
    reason: str | None
    media: str | None
    filename: str
    width: int
    height: int
    caption: str
    credit: str
    alt: str
    creator: str
    copyright: str
    digital_source_type: str
    taken_at: str | None
    focal: Point | None
    crop: Box | None
    renditions: list[RenditionAnswer]
    square: str | None
    uploaded_by: str
    created_at: datetime


class PicturesAnswer(Struct, frozen=True):
    """Newest first. `next` is the address of the older ones."""

    pictures: list[PictureAnswer]
    next: str | None


@get("/api/media", name="list_pictures")
async def list_pictures(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The library. `q` are words; `before` is the `number` of the last one seen."""
    held = await grant(request, site)
    held.check_anywhere("see", own=True)
    # Who was invited to one coverage sees what they sent, and not the newsroom's library.
    sender = None if held.may_anywhere("see") else held.actor.id
    before = whole(request, "before", MOST_SEQ, most=MOST_SEQ)
    limit = whole(request, "limit", PAGE, least=1, most=MOST)
    words = request.query_params.get("q", "")[:200]
    found = await site.pictures.library.search(words, sender=sender, before=before, most=limit + 1)
    shown = found[:limit]
    address = None
    if len(found) > limit:
        query = {"q": words, "before": shown[-1].number, "limit": limit}
        address = f"/api/media?{urlencode(query)}"
    return json(PicturesAnswer([_answer(one) for one in shown], address))


@get("/api/media/{picture_id:str}", name="read_picture")
async def read_picture(
    request: Request[Any, Any, Any], picture_id: str, site: Site
) -> Response[bytes]:
    """A picture: how far its files are, what its own file said, and what the desk said since."""
    held = await grant(request, site)
    found = await site.pictures.library.find(picture_id)
    held.check_anywhere("see", own=found.sender == held.actor.id)
    return json(_answer(found))


@patch("/api/media/{picture_id:str}", name="change_picture")
async def change_picture(
    request: Request[Any, Any, Any], picture_id: str, site: Site
) -> Response[bytes]:
    """Say something else of a picture. A new crop, focal point or credit makes new files."""
    held = await grant(request, site)
    before = await site.pictures.library.find(picture_id)
    held.check_anywhere("file", own=before.sender == held.actor.id)
    change = await command(request, Change)
    change.check()
    found = await site.pictures.library.change(picture_id, change)
    site.pictures.darkroom.ring()
    return json(_answer(found))


def _answer(picture: Picture) -> PictureAnswer:
    details, edition = picture.details, picture.edition
    return PictureAnswer(
        id=picture.id,
        number=picture.number,
        state=picture.state,
        progress=picture.progress,
        reason=picture.reason or None,
        media=edition.media if edition else None,
        filename=picture.filename,
        width=details.width,
        height=details.height,
        caption=details.caption,
        credit=details.credit,
        alt=details.alt,
        creator=details.creator,
        copyright=details.copyright,
        digital_source_type=details.digital_source_type,
        taken_at=details.taken_at or None,
        focal=details.focal,
        crop=details.crop,
        renditions=_renditions(edition) if edition else [],
        square=f"/media/{square(edition.media)}" if edition else None,
        uploaded_by=picture.sender_name,
        created_at=picture.created,
    )


def _renditions(edition: Edition) -> list[RenditionAnswer]:
    return [
        RenditionAnswer(
            f"/media/{rendition(edition.media, width, ending)}",
            width,
            round(edition.height * width / edition.width),
            _TYPES[ending],
        )
        for width in edition.widths
        for ending in ENDINGS
    ]
