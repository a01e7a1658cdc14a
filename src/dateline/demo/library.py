"""The demo's pictures in its library, with what the script says of them."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

from dateline.auth.people import People
from dateline.demo.people import EMAILS
from dateline.demo.playing import DEMO, Script
from dateline.domain.blocks import Block, Picture, pictures
from dateline.domain.people import Actor
from dateline.media.details import Change
from dateline.media.library import Library
from dateline.media.uploads import Uploads
from dateline.store.database import Database

_MOST_BYTES = 1024 * 1024


async def fill_library(data: Path, script: Script) -> None:
    """Send what is not there yet, as the demo's editor; the server makes the files.

    :raises Unavailable: it can't be stored.
    """
    database = await Database.open(data)
    uploads = Uploads(database, data / "originals", most_bytes=_MOST_BYTES, kept=timedelta(days=1))
    try:
        found = await People(database).by_email(EMAILS["editor"])
        sender = Actor(found[0].id, found[0].name, "person") if found else DEMO
        for picture in _pictures(script):
            await _send(uploads, Library(database), picture, sender)
    finally:
        uploads.close()
        await database.close()


async def _send(uploads: Uploads, library: Library, picture: Picture, sender: Actor) -> None:
    body = (files("dateline.demo") / "pictures" / picture.media).read_bytes()
    name = str(uuid5(NAMESPACE_URL, f"dateline-demo/{picture.media}"))
    upload = await uploads.begin(name, picture.media, len(body), sender, now=datetime.now(UTC))
    if upload.state != "uploading":
        return
    at = await uploads.offset(upload)
    await uploads.add(upload, at, body[at:])
    await uploads.finish(upload)
    change = Change(caption=picture.caption, credit=picture.credit, alt=picture.alt)
    await library.change(name, change)


def _pictures(script: Script) -> list[Picture]:
    """Each once, in the order in which they are told."""
    posts = [step["post"] for step in script.steps if "post" in step]
    told = [block for post in posts for block in post.get("blocks", [])]
    shown = [one for block in msgspec.convert(told, list[Block]) for one in pictures(block)]
    return list({one.media: one for one in shown}.values())
