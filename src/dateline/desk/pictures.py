"""What a command says of its pictures, completed by what the newsroom knows of them.

So the event holds all that a fragment needs, and nobody has to look a picture up again.
"""

import re
from typing import TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from dateline.domain.blocks import Block, Gallery, Image, Picture, pictures
from dateline.domain.commands import Command, PublishPost, RevisePost
from dateline.domain.errors import Invalid, Unavailable
from dateline.domain.pictures import Edition
from dateline.domain.shapes import UPLOAD_ID_PATTERN
from dateline.store.log import EventLog

_UPLOAD = re.compile(UPLOAD_ID_PATTERN)
P = TypeVar("P", bound=Picture)
Known = dict[str, Edition | None]


async def prepared(log: EventLog, command: Command) -> Command:
    """The command with the sizes, renditions and focal points of its pictures. A picture may be
    named by the id of its upload: so a post can be written before its picture is through.

    :raises Invalid: there is no picture of that id.
    :raises Unavailable: its files are still being made.
    """
    if not isinstance(command, PublishPost | RevisePost) or command.blocks is UNSET:
        return command
    named = [picture.media for block in command.blocks for picture in pictures(block)]
    if not named:
        return command
    known = await log.editions(named)
    blocks = (_block(block, known, f"/blocks/{n}") for n, block in enumerate(command.blocks))
    return replace(command, blocks=tuple(blocks))


def _block(block: Block, known: Known, pointer: str) -> Block:
    match block:
        case Image():
            return _picture(block, known, pointer)
        case Gallery(images=images):
            told = (_picture(one, known, f"{pointer}/images/{n}") for n, one in enumerate(images))
            return replace(block, images=tuple(told))
    return block


def _picture(picture: P, known: Known, pointer: str) -> P:
    if picture.media not in known:
        if _UPLOAD.match(picture.media):
            raise Invalid(
                "There is no picture with this id, or it was refused. Send the picture first.",
                f"{pointer}/media",
            )
        # A file that was put there by hand.
        return replace(picture, widths=())
    edition = known[picture.media]
    if edition is None:
        raise Unavailable("A picture of this post is still being made ready. Send again soon.", 2)
    return replace(
        picture,
        media=edition.media,
        width=edition.width,
        height=edition.height,
        widths=edition.widths,
        focal=edition.focal,
    )
