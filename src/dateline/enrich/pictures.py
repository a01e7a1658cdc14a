"""A picture of somebody else's, made into one of ours: smaller, and with nothing but what shows."""

import hmac
from io import BytesIO
from pathlib import Path

from PIL import Image

from dateline.enrich.fetching import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDEST = 1200
TYPES = {"image/jpeg", "image/png", "image/webp", "image/gif"}
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def keep(body: bytes, folder: Path, secret: bytes) -> tuple[str, bool]:
    """Write the picture as WebP; its name, and whether it is new. It blocks: call it in a thread.

    The name is made with the house's own secret: else who has the picture, and it is everybody's,
    could ask whether a rehearsal shows it.

    :raises Refused: it is no picture that can be shown.
    :raises OSError: it can't be written.
    """
    made = _webp(body)
    name = f"{hmac.digest(secret, made, 'sha256').hex()[:32]}.webp"
    path = folder / name
    if path.exists():
        return name, False
    folder.mkdir(parents=True, exist_ok=True)
    beginning = path.with_suffix(".part")
    beginning.write_bytes(made)
    # Whole or not there: what is served is kept by caches for ever.
    beginning.replace(path)
    return name, True


def _webp(body: bytes) -> bytes:
    try:
        with Image.open(BytesIO(body), formats=_FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("the picture has too many pixels")
            found.draft("RGB", (WIDEST, WIDEST))
            shown = found.convert("RGB")
        shown.thumbnail((WIDEST, WIDEST * 4))
        # A new picture: what stood beside the pixels (place, camera, profile) stays behind.
        bare = Image.new("RGB", shown.size)
        bare.paste(shown)
        out = BytesIO()
        bare.save(out, "WEBP", quality=80)
    except Refused:
        raise
    except Exception as error:  # a decoder fails in more ways than it names
        raise Refused(f"it is no picture: {error}") from error
    return out.getvalue()
