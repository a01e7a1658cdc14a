"""A picture's files for readers: upright, cropped, in sRGB, small, and with nothing but rights."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec import json
from PIL import Image, ImageCms, ImageOps

from dateline.domain.pictures import ENDINGS, Edition, rendition, square
from dateline.domain.shapes import Point
from dateline.media.details import Box, Details
from dateline.media.whole import write_whole
from dateline.media.xmp import rights_xmp

WIDTHS = (480, 960, 1600, 2400)
MAIN = 1600
"""The width that feeds and other people's pages get, or the widest below it."""
TALLEST = 8000
"""A long screenshot is made smaller as a whole; WebP can't be higher than 16,383."""
SQUARE = 480
"""The side of the picture cut around what matters, for lists."""
RECIPE = 1
"""Part of the names: other files under an old name would stay unseen in caches for ever."""
_FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 58, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}


def make_edition(
    image: Image.Image,
    details: Details,
    digest: bytes,
    folder: Path,
    progress: Callable[[int], None],
) -> Edition:
    """Write the files; those that lie there already are kept. `digest` is the picture's.

    :raises OSError: it can't be decoded, or the files can't be written.
    """
    shown = _upright(image, details.crop)
    shown.thumbnail((shown.width, TALLEST), Image.Resampling.LANCZOS)
    widths = _widths(shown.width)
    stem = _stem(digest, details)
    main = max([one for one in widths if one <= MAIN], default=widths[0])
    media = f"{stem}-{main}.jpg"
    rights = rights_xmp(details)
    _write(_square(shown, details.focal_in_crop), "webp", folder / square(media), rights)
    height = 0
    for n, width in enumerate(reversed(widths)):
        # From the large to the small: each is made from the one before, which is quick.
        size = (width, max(1, round(shown.height * width / shown.width)))
        shown = shown.resize(size, Image.Resampling.LANCZOS) if size != shown.size else shown
        height = shown.height if width == main else height
        for ending in ENDINGS:
            _write(shown, ending, folder / rendition(media, width, ending), rights)
        progress(10 + 85 * (n + 1) // len(widths))
    focal = _rounded(details.focal_in_crop)
    return Edition(media, main, height, widths, focal, is_cropped=details.crop is not None)


def _widths(width: int) -> tuple[int, ...]:
    found = [one for one in WIDTHS if one <= width]
    widest = min(width, WIDTHS[-1])
    # What is between two steps is worth a file of its own only if it is much larger than the lower.
    return tuple(found) if found and widest < found[-1] * 1.2 else (*found, widest)


def _stem(digest: bytes, details: Details) -> str:
    told = [RECIPE, details.crop, details.focal_in_crop, rights_xmp(details).decode()]
    return hashlib.sha256(digest + json.encode(told)).hexdigest()[:32]


def _rounded(focal: Point | None) -> Point | None:
    return focal and (round(focal[0], 4), round(focal[1], 4))


def _upright(image: Image.Image, crop: Box | None) -> Image.Image:
    # A JPEG is decoded at a fraction of its size: a large photograph costs a tenth.
    enough = int(WIDTHS[-1] / (crop[2] if crop else 1))
    image.draft(None, (enough, enough))
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if crop:
        left, top, width, height = crop
        x, y = upright.width, upright.height
        upright = upright.crop(
            (round(left * x), round(top * y), round((left + width) * x), round((top + height) * y))
        )
    return _bare(_srgb(upright, profile))


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "LA", "1"):
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            made = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            image = made or image
        except ImageCms.PyCMSError:
            # A profile that can't be used says nothing; the colours are taken for sRGB.
            pass
    return image if image.mode == "RGBA" else image.convert("RGB")


def _bare(image: Image.Image) -> Image.Image:
    """A new picture: what stood beside the pixels (place, camera, profile) stays behind.

    On white where it was transparent: a chart's black letters stay readable on a dark page.
    """
    bare = Image.new("RGB", image.size, "white")
    bare.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return bare


def _square(image: Image.Image, focal: tuple[float, float] | None) -> Image.Image:
    side = min(SQUARE, *image.size)
    return ImageOps.fit(image, (side, side), centering=focal or (0.5, 0.5))


def _write(image: Image.Image, ending: str, path: Path, rights: bytes) -> None:
    kind, how = _FORMATS[ending]
    xmp = {"xmp": rights} if rights else {}
    write_whole(path, lambda file: image.save(file, kind, **how, **xmp))
