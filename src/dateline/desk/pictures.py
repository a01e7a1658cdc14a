"""What a command says of its pictures and documents, completed by what is known of them.

So the event holds all that a fragment needs, and nobody has to look a picture up again.
"""

import re
from typing import TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from dateline.domain.blocks import Block, File, Gallery, Image, Picture, named
from dateline.domain.commands import Command, PublishPost, RevisePost
from dateline.domain.errors import Invalid, Unavailable
from dateline.domain.pictures import Edition
from dateline.domain.shapes import UPLOAD_ID_PATTERN
from dateline.store.log import EventLog

_UPLOAD = re.compile(UPLOAD_ID_PATTERN)
P = TypeVar("P", bound=Picture)
Known = dict[str, Edition | None]


async def prepared(log: EventLog, command: Command) -> Command:
    """The command with the sizes, renditions and focal points of its pictures, the formats, sizes
    and pages of its documents. Each may be named by the id of its upload: so a post can be written
    before its picture is through.

    :raises Invalid: there is none of that id, or it is the other of the two.
    :raises Unavailable: its files are still being made.
    """
    if not isinstance(command, PublishPost | RevisePost) or command.blocks is UNSET:
        return command
    names = [name for block in command.blocks for name in named(block)]
    if not names:
        return command
    known = await log.editions(names)
    blocks = (_block(block, known, f"/blocks/{n}") for n, block in enumerate(command.blocks))
    return replace(command, blocks=tuple(blocks))


def _block(block: Block, known: Known, pointer: str) -> Block:
    match block:
        case Image():
            return _picture(block, known, pointer)
        case Gallery(images=images):
            told = (_picture(one, known, f"{pointer}/images/{n}") for n, one in enumerate(images))
            return replace(block, images=tuple(told))
        case File():
            return _file(block, known, pointer)
    return block


def _file(block: File, known: Known, pointer: str) -> File:
    edition = _edition(block.media, known, pointer)
    if edition is None:
        return replace(block, format=None, size=None, pages=None)
    if edition.document is None:
        raise Invalid(
            "This is a picture, and not a document. Add it to the post as a picture.",
            f"{pointer}/media",
        )
    told = edition.document
    return replace(block, media=edition.media, format=told.format, size=told.size, pages=told.pages)


def _edition(media: str, known: Known, pointer: str) -> Edition | None:
    """None: a file that was put there by hand."""
    if media not in known:
        if _UPLOAD.match(media):
            raise Invalid(
                "There is no file with this id, or it was refused. Send the file first.",
                f"{pointer}/media",
            )
        return None
    edition = known[media]
    if edition is None:
        raise Unavailable("A file of this post is still being made ready. Send again soon.", 2)
    return edition


def _picture(picture: P, known: Known, pointer: str) -> P:
    edition = _edition(picture.media, known, pointer)
    if edition is None:
        return replace(picture, widths=())
    if edition.document:
        raise Invalid(
            "This is a document, and not a picture. Add it to a post as a file.",
            f"{pointer}/media",
        )
    return replace(
        picture,
        media=edition.media,
        width=edition.width,
        height=edition.height,
        widths=edition.widths,
        focal=edition.focal,
    )
