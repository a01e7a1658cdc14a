"""Measures the stand-ins of styles/fonts.css: the reader's own fonts at the widths of ours.

    npm install --prefix DIR @fontsource/{tinos,arimo,noto-serif,roboto}
    .venv/bin/python frontend/fonts/standins.py DIR/node_modules/@fontsource

Tinos has the widths of Times New Roman and Liberation Serif by design, Arimo those of Arial and
Liberation Sans. Noto Serif and Roboto are what Android has; DejaVu (Debian: fonts-dejavu) is what a
Linux without any of these falls back to, and by far the widest.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

HERE = Path(__file__).parent
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
SAMPLE = (
    "The leaders came out of the hall one after the other, said nothing to the microphones, and "
    "drove away over the wet square. What they had agreed in the six hours before was read out at "
    "midnight by a spokesman, from a single sheet of paper, without questions. Ana Reyes in "
    "Brussels: 30 allies, 79 paragraphs, 14 June 2021, 17:40. Die Verhandlungen dauerten bis kurz "
    "vor Mitternacht. Les dirigeants ont adopté le communiqué sans débat."
)
# What is set in sans is names, places, times and counts.
SMALL = (
    "Ana Reyes in Brussels, Marco Villa in Geneva, Hannah Weiss and Léa Moreau, Reuters. "
    "14 June 2021, 17:40 in Brussels. Topics NATO 12 Joe Biden 9 Vladimir Putin 8 Ukraine 7 Article "
    "5 China 4 Stoltenberg 3. Sources: Élysée, White House, unconfirmed. Illustration: The "
    "Continental. Newest first, Pause, Live, Share, Updated 20 seconds ago. By the hour, in Brussels"
)
TALL = 1000
# face, weight to measure a variable face at, its stand-ins: a package's face or a file of DejaVu's
FACES: list[tuple[str, int | None, tuple[str, str, str]]] = [
    ("serif", None, ("tinos 400-normal", "noto-serif 400-normal", "DejaVuSerif")),
    ("serif-bold", None, ("tinos 700-normal", "noto-serif 700-normal", "DejaVuSerif-Bold")),
    ("serif-italic", None, ("tinos 400-italic", "noto-serif 400-italic", "DejaVuSerif-Italic")),
    ("sans", 400, ("arimo 400-normal", "roboto 400-normal", "DejaVuSans")),
    ("sans", 600, ("arimo 700-normal", "roboto 700-normal", "DejaVuSans-Bold")),
]


def width(path: Path, sample: str, weight: int | None = None) -> float:
    """A sample's width in ems, kerned as a browser does."""
    font = ImageFont.truetype(path, TALL)
    if weight is not None:
        font.set_variation_by_axes([weight])
    return font.getlength(sample) / TALL


def file_of(standin: str, packages: Path) -> Path:
    name, _, face = standin.partition(" ")
    if not face:
        return DEJAVU / f"{name}.ttf"
    return packages / name / "files" / f"{name}-latin-{face}.woff2"


def measure(name: str, weight: int | None, standin: str, packages: Path) -> str:
    face = HERE / f"{name}-latin.woff2"
    sample = SMALL if name == "sans" else SAMPLE
    adjust = width(face, sample, weight) / width(file_of(standin, packages), sample)
    font = TTFont(face)
    em, lines = font["head"].unitsPerEm, font["hhea"]
    up, down = lines.ascent / em / adjust, -lines.descent / em / adjust
    return (
        f"{name:14}{weight or '':4} {standin:26} size-adjust: {adjust:.1%}; "
        f"ascent-override: {up:.1%}; descent-override: {down:.1%}; gap: {lines.lineGap}\n"
    )


if __name__ == "__main__":
    for name, weight, standins in FACES:
        for standin in standins:
            sys.stdout.write(measure(name, weight, standin, Path(sys.argv[1])))
