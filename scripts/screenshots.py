"""The pictures in docs/images: the demo after its last step, and a coverage in Arabic.

`make screenshots` takes them all; look at each before you commit it.
"""

import json
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
from typing import Any, NamedTuple

import httpx2
from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
LIVE = "/live/brussels-summit-2021"
MOST_BYTES = 70_000
MARGIN = 67  # 18 mm, as the style sheet has it for paper
TOLD_SECONDS = 120
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

TOLD_IN_ARABIC = Path(__file__).parents[1] / "tests/browser/arabic.json"
ARABIC = "/live/water-summit"
# A reader at the place: its times are theirs.
ZONES = {LIVE: "Europe/Brussels", ARABIC: "Africa/Cairo"}


class Shot(NamedTuple):
    """A page as it is looked at."""

    path: str
    width: int
    height: int
    scheme: Any = "light"
    media: Any = "screen"


# The Arabic coverage is opened after the first ones are taken: it would be on the front page.
DEMO = {
    "front-desktop": Shot("/", 1280, 800),
    "live-desktop": Shot(LIVE, 1280, 1000),
    "live-dark": Shot(LIVE, 1280, 1000, scheme="dark"),
    "live-tablet": Shot(LIVE, 768, 1024),
    "live-phone": Shot(LIVE, 390, 844),
    "live-phone-dark": Shot(LIVE, 390, 844, scheme="dark"),
    # A4 at 96 dots per inch, without its margins.
    "live-print": Shot(LIVE, 660, 990, media="print"),
}
IN_ARABIC = {
    "arabic-desktop": Shot(ARABIC, 1280, 1000),
    "arabic-phone-dark": Shot(ARABIC, 390, 844, scheme="dark"),
}


def main() -> None:
    """Take them all; with `--whole FOLDER` also the whole length of each page, to look at."""
    whole = Path(sys.argv[2]) if sys.argv[1:2] == ["--whole"] else None
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not chromium:
        sys.exit("There is no Chromium. Run scripts/system-packages.")
    with told_demo() as (address, data), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        keep(browser, address, DEMO, whole)
        tell_in_arabic(address, data)
        keep(browser, address, IN_ARABIC, whole)
        browser.close()


def keep(browser: Browser, address: str, shots: dict[str, Shot], whole: Path | None) -> None:
    for name, shot in shots.items():
        picture = take(browser, address, shot)
        path = IMAGES / f"{name}.png"
        path.write_bytes(picture)
        sys.stdout.write(f"{path.relative_to(IMAGES.parents[1])}  {len(picture) // 1024} KiB\n")
        if whole:
            whole.mkdir(parents=True, exist_ok=True)
            (whole / path.name).write_bytes(take(browser, address, shot, full_page=True))


def tell_in_arabic(address: str, data: str) -> None:
    """Open the coverage that the browser tests have, while the demo's server runs."""
    command = [sys.executable, "-m", "dateline", "token", "create", "screenshots", "--data", data]
    token = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    told = json.loads(TOLD_IN_ARABIC.read_text())
    slug = ARABIC.rpartition("/")[2]
    with httpx2.Client(base_url=address, headers={"authorization": f"Bearer {token}"}) as api:

        def send(method: str, path: str, body: dict[str, Any]) -> None:
            api.request(method, f"/api/coverages{path}", json=body).raise_for_status()

        send("POST", "", {"slug": slug, **told["coverage"]})
        send("POST", f"/{slug}/status", {"status": "live"})
        for post in told["posts"]:
            send("POST", f"/{slug}/posts", post)
        send("PUT", f"/{slug}/briefing", told["briefing"])


@contextmanager
def told_demo() -> Iterator[tuple[str, str]]:
    """The address and the folder of a demo that has told its story."""
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
            yield said.partition("Dateline is at ")[2].split()[0], folder
        finally:
            demo.terminate()
            demo.wait()


def take(browser: Browser, address: str, shot: Shot, *, full_page: bool = False) -> bytes:
    """One page as an optimised PNG, once fonts and pictures are there and the stream is open."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        timezone_id=ZONES.get(shot.path),
    )
    page.goto(address + shot.path)
    if shot.path != "/":
        page.locator('#connection[data-link="live"], #connection[data-link="ended"]').wait_for()
    page.emulate_media(media=shot.media)
    if full_page:
        for image in page.locator("img").all():
            image.scroll_into_view_if_needed()
            page.wait_for_function("image => image.complete", arg=image.element_handle())
        page.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.wait_for_load_state("networkidle" if shot.path == "/" else "load")
    picture = page.screenshot(full_page=full_page)
    page.close()
    return _small(picture, MARGIN if shot.media == "print" else 0)


def _small(picture: bytes, margin: int) -> bytes:
    """In all its colours where that is small enough, else in a palette."""
    with Image.open(BytesIO(picture)) as image:
        full = ImageOps.expand(image.convert("RGB"), margin, "white")
    # The other methods lose what is small and means something: the red dot.
    palette = full.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    for version in (full, palette):
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
