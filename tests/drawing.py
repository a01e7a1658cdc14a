"""Pictures that the tests draw, what exiftool writes into them, and what becomes of them."""

import random
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageDraw

from dateline.media.details import Job, Told


def a_picture(size: tuple[int, int] = (1200, 800), *, mode: str = "RGB") -> Image.Image:
    """Four fields of colour: red and green above, blue and yellow below."""
    width, height = size
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    for n, colour in enumerate(("#d02020", "#20a020", "#2040d0", "#e0c020")):
        x, y = (n % 2) * width // 2, (n // 2) * height // 2
        draw.rectangle((x, y, x + width // 2, y + height // 2), colour)
    return image.convert(mode)


def a_file(kind: str = "JPEG", size: tuple[int, int] = (1200, 800), **how: Any) -> bytes:
    """A picture as the bytes of a file."""
    mode = how.pop("mode", "P" if kind == "GIF" else "RGB")
    out = BytesIO()
    a_picture(size, mode=mode).save(out, kind, **how)
    return out.getvalue()


def noise(rng: random.Random, size: tuple[int, int]) -> bytes:
    """A PNG that can't be packed: about three bytes a pixel."""
    out = BytesIO()
    Image.frombytes("RGB", size, rng.randbytes(size[0] * size[1] * 3)).save(out, "PNG")
    return out.getvalue()


def tagged(data: bytes, *tags: str, folder: Path, ending: str = "jpg") -> bytes:
    """The picture with what exiftool writes into it: `-IPTC:By-line=…`."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.fail("exiftool is missing; scripts/system-packages installs it")
    path = folder / f"tagged.{ending}"
    path.write_bytes(data)
    command = [program, "-q", "-overwrite_original", *tags, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return path.read_bytes()


def tags_of(path: Path) -> str:
    """Everything exiftool finds in a file, group by group."""
    command = ["exiftool", "-a", "-G1", "-s", "-ee", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def developed(data: bytes, folder: Path) -> Told:
    """What the process says in the end."""
    original = folder / "original"
    original.write_bytes(data)
    job = Job("picture", str(original), str(folder / "media"), 50_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "dateline.media.developing"],
        input=msgspec.json.encode(job),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert not done.stderr, done.stderr.decode()
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Told)
