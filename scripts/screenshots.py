"""The pictures in docs/images, of the demo after its last step: `make screenshots`."""

import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
LIVE = "/live/brussels-summit-2021"
MOST_BYTES = 300_000
TOLD_SECONDS = 120
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

SHOTS: dict[str, tuple[str, int, int, str]] = {
    "live-desktop": (LIVE, 1280, 1000, "light"),
    "live-dark": (LIVE, 1280, 1000, "dark"),
    "live-tablet": (LIVE, 768, 1024, "light"),
    "live-phone": (LIVE, 390, 844, "light"),
    "front-desktop": ("/", 1280, 800, "light"),
}


def main() -> None:
    """Take them all; with `--whole FOLDER` also the whole length of each page, to look at."""
    whole = Path(sys.argv[2]) if sys.argv[1:2] == ["--whole"] else None
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("There is no Chromium. Run scripts/system-packages.")
    with told_demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, shot in SHOTS.items():
            picture = take(browser, address, *shot)
            path = IMAGES / f"{name}.png"
            path.write_bytes(picture)
            sys.stdout.write(f"{path.relative_to(IMAGES.parents[1])}  {len(picture) // 1024} KiB\n")
            if whole:
                whole.mkdir(parents=True, exist_ok=True)
                (whole / path.name).write_bytes(take(browser, address, *shot, full_page=True))
        browser.close()


@contextmanager
def told_demo() -> Iterator[str]:
    """The address of a demo that has told its story."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dateline", "demo", "--data", folder]
        demo = subprocess.Popen(
            [*command, "--port", "0", "--pace", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            said = _said_until(demo, "has told its story")
            yield said.partition("Dateline is at ")[2].split()[0]
        finally:
            demo.terminate()
            demo.wait()


def take(
    browser: Browser,
    address: str,
    path: str,
    width: int,
    height: int,
    scheme: Any,
    *,
    full_page: bool = False,
) -> bytes:
    """One page as an optimised PNG, once fonts and pictures are there and the stream is open."""
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        timezone_id="Europe/Brussels",
    )
    page.goto(address + path)
    if path != "/":
        page.locator('#connection[data-link="live"], #connection[data-link="ended"]').wait_for()
    if full_page:
        for image in page.locator("img").all():
            image.scroll_into_view_if_needed()
            page.wait_for_function("image => image.complete", arg=image.element_handle())
        page.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.wait_for_load_state("networkidle" if path == "/" else "load")
    picture = page.screenshot(full_page=full_page)
    page.close()
    return _small(picture)


def _small(picture: bytes) -> bytes:
    """In all its colours where that is small enough, else in a palette (which dulls a few)."""
    with Image.open(BytesIO(picture)) as image:
        full = image.convert("RGB")
    for version in (full, full.quantize(256, dither=Image.Dither.NONE)):
        out = BytesIO()
        version.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST_BYTES:
            break
    return out.getvalue()


def _said_until(demo: "subprocess.Popen[str]", words: str) -> str:
    assert demo.stdout
    said = ""
    end = time.monotonic() + TOLD_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(demo.stdout, selectors.EVENT_READ)
        while words not in said:
            left = end - time.monotonic()
            line = demo.stdout.readline() if left > 0 and selector.select(left) else ""
            if not line:
                sys.exit(f"The demo did not come to its end:\n{said}")
            said += line
    return said


if __name__ == "__main__":
    main()
