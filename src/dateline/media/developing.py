"""One picture in a process of its own: `python -m dateline.media.developing`."""

import hashlib
from pathlib import Path

import msgspec
from PIL import Image

from dateline.domain.pictures import Edition
from dateline.media.alone import read_original, tell_progress, work_alone
from dateline.media.details import Details, Job
from dateline.media.kinds import Refused, kind_of
from dateline.media.metadata import read_details
from dateline.media.renditions import make_edition

_SIDE = 30_000


def develop(job: Job) -> tuple[Details, Edition]:
    """What the picture says of itself, and its files.

    :raises Refused: it is no picture that we take.
    """
    data = read_original(job)
    kind = kind_of(data)
    try:
        # Only this one decoder, and only the head: nothing is unpacked before the size is known.
        with Image.open(Path(job.original), formats=[kind]) as image:
            _check_size(image, kind, job.most_pixels)
            details = job.known or _read(image, kind).with_said(job.said)
            # Its id too: the same file sent twice is two pictures, and each can be taken down.
            digest = hashlib.sha256(job.picture.encode() + data).digest()
            tell_progress(10)
            edition = make_edition(image, details, digest, Path(job.folder), tell_progress)
    except (Refused, MemoryError):
        raise
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused(_BROKEN) from error
    except Exception as error:  # a decoder fails in more ways than it names
        raise Refused(_BROKEN) from error
    return details, edition


def _read(image: Image.Image, kind: str) -> Details:
    return msgspec.structs.replace(read_details(image), kind=kind)


_BROKEN = "It can't be read as a picture: it is damaged. Save it again and send that."


def _check_size(image: Image.Image, kind: str, most_pixels: int) -> None:
    # A JPEG's further pictures are the phone's own: a depth map, a brighter version.
    if getattr(image, "n_frames", 1) > 1 and kind != "JPEG":
        raise Refused("This picture moves. Send a still one.")
    width, height = image.size
    if width * height > most_pixels or max(width, height) > _SIDE:
        raise Refused(
            f"The picture is {width} x {height} pixels large; {most_pixels // 1_000_000} million "
            f"in all and {_SIDE} on a side are allowed. Make it smaller and send that."
        )


def main() -> None:
    # Our own limit stands before it, and is the same for every size.
    Image.MAX_IMAGE_PIXELS = None
    work_alone(develop)


if __name__ == "__main__":
    main()
