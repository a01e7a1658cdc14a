"""Files that mean harm, and those that only look odd: refused with words, or made into pictures."""

import io
import signal
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageCms

from dateline.domain.people import Actor
from dateline.media.darkroom import Darkroom
from dateline.media.details import Details, Job, Told
from dateline.media.developing import develop
from dateline.media.kinds import Refused
from dateline.media.library import Library, Picture
from dateline.media.takedown import Takedown
from dateline.media.uploads import Uploads
from dateline.store.database import Database
from drawing import a_file, a_picture, developed

PNG = b"\x89PNG\r\n\x1a\n"
BILLION = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>'
)


def a_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that says so many pixels and holds a line of them."""
    head = a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = a_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return PNG + head + b"".join(more) + data + a_chunk(b"IEND", b"")


def with_exif(ifd: bytes) -> bytes:
    """A JPEG with this first directory of EXIF."""
    body = b"Exif\0\0II*\0\x08\0\0\0" + ifd
    jpeg = a_file(size=(60, 40))
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def an_entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHHII", 1, tag, kind, count, value) + b"\0\0\0\0"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_png(60_000, 60_000), "pixels"),
        (a_png(29_000, 29_000), "pixels"),
        (a_png(31_000, 2), "pixels"),
        (a_png(60, 40, a_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 80_000_000))), "damaged"),
        (a_png(6_000, 6_000), "damaged"),
        (with_exif(an_entry(0x010E, 2, 0x0FFFFFFF, 0xFFFFFF00)), "EXIF"),
        (with_exif(an_entry(0x8769, 4, 1, 0x7FFFFFF0)), "EXIF"),
        (with_exif(an_entry(0x9286, 7, 40_000, 8)), "EXIF"),
        (a_file("WEBP", (60, 40), xmp=BILLION.encode()), "entities"),
    ],
    ids=[
        "3600 million pixels",
        "841 million pixels",
        "a side of 31000",
        "80 MB of packed text",
        "fewer pixels than it says",
        "EXIF beyond its end",
        "an EXIF directory beyond its end",
        "more EXIF than there is",
        "XML entities",
    ],
)
def test_bombs(tmp_path: Path, data: bytes, words: str) -> None:
    """Each is refused, quickly, with what is wrong; nothing is written."""
    told = developed(data, tmp_path)
    assert words in told.refused, told
    assert not list((tmp_path / "media").glob("*"))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
        ("AVIF", "RGB"),
        ("GIF", "P"),
    ],
)
def test_every_mode(tmp_path: Path, kind: str, mode: str) -> None:
    """Whatever colours a picture is made of, its files are."""
    image = a_picture((60, 40), mode="L").convert("I;16") if mode == "I;16" else None
    out = io.BytesIO()
    (image or a_picture((60, 40), mode=mode)).save(out, kind)
    told = developed(out.getvalue(), tmp_path)
    assert told.edition, told
    with Image.open(tmp_path / "media" / told.edition.media) as shown:
        assert (shown.mode, shown.size) == ("RGB", (60, 40))


def test_transparent_is_white(tmp_path: Path) -> None:
    """A chart's black letters stay readable on a dark page."""
    out = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(out, "PNG")
    told = developed(out.getvalue(), tmp_path)
    assert told.edition
    with Image.open(tmp_path / "media" / told.edition.media) as shown:
        assert shown.convert("RGB").getpixel((30, 20)) == (255, 255, 255)


def test_a_phone_s_second_picture(tmp_path: Path) -> None:
    """What phones put behind the first picture (a depth map, a brighter version) is no attack."""
    out = io.BytesIO()
    a_picture((60, 40)).save(out, "MPO", save_all=True, append_images=[a_picture((30, 20))])
    told = developed(out.getvalue(), tmp_path)
    assert told.edition, told
    assert told.edition.widths == (60,)


def test_other_colours_are_turned_into_srgb(tmp_path: Path) -> None:
    """A profile is carried out and left behind: here it says that red is green."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {}
    for n in range(int.from_bytes(profile[128:132], "big")):
        entry = 132 + 12 * n
        places[bytes(profile[entry : entry + 4])] = entry + 4
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    profile[red : red + 8], profile[green : green + 8] = (
        profile[green : green + 8],
        profile[red : red + 8],
    )
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (250, 0, 0)).save(out, "PNG", icc_profile=bytes(profile))
    told = developed(out.getvalue(), tmp_path)
    assert told.edition
    with Image.open(tmp_path / "media" / told.edition.media) as shown:
        r, g, _b = shown.convert("RGB").getpixel((30, 20))
        assert g > 200 > 60 > r
        assert "icc_profile" not in shown.info


@pytest.mark.anyio
async def test_killed_when_it_is_stuck(tmp_path: Path) -> None:
    """A picture that takes too long is refused, and its process is gone."""
    database = await Database.open(tmp_path)
    originals, media = tmp_path / "originals", tmp_path / "media"
    uploads = Uploads(database, originals, most_bytes=10**9, kept=timedelta(days=1))
    library = Library(database)
    darkroom = Darkroom(
        library,
        uploads,
        Takedown(database, originals=originals, media=media),
        originals=originals,
        media=media,
        most_pixels=10**8,
        longest_seconds=0.01,
    )
    picture = "01a20aec-bb19-42d4-8b42-5f81c2497022"
    data = a_file()
    sender = Actor("token:1", "Tests")
    now = datetime(2021, 6, 14, tzinfo=UTC)
    upload = await uploads.begin(picture, "hall.jpg", len(data), sender, now=now)
    await uploads.add(upload, 0, data)
    await uploads.finish(upload)
    found: Picture = (await library.waiting())[0]
    await darkroom.develop(found)
    found = await library.find(picture)
    assert found.state == "refused"
    assert "too long" in found.reason
    assert not list(media.glob("*"))
    assert not list(originals.glob("*"))
    uploads.close()
    await database.close()


def test_stopped_with_the_server(tmp_path: Path) -> None:
    """Who stops a server stops all its processes: no picture is refused for that."""
    (tmp_path / "original").write_bytes(a_file(size=(2400, 1600)))
    job = Job("picture", str(tmp_path / "original"), str(tmp_path / "media"), 10**8)
    command = [sys.executable, "-m", "dateline.media.developing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(msgspec.json.encode(job))
        process.stdin.close()
        assert process.stdout.readline() == b'{"progress":10}\n'
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process.send_signal(sign)
        told = [msgspec.json.decode(line, type=Told) for line in process.stdout]
    assert process.returncode == 0
    assert told[-1].edition


def test_without_its_original(tmp_path: Path) -> None:
    """After a restore without originals a new crop is refused, and the server goes on."""
    job = Job("picture", str(tmp_path / "gone"), str(tmp_path / "media"), 10**8)
    with pytest.raises(Refused, match="not there any more"):
        develop(job)


def test_what_the_desk_said_before(tmp_path: Path) -> None:
    """It stands over what the file says, and is in the files; all else is the file's."""
    (tmp_path / "original").write_bytes(a_file(size=(60, 40)))
    said = Details(caption="The hall.", credit="T. Maes")
    job = Job("picture", str(tmp_path / "original"), str(tmp_path / "media"), 10**8, said=said)
    details, edition = develop(job)
    assert (details.caption, details.credit, details.kind) == ("The hall.", "T. Maes", "JPEG")
    assert (details.width, details.height) == (60, 40)
    assert b"T. Maes" in (tmp_path / "media" / edition.media).read_bytes()


def test_a_long_screenshot(tmp_path: Path) -> None:
    """What is too high for some format is made smaller as a whole."""
    told = developed(a_file("PNG", (400, 20_000)), tmp_path)
    assert told.edition, told
    assert (told.edition.width, told.edition.height) == (160, 8000)
