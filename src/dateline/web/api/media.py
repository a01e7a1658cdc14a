"""The newsroom's pictures and documents: how far each is, what is known of it, their library."""

import re
from datetime import datetime
from typing import Any, NoReturn, get_args
from urllib.parse import urlencode

from litestar import Request, Response, get, patch
from msgspec import Struct

from dateline.auth.grants import Grant
from dateline.domain.documents import Format
from dateline.domain.errors import Invalid, Stale
from dateline.domain.pictures import ENDINGS, Edition, rendition, square
from dateline.domain.shapes import Point
from dateline.media.details import Box, Change
from dateline.media.library import Kind, Picture
from dateline.web.api.answers import json
from dateline.web.api.incoming import MOST_SEQ, command, grant, whole
from dateline.web.site import Site

PAGE, MOST = 50, 200
_MARK = re.compile(r'(?:W/)?"([0-9a-f]{16})"\Z')
_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class RenditionAnswer(Struct, frozen=True):
    """One file of a picture."""

    url: str
    width: int
    height: int
    type: str


class PictureAnswer(Struct, frozen=True):
    """A picture, or a document. `media` is the name that a post's block gives, once it has files.

    Of a document `format`, `size` (bytes of what readers get) and `pages` (of a PDF) are known. Of
    a picture `width` and `height` are those of the original as it is seen. `whole` is a file that
    shows all of it, where a crop leaves less. `may_change`: whether the sender of the request may
    say something else of it.
    """

    id: str
    number: int
    kind: Kind
    state: str
    progress: int
    reason: str | None
    media: str | None
    filename: str
    format: Format | None
    size: int | None
    pages: int | None
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
    whole: str | None
    uploaded_by: str
    created_at: datetime
    may_change: bool


class PicturesAnswer(Struct, frozen=True):
    """Newest first. `next` is the address of the older ones."""

    pictures: list[PictureAnswer]
    next: str | None


@get("/api/media", name="list_pictures")
async def list_pictures(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The library. `q` are words; `before` is the `number` of the last one seen. `kind` is
    "picture" or "document", else both are listed. `media` is the name that a post gives: which one
    is it?"""
    held = await grant(request, site)
    held.check_anywhere("see", own=True)
    # Who was invited to one coverage sees what they sent, and not the newsroom's library.
    sender = None if held.may_anywhere("see") else held.actor.id
    before = whole(request, "before", MOST_SEQ, most=MOST_SEQ)
    limit = whole(request, "limit", PAGE, least=1, most=MOST)
    words = request.query_params.get("q", "")[:200]
    media = request.query_params.get("media")
    kind = _kind(request)
    found = await site.pictures.library.search(
        words, sender=sender, kind=kind, media=media, before=before, most=limit + 1
    )
    shown = found[:limit]
    address = None
    if len(found) > limit:
        query = {"q": words, "before": shown[-1].number, "limit": limit}
        query |= {"kind": kind} if kind else {}
        address = f"/api/media?{urlencode(query)}"
    wholes = await site.pictures.library.wholes(shown)
    return json(PicturesAnswer([_answer(held, one, wholes) for one in shown], address))


@get("/api/media/{picture_id:str}", name="read_picture")
async def read_picture(
    request: Request[Any, Any, Any], picture_id: str, site: Site
) -> Response[bytes]:
    """A picture: how far its files are, what its own file said, and what the desk said since. The
    ETag is what `If-Match` wants back."""
    held = await grant(request, site)
    return await _shown(held, site, await seen_by(held, site, picture_id))


@patch("/api/media/{picture_id:str}", name="change_picture")
async def change_picture(
    request: Request[Any, Any, Any], picture_id: str, site: Site
) -> Response[bytes]:
    """Say something else of a picture. A new crop, focal point or credit makes new files.

    With `If-Match`, only of what was seen: a picture has no owner, and two may describe it at once.
    """
    held = await grant(request, site)
    before = await site.pictures.library.find(picture_id)
    held.check_anywhere("file", own=before.sender == held.actor.id)
    change = await command(request, Change)
    change.check()
    seen = _seen(request)
    try:
        found = await site.pictures.library.change(picture_id, change, seen=seen)
    except Stale as error:
        await _refuse(held, site, error)
    site.pictures.darkroom.ring()
    return await _shown(held, site, found)


async def seen_by(held: Grant, site: Site, picture_id: str) -> Picture:
    """The picture, for those who may see it.

    :raises NotFound: there is none.
    :raises NotAllowed: it is somebody else's, and they see only their own.
    """
    found = await site.pictures.library.find(picture_id)
    held.check_anywhere("see", own=found.sender == held.actor.id)
    return found


def _kind(request: Request[Any, Any, Any]) -> Kind | None:
    asked = request.query_params.get("kind")
    if asked is None:
        return None
    for kind in get_args(Kind):
        if asked == kind:
            return kind  # type: ignore[no-any-return]
    raise Invalid("`kind` is `picture` or `document`. Left out, both are listed.")


def _seen(request: Request[Any, Any, Any]) -> str | None:
    value = request.headers.get("if-match", "*").strip()
    if value == "*":
        return None
    if not (found := _MARK.match(value)):
        raise Invalid("If-Match has to be the ETag of the picture that you changed.")
    return found.group(1)


async def _refuse(held: Grant, site: Site, error: Stale) -> NoReturn:
    """Who comes too late gets what stands there now."""
    if isinstance(error.current, Picture):
        there = error.current
        error.current = _answer(held, there, await site.pictures.library.wholes([there]))
    raise error


async def _shown(held: Grant, site: Site, picture: Picture) -> Response[bytes]:
    answer = _answer(held, picture, await site.pictures.library.wholes([picture]))
    return json(answer, headers={"etag": f'"{picture.details.mark}"'})


def _answer(held: Grant, picture: Picture, wholes: dict[str, Edition]) -> PictureAnswer:
    whole = wholes.get(picture.id)
    details, edition = picture.details, picture.edition
    document = edition.document if edition else None
    pictured = edition if edition and not document else None
    return PictureAnswer(
        id=picture.id,
        number=picture.number,
        kind=picture.kind,
        state=picture.state,
        progress=picture.progress,
        reason=picture.reason or None,
        media=edition.media if edition else None,
        filename=picture.filename,
        format=document.format if document else None,
        size=document.size if document else None,
        pages=document.pages if document else None,
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
        renditions=_renditions(pictured) if pictured else [],
        square=f"/media/{square(pictured.media)}" if pictured else None,
        whole=f"/media/{whole.media}" if whole else None,
        uploaded_by=picture.sender_name,
        created_at=picture.created,
        may_change=held.may_anywhere("file", own=picture.sender == held.actor.id),
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
