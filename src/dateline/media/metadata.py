"""What a picture's file says of itself, from EXIF, IIM and XMP, where they disagree by the rules.

EXIF comes first where it has a field at all, then XMP; IIM wins over XMP only where it was changed
later (Metadata Working Group, Guidelines 2.0, chapter 3). Place and serial numbers are not read.
"""

import re
import warnings
from typing import Any

from msgspec.structs import replace
from PIL import ExifTags, Image

from dateline.media.details import Details
from dateline.media.iim import read_iim, resources_of, text_of
from dateline.media.kinds import Refused
from dateline.media.xmp import read_xmp

_TEXTS = {
    ExifTags.Base.ImageDescription: "caption",
    ExifTags.Base.Artist: "creator",
    ExifTags.Base.Copyright: "copyright",
}
# What cameras write where a person's caption belongs.
_NO_CAPTION = re.compile(
    r"(?:.*DIGITAL CAMERA|SONY DSC|SAMSUNG.*|Exif_JPEG_\w+|DCIM.*|IMG_\d+|image|untitled)\s*\Z",
    re.I,
)
_TAKEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)\Z")
_LONGEST = {"caption": 2000, "alt": 2000}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def read_details(image: Image.Image) -> Details:
    """Everything but `kind`, `focal` and `crop`. The size is that of the picture as it is seen.

    :raises Refused: its EXIF points outside of itself, or its XMP is an attack.
    """
    exif = _exif(image.info.get("exif", b""))
    iim, is_newer = read_iim(resources_of(image.info.get("photoshop")))
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    xmp = read_xmp(packet.encode() if isinstance(packet, str) else bytes(packet))
    found = {**xmp, **iim, **exif} if is_newer else {**iim, **xmp, **exif}
    width, height = image.size
    if int(image.getexif().get(ExifTags.Base.Orientation, 1) or 1) >= 5:
        width, height = height, width
    fields = {name: _line(value, _LONGEST.get(name, 300)) for name, value in found.items()}
    return replace(Details(width=width, height=height), **fields)


def _exif(block: bytes) -> dict[str, str]:
    # Read anew, and not as Pillow has it: that has left out what did not fit, and said nothing.
    exif = Image.Exif()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            exif.load(block)
            more = exif.get_ifd(ExifTags.IFD.Exif)
            texts = {name: _text(exif.get(tag)) for tag, name in _TEXTS.items()}
            texts["taken_at"] = _taken(more)
        except Exception as error:  # a parser fails in more ways than it names
            raise Refused(
                "Its EXIF data points outside of itself. "
                "Save it anew with a picture editor and send that."
            ) from error
    if _NO_CAPTION.match(texts["caption"]):
        del texts["caption"]
    return {name: value for name, value in texts.items() if value}


def _text(value: object) -> str:
    if isinstance(value, str):
        # Said to be ASCII, it is what the program had; Pillow reads it as Latin-1.
        value = value.encode("latin-1", "replace")
    return text_of(value) if isinstance(value, bytes) else ""


def _taken(exif: dict[int, Any]) -> str:
    found = _TAKEN.match(_text(exif.get(ExifTags.Base.DateTimeOriginal)))
    if not found or found[1] == "0000":
        return ""
    zone = _text(exif.get(ExifTags.Base.OffsetTimeOriginal))
    zone = zone if re.fullmatch(r"[+-]\d\d:\d\d", zone) else ""
    return f"{found[1]}-{found[2]}-{found[3]}T{found[4]}{zone}"


def _line(text: str, longest: int) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())[:longest].strip()
