"""What a picture's file says of itself is read as the standards say, and what is private is gone.

The files are drawn here and written by exiftool, which everybody measures by.
"""

from pathlib import Path

import pytest
from PIL import Image

from dateline.domain.pictures import Edition
from dateline.media.details import Details, Told
from drawing import a_file, developed, tagged, tags_of

RIGHTS = (
    "-XMP-dc:Creator=Zoë Lindqvist",
    "-XMP-dc:Rights=© 2021 The Lantern",
    "-XMP-photoshop:Credit=The Lantern",
    "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
)
PRIVATE = (
    "-GPSLatitude=50.8466",
    "-GPSLatitudeRef=N",
    "-GPSLongitude=4.3528",
    "-GPSLongitudeRef=E",
    "-XMP-exif:GPSLatitude=50.8466",
    "-XMP-iptcExt:LocationCreatedCity=Secretville",
    "-EXIF:SerialNumber=SN-12345",
    "-EXIF:LensSerialNumber=LN-67890",
    "-EXIF:OwnerName=Owner Secret",
    "-EXIF:Make=Secretcam",
    "-XMP-aux:SerialNumber=SN-12345",
    "-IPTC:City=Secretville",
    "-EXIF:UserComment=Secret words",
)


def details_of(folder: Path, *tags: str, kind: str = "JPEG", ending: str = "jpg") -> Details:
    told = developed(tagged(a_file(kind, (60, 40)), *tags, folder=folder, ending=ending), folder)
    assert told.details, told
    return told.details


def test_xmp(tmp_path: Path) -> None:
    """Every field, in any script; of several names all, of several languages the default."""
    found = details_of(
        tmp_path,
        "-XMP-dc:Creator=Zoë Lindqvist",
        "-XMP-dc:Creator=山田太郎",
        "-XMP-dc:Description=Leaders at the gate – all “thirty”",
        "-XMP-dc:Description-nl=Leiders aan de poort",
        "-XMP-dc:Rights=© The Lantern & Sons",
        "-XMP-photoshop:Credit=The Lantern",
        "-XMP-iptcCore:AltTextAccessibility=A gate, مرحبا",
        *RIGHTS[3:],
        "-XMP-photoshop:DateCreated=2021:06:14 17:40:00+02:00",
    )
    assert found.creator == "Zoë Lindqvist, 山田太郎"
    assert found.caption == "Leaders at the gate – all “thirty”"
    assert found.copyright == "© The Lantern & Sons"
    assert found.credit == "The Lantern"
    assert found.alt == "A gate, مرحبا"
    assert found.digital_source_type.endswith("/digitalCapture")
    assert found.taken_at == "2021-06-14T17:40:00+02:00"


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("WEBP", "webp")])
def test_xmp_of_other_kinds(tmp_path: Path, kind: str, ending: str) -> None:
    """XMP is read from whatever kind holds it."""
    found = details_of(tmp_path, *RIGHTS, kind=kind, ending=ending)
    assert (found.creator, found.credit) == ("Zoë Lindqvist", "The Lantern")


@pytest.mark.parametrize("charset", ["-IPTC:CodedCharacterSet=UTF8", "-charset"])
def test_iim(tmp_path: Path, charset: str) -> None:
    """The older fields too, whether they say that they are UTF-8 or are of Western Europe."""
    found = details_of(
        tmp_path,
        *([charset, "iptc=Latin"] if charset == "-charset" else [charset]),
        "-IPTC:By-line=Zoë Lindqvist",
        "-IPTC:By-line=Tom Maes",
        "-IPTC:Credit=The Lantern",
        "-IPTC:Caption-Abstract=L’été à Genève",
        "-IPTC:CopyrightNotice=© The Lantern",
        "-IPTC:DateCreated=2021:06:14",
        "-IPTC:TimeCreated=17:40:00+02:00",
    )
    assert found.creator == "Zoë Lindqvist, Tom Maes"
    assert found.credit == "The Lantern"
    assert found.caption == "L’été à Genève"
    assert found.copyright == "© The Lantern"
    assert found.taken_at == "2021-06-14T17:40:00+02:00"


def test_exif(tmp_path: Path) -> None:
    """What a camera writes, in UTF-8 as they do."""
    found = details_of(
        tmp_path,
        "-EXIF:ImageDescription=Škoda at the gate",
        "-EXIF:Artist=Zoë Lindqvist",
        "-EXIF:Copyright=© The Lantern",
        "-EXIF:DateTimeOriginal=2021:06:14 17:40:00",
        "-EXIF:OffsetTimeOriginal=+02:00",
    )
    assert found.caption == "Škoda at the gate"
    assert (found.creator, found.copyright) == ("Zoë Lindqvist", "© The Lantern")
    assert found.taken_at == "2021-06-14T17:40:00+02:00"


def test_a_camera_says_nothing(tmp_path: Path) -> None:
    """What a camera writes in the caption's place is none; a time without a zone stays so."""
    found = details_of(
        tmp_path,
        "-EXIF:ImageDescription=OLYMPUS DIGITAL CAMERA",
        "-XMP-dc:Description=The gate",
        "-EXIF:DateTimeOriginal=2021:06:14 17:40:00",
    )
    assert found.caption == "The gate"
    assert found.taken_at == "2021-06-14T17:40:00"


BOTH = ("-IPTC:Caption-Abstract=In IIM", "-XMP-dc:Description=In XMP")


def test_iim_and_xmp_disagree(tmp_path: Path) -> None:
    """Without a digest, or with one that fits, XMP is right; with one that does not, somebody
    changed the IIM who knows no XMP: then that is newer (MWG Guidelines 2.0)."""
    assert details_of(tmp_path, *BOTH).caption == "In XMP"
    fitting = tagged(a_file("JPEG", (60, 40)), *BOTH, "-Photoshop:IPTCDigest=new", folder=tmp_path)
    told = developed(fitting, tmp_path)
    assert told.details
    assert told.details.caption == "In XMP"
    newer = tagged(fitting, "-IPTC:Caption-Abstract=Newer in IIM", folder=tmp_path)
    told = developed(newer, tmp_path)
    assert told.details
    assert told.details.caption == "Newer in IIM"


def test_exif_comes_first(tmp_path: Path) -> None:
    """A caption in EXIF wins over both; what only one has is taken from there."""
    found = details_of(
        tmp_path, *BOTH, "-EXIF:ImageDescription=In EXIF", "-XMP-photoshop:Credit=The Lantern"
    )
    assert (found.caption, found.credit) == ("In EXIF", "The Lantern")


def test_what_is_private_is_gone(tmp_path: Path) -> None:
    """In every rendition the rights are there as XMP, and no place, camera, serial number or
    other word of the original."""
    data = tagged(a_file(size=(1400, 900)), *RIGHTS, *PRIVATE, folder=tmp_path)
    (tmp_path / "before.jpg").write_bytes(data)
    assert "Secretville" in tags_of(tmp_path / "before.jpg"), "the test writes what it looks for"
    told = developed(data, tmp_path)
    assert told.edition
    files = [tmp_path / "media" / name for name in told.edition.names()]
    assert len(files) == 10
    for file in files:
        found = tags_of(file)
        for word in ("GPS", "Secret", "SN-12345", "LN-67890", "Serial"):
            assert word not in found, (file.name, found)
        for word in ("Zoë Lindqvist", "© 2021 The Lantern", "Credit", "digitalCapture"):
            assert word in found, (file.name, found)
        assert b"Secret" not in file.read_bytes()
        assert b"Exif\0\0" not in file.read_bytes()


def test_turned_upright(tmp_path: Path) -> None:
    """A phone held upright: what it says is carried out, and said no more."""
    data = tagged(a_file(size=(600, 400)), "-n", "-EXIF:Orientation=6", folder=tmp_path)
    told = developed(data, tmp_path)
    assert told.details
    assert (told.details.width, told.details.height) == (400, 600)
    with _opened(told, tmp_path) as shown:
        assert shown.size == (400, 600)
        red, green, blue = shown.convert("RGB").getpixel((100, 100))
        assert blue > max(red, green), "the lower left field is now above on the left"
        assert shown.getexif().get(0x0112, 1) == 1


def _opened(told: Told, folder: Path) -> Image.Image:
    edition: Edition | None = told.edition
    assert edition
    return Image.open(folder / "media" / edition.media)
