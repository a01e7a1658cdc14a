"""Measures the stand-ins of styles/fonts.css: the reader's own fonts at the widths of ours.

    python frontend/fonts/standins.py

Liberation has the widths of Times New Roman and Arial by design, so it is measured for both.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
LIBERATION = Path("/usr/share/fonts/truetype/liberation")
SAMPLE = (
    "The leaders came out of the hall one after the other, said nothing to the microphones, and "
    "drove away over the wet square. What they had agreed in the six hours before was read out at "
    "midnight by a spokesman, from a single sheet of paper, without questions. Ana Reyes in "
    "Brussels: 30 allies, 79 paragraphs, 14 June 2021, 17:40. Die Verhandlungen dauerten bis kurz "
    "vor Mitternacht. Les dirigeants ont adopté le communiqué sans débat."
)
# face, weight to measure a variable face at, stand-in
PAIRS = [
    ("serif", None, "LiberationSerif-Regular.ttf"),
    ("serif-bold", None, "LiberationSerif-Bold.ttf"),
    ("serif-italic", None, "LiberationSerif-Italic.ttf"),
    ("sans", 400, "LiberationSans-Regular.ttf"),
    ("sans", 600, "LiberationSans-Bold.ttf"),
]


def width(font: TTFont) -> float:
    """The sample's width in ems."""
    names, widths = font.getBestCmap(), font["hmtx"]
    return sum(widths[names[ord(c)]][0] for c in SAMPLE) / font["head"].unitsPerEm


def measure(name: str, weight: int | None, standin: str) -> str:
    face = TTFont(HERE / f"{name}-latin.woff2")
    if weight is not None:
        face = instancer.instantiateVariableFont(face, {"wght": weight})
    adjust = width(face) / width(TTFont(LIBERATION / standin))
    em, lines = face["head"].unitsPerEm, face["hhea"]
    up, down = lines.ascent / em / adjust, -lines.descent / em / adjust
    return (
        f"{name:14}{weight or '':4} {standin:30} size-adjust: {adjust:.1%}; "
        f"ascent-override: {up:.1%}; descent-override: {down:.1%}; gap: {lines.lineGap}\n"
    )


if __name__ == "__main__":
    for pair in PAIRS:
        sys.stdout.write(measure(*pair))
