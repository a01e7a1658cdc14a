"""Rasterises the demo's drawings: assets/demo/*.svg -> src/dateline/demo/pictures/*.webp.

Run it after changing a drawing: `python assets/draw.py`. Chromium draws, Pillow writes WebP.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
# fmt: off
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-color-profile=srgb",
]
# fmt: on
HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "dateline" / "demo" / "pictures"
LIMIT = 60_000  # bytes: a reader's phone loads several of them on one page
QUALITIES = (90, 86, 82, 78, 74, 70)  # the best that stays under the limit: skies need it


def draw(page: Page, drawing: Path) -> Image.Image:
    """The drawing in its own size, without transparency."""
    page.set_content("<style>body{margin:0}svg{display:block}</style>" + drawing.read_text("utf-8"))
    shot = page.locator("svg").screenshot(type="png")
    return Image.open(io.BytesIO(shot)).convert("RGB")


def encode(picture: Image.Image) -> tuple[bytes, int]:
    """The picture as WebP, and the quality that it got."""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6, use_sharp_yuv=True)
        if buffer.tell() <= LIMIT:
            break
    return buffer.getvalue(), quality


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    too_large = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        for drawing in sorted((HERE / "demo").glob("*.svg")):
            picture = draw(page, drawing)
            data, quality = encode(picture)
            path = TARGET / f"{drawing.stem}.webp"
            path.write_bytes(data)
            size = f"{picture.width}x{picture.height}"
            print(f"{path.name:28} {size} {len(data) / 1000:5.1f} kB at quality {quality}")
            if len(data) > LIMIT:
                too_large.append(path.name)
        browser.close()
    if too_large:
        print(f"Over {LIMIT // 1000} kB: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
