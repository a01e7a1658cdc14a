"""What a command says of its pictures is completed from what the newsroom knows of them."""

import pytest
from msgspec.structs import replace

from builders import SLUG, Desk, a_post, an_image
from dateline.desk.pictures import prepared
from dateline.domain.blocks import File, Gallery, Picture
from dateline.domain.commands import PinPost, RevisePost
from dateline.domain.documents import Document
from dateline.domain.errors import Invalid, Unavailable
from dateline.domain.pictures import Edition
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio

UPLOAD = "01a20aec-bb19-42d4-8b42-5f81c2497022"
WAITING = "01a20aec-bb19-42d4-8b42-5f81c2497023"
HALL = Edition("a1b2-960.jpg", 960, 640, (480, 960))
RULING = Edition("c3d4.pdf", 0, 0, (), document=Document("pdf", 240_000, 3))
PAPER = "01a20aec-bb19-42d4-8b42-5f81c2497024"
KNOWN = {RULING.media: RULING, PAPER: RULING, HALL.media: HALL, UPLOAD: HALL, WAITING: None}


def a_log() -> MemoryEventLog:
    return MemoryEventLog(editions=KNOWN)


async def test_every_picture() -> None:
    """Images and galleries alike, by name or by the id of the upload; other blocks stay."""
    one = Picture(UPLOAD, "The hall", "T. Maes", "Empty")
    command = a_post(blocks=(an_image(media=HALL.media), Gallery((one,))))
    made = await prepared(a_log(), command)
    image, gallery = made.blocks  # type: ignore[union-attr, misc]
    for shown in (image, gallery.images[0]):  # type: ignore[union-attr]
        assert (shown.media, shown.width, shown.height) == (HALL.media, 960, 640)
        assert shown.widths == (480, 960)


async def test_what_is_sent_is_not_looked_at() -> None:
    """Nobody can say that files lie ready which do not."""
    command = RevisePost(blocks=(an_image(widths=(480,), width=3, height=2),))
    made = await prepared(a_log(), command)
    assert made == RevisePost(blocks=(an_image(width=3, height=2),))


async def test_a_picture_that_is_not_through() -> None:
    """Who names one that is still being made comes back in a moment, and nothing was lost."""
    with pytest.raises(Unavailable):
        await prepared(a_log(), a_post(blocks=(an_image(media=WAITING),)))


async def test_a_picture_that_is_not_there() -> None:
    """An id that nobody knows is an error with a pointer."""
    wrong = an_image(media=UPLOAD.replace("0", "1"))
    with pytest.raises(Invalid) as caught:
        await prepared(a_log(), a_post(blocks=(an_image(), wrong)))
    assert caught.value.pointer == "/blocks/1/media"


async def test_every_document() -> None:
    """By name or by the id of its upload it says what it is; what is sent is not looked at."""
    for media in (RULING.media, PAPER):
        command = a_post(blocks=(File(media, "The ruling", format="csv", size=1, pages=9),))
        made = await prepared(a_log(), command)
        assert made.blocks == (File(RULING.media, "The ruling", "pdf", 240_000, 3),)  # type: ignore[union-attr]
    by_hand = File("plan.pdf", "The plan", "pdf", 1, 9)
    made = await prepared(a_log(), a_post(blocks=(by_hand,)))
    assert made.blocks == (File("plan.pdf", "The plan"),)  # type: ignore[union-attr]


async def test_each_in_its_block() -> None:
    """An image can't show a document, and a file can't give a picture away."""
    for block in (an_image(media=PAPER), File(HALL.media, "The hall"), File(UPLOAD, "The hall")):
        with pytest.raises(Invalid) as caught:
            await prepared(a_log(), a_post(blocks=(an_image(), block)))
        assert caught.value.pointer == "/blocks/1/media"


async def test_what_has_no_pictures() -> None:
    """Any other command is what it was."""
    for command in (PinPost(), RevisePost(headline="x"), a_post()):
        assert await prepared(a_log(), command) is command


async def test_in_the_log() -> None:
    """What is written has it, so that whoever reads the log needs nothing else."""
    desk = Desk(a_log())
    await desk.open()
    await desk.do(a_post(blocks=(an_image(media=UPLOAD),)), 1)
    record = (await desk.log.read(SLUG, 0))[-1]
    assert record.event.content.blocks == (  # type: ignore[union-attr]
        replace(an_image(), media=HALL.media, width=960, height=640, widths=(480, 960)),
    )
