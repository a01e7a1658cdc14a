"""Resumable uploads: tus 1.0.0 with creation, termination and checksum.

See https://tus.io/protocols/resumable-upload.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Response, delete, get, patch, post, route
from litestar.exceptions import HTTPException
from msgspec import Struct

from dateline.domain.errors import Conflict, Invalid
from dateline.domain.shapes import UPLOAD_ID_PATTERN
from dateline.media.checksums import ALGORITHMS, Checksum
from dateline.media.uploads import Upload
from dateline.web.api.answers import json
from dateline.web.api.incoming import grant, now
from dateline.web.errors import TUS, UPLOADS, WrongChecksum, WrongProtocol, WrongType
from dateline.web.site import Site

VERSION = TUS["tus-version"]
PIECE = 256 * 1024
LONGEST_NAME = 200
_ID = re.compile(UPLOAD_ID_PATTERN)
_NUMBER = re.compile(r"[0-9]{1,15}\Z")
_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f]|\A\.*\Z")


class UploadAnswer(Struct, frozen=True):
    """How far an upload is."""

    id: str
    filename: str
    offset: int
    length: int


@route(UPLOADS, http_method="OPTIONS", status_code=204, name="offer_uploads")
async def offer(site: Site) -> Response[None]:
    """What this server can, as tus clients ask for it."""
    headers = {
        "allow": "OPTIONS, POST",
        "tus-extension": "creation,termination,checksum",
        "tus-checksum-algorithm": ",".join(ALGORITHMS),
        "tus-max-size": str(site.pictures.uploads.most_bytes),
    }
    return Response(None, headers=TUS | headers)


@post(UPLOADS, name="begin_upload")
async def begin(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Begin an upload. The id comes from the device: sent again, it is the same upload."""
    held = await grant(request, site)
    held.check_anywhere("file", own=True)
    _check_version(request)
    told = _metadata(request.headers.get("upload-metadata", ""))
    upload = await site.pictures.uploads.begin(
        _checked(told.get("id", "")),
        _filename(told.get("filename", "")),
        _number(request, "upload-length"),
        held.actor,
        now=now(),
    )
    offset = await _settled(site, upload)
    headers = _headers(upload, offset) | {"location": f"{UPLOADS}/{upload.id}"}
    return json(_answer(upload, offset), status=201, headers=headers)


@get(UPLOADS + "/{upload_id:str}", name="read_upload")
async def read(request: Request[Any, Any, Any], upload_id: str, site: Site) -> Response[bytes]:
    """How far it is. tus asks by HEAD."""
    held = await grant(request, site)
    held.check_anywhere("file", own=True)
    _check_version(request)
    upload = await site.pictures.uploads.find(_checked(upload_id), held.actor.id)
    offset = await _settled(site, upload)
    return json(_answer(upload, offset), headers=_headers(upload, offset))


@patch(UPLOADS + "/{upload_id:str}", name="continue_upload", request_max_body_size=None)
async def go_on(request: Request[Any, Any, Any], upload_id: str, site: Site) -> Response[None]:
    """The next bytes. When this is answered, they are on disk; so is what came before a break.
    With a checksum they are taken as a whole or not at all."""
    held = await grant(request, site)
    held.check_anywhere("file", own=True)
    _check_version(request)
    if request.headers.get("content-type", "") != "application/offset+octet-stream":
        raise WrongType("Send the bytes as application/offset+octet-stream.")
    upload = await site.pictures.uploads.find(_checked(upload_id), held.actor.id)
    at = _number(request, "upload-offset")
    if at != (offset := await site.pictures.uploads.offset(upload)):
        raise Conflict(f"There are {offset} bytes, not {at}. Ask with HEAD and go on from there.")
    checksum = _checksum(request)
    if checksum:
        await site.pictures.uploads.add_checked(upload, at, _pieces(request), checksum)
    else:
        async for piece in _pieces(request):
            at = await site.pictures.uploads.add(upload, at, piece)
    return Response(None, status_code=204, headers=_headers(upload, await _settled(site, upload)))


@delete(UPLOADS + "/{upload_id:str}", name="give_up_upload")
async def give_up(request: Request[Any, Any, Any], upload_id: str, site: Site) -> Response[None]:
    """Forget an upload that is not whole."""
    held = await grant(request, site)
    held.check_anywhere("file", own=True)
    _check_version(request)
    await site.pictures.uploads.give_up(
        await site.pictures.uploads.find(_checked(upload_id), held.actor.id)
    )
    return Response(None, status_code=204, headers=TUS)


async def _settled(site: Site, upload: Upload) -> int:
    """How far it is for certain; where that is all, the picture goes on its way."""
    offset = await site.pictures.uploads.offset(upload)
    if offset == upload.length:
        # Also when only asked: the server may have died between the last byte and this.
        await site.pictures.uploads.finish(upload)
        site.pictures.darkroom.ring()
    return offset


async def _pieces(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body in pieces worth a write; also those that came before the sender was cut off."""
    held = bytearray()
    try:
        async for more in request.stream():
            held += more
            if len(held) >= PIECE:
                yield bytes(held)
                held.clear()
    except HTTPException:
        # Gone in the middle. Nobody reads the answer, and what came is worth keeping.
        pass
    if held:
        yield bytes(held)


def _check_version(request: Request[Any, Any, Any]) -> None:
    if request.headers.get("tus-resumable", "") != VERSION:
        raise WrongProtocol(f"Uploads are tus {VERSION}: send `Tus-Resumable: {VERSION}`.")


def _checksum(request: Request[Any, Any, Any]) -> Checksum | None:
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    algorithm, _, value = header.strip().partition(" ")
    try:
        digest = b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != ALGORITHMS.get(algorithm):
        raise WrongChecksum(
            f"Upload-Checksum is one of {', '.join(ALGORITHMS)}, a space, and the digest in base64."
        )
    return Checksum(algorithm, digest)


def _metadata(header: str) -> dict[str, str]:
    found = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Invalid(
                f"Upload-Metadata has to hold names with base64 of UTF-8; “{name}” is not so."
            ) from error
    return found


def _filename(name: str) -> str:
    """The name on the device: to show and to find it by, never a path of ours."""
    if _NO_NAME.search(name) or len(name) > LONGEST_NAME:
        raise Invalid(
            f"Upload-Metadata needs a `filename` of 1 to {LONGEST_NAME} characters: "
            "a name, not a path."
        )
    return name


def _checked(upload_id: str) -> str:
    if not _ID.match(upload_id):
        raise Invalid("An upload's `id` is a UUID made on the device, in small letters.")
    return upload_id


def _number(request: Request[Any, Any, Any], name: str) -> int:
    value = request.headers.get(name, "")
    if not _NUMBER.match(value):
        raise Invalid(f"`{name.title()}` has to be a number of bytes.")
    return int(value)


def _answer(upload: Upload, offset: int) -> UploadAnswer:
    return UploadAnswer(upload.id, upload.filename, offset, upload.length)


def _headers(upload: Upload, offset: int) -> dict[str, str]:
    return TUS | {
        "upload-offset": str(offset),
        "upload-length": str(upload.length),
        "cache-control": "no-store",
    }
