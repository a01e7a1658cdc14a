"""One picture in a process of its own: `python -m dateline.media.developing`.

A decoder that is led astray dies here, alone, with little memory and time. It reads a `Job` and
says what comes of it in lines of JSON. It knows no database and no network.
"""

import hashlib
import os
import resource
import signal
import sys
import warnings
from pathlib import Path

import msgspec
from PIL import Image

from dateline.domain.pictures import Edition
from dateline.media.details import Details, Job, Told
from dateline.media.kinds import Refused, kind_of
from dateline.media.metadata import read_details
from dateline.media.renditions import make_edition

MOST_MEMORY = 4 * 1024**3
MOST_SECONDS = 90
_SIDE = 30_000


def develop(job: Job) -> tuple[Details, Edition]:
    """What the picture says of itself, and its files.

    :raises Refused: it is no picture that we take.
    """
    try:
        data = Path(job.original).read_bytes()
    except FileNotFoundError as error:
        raise Refused("The original is not there any more. Send the picture again.") from error
    kind = kind_of(data)
    try:
        # Only this one decoder, and only the head: nothing is unpacked before the size is known.
        with Image.open(Path(job.original), formats=[kind]) as image:
            _check_size(image, kind, job.most_pixels)
            details = job.known or _read(image, kind).with_said(job.said)
            # Its id too: the same file sent twice is two pictures, and each can be taken down.
            digest = hashlib.sha256(job.picture.encode() + data).digest()
            _tell(Told(progress=10))
            edition = make_edition(image, details, digest, Path(job.folder), _progress)
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
    """The life of the process. It ends with 0 whenever it has said what came of the picture."""
    # Whoever stops the server may stop all its processes. To die of that would look as if the
    # picture were to blame: the server ends this one itself, and begins it again.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    # Our own limit stands before it, and is the same for every size.
    Image.MAX_IMAGE_PIXELS = None
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    try:
        details, edition = develop(job)
        _tell(Told(progress=100, details=details, edition=edition))
    except Refused as error:
        _tell(Told(refused=str(error)))
    except OSError as error:
        _tell(Told(waits=str(error)))
    except MemoryError:
        _tell(Told(refused="It takes more memory than there is for one picture. Make it smaller."))


def _progress(percent: int) -> None:
    _tell(Told(progress=percent))


def _tell(told: Told) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
