"""Makes the fonts of the page from fontsource's files: what is used, and nothing else.

Run it after a change (needs fonttools and brotli, both in the dev extra):

    python frontend/fonts/subset.py

It reads node_modules, so `npm ci` comes first. The results are committed: a build needs no
Python. Each face is cut in two by unicode-range: `latin` is loaded by every page, `europe`
only where a name needs it (Čapek, Őrsi, Łódź). `naskh-arabic` is for the pictures of cards, which
the server draws: no page loads it.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer

from dateline.render.arabic import DRAWN, SIGNS

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "node_modules" / "@fontsource-variable"
NASKH = "noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2"

# What Latin-1 has and no newsroom writes: accents that stand alone, a few signs, odd fractions.
UNUSED = [*map(ord, "¤¦¨¬\u00ad¯³´µ¶¸¹¼¾")]
# Latin-1, and the punctuation that news uses: dashes, quotation marks of all of Europe, bullet,
# ellipsis, primes, euro, trade mark, minus. What the sources lack (narrow spaces, arrows) comes
# from the reader's own fonts, and so does what is left out above.
LATIN = [
    *range(0x20, 0x7F),
    *(point for point in range(0xA0, 0x100) if point not in UNUSED),
    *(0x131, 0x152, 0x153),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E),
    *(0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212),
]
# Latin Extended-A, Romanian's comma-below letters, capital sharp s.
EUROPE = [c for c in [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E] if c not in LATIN]

SERIF = "source-serif-4/files/source-serif-4-{part}-opsz-{slope}.woff2"
SANS = "public-sans/files/public-sans-{part}-wght-{slope}.woff2"

# Accents need no ccmp and no mark: browsers compose what was typed in two characters.
SERIF_FEATURES = ["kern", "liga", "locl"]
SANS_FEATURES = ["kern", "locl", "tnum"]
# Coordinates on a grid of 500 to the em: at the headline's 54 px the grid is a tenth of a pixel,
# and the outlines are an eighth smaller than on the sources' grids of 1000 and 2000.
GRID = 500
# name of the face, its source, slope, axes (a pair: kept, a number: pinned), features kept.
# Two optical sizes in place of the axis: the text's own, and one between headline and title.
FACES = [
    ("serif", SERIF, "normal", {"wght": 400, "opsz": 18}, SERIF_FEATURES),
    ("serif-bold", SERIF, "normal", {"wght": 600, "opsz": 30}, SERIF_FEATURES),
    ("serif-italic", SERIF, "italic", {"wght": 400, "opsz": 18}, SERIF_FEATURES),
    ("sans", SANS, "normal", {"wght": (400, 700)}, SANS_FEATURES),
]


def make(name: str, source: str, slope: str, axes: dict, features: list[str]) -> None:
    """Write `{name}-latin.woff2` and `{name}-europe.woff2`."""
    for part, points, out in (("latin", LATIN, "latin"), ("latin-ext", EUROPE, "europe")):
        path = PACKAGES / source.format(part=part, slope=slope)
        cut(f"{name}-{out}", path, points, axes, features)


def cut(name: str, source: Path, points: list[int], axes: dict, features: list[str]) -> None:
    """Write `{name}.woff2` with these letters alone."""
    font = TTFont(source, recalcTimestamp=False)  # the same bytes on every day
    options = subset.Options(
        flavor="woff2",
        layout_features=features,
        hinting=False,
        desubroutinize=False,
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
    )
    if axes:
        font = instancer.instantiateVariableFont(font, axes)
    scale_upem(font, GRID)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    path = HERE / f"{name}.woff2"
    subset.save_font(font, path, options)
    missing = set(points) - set(font.getBestCmap())
    absent = [hex(point) for point in sorted(missing)]
    sys.stdout.write(f"{path.name:28}{path.stat().st_size:7} bytes, not in source: {absent}\n")


if __name__ == "__main__":
    for face in FACES:
        make(*face)
    cut("naskh-arabic", PACKAGES / NASKH, sorted(map(ord, DRAWN | SIGNS)), {}, [])
    for package, licence in (
        ("source-serif-4", "Source-Serif-4"),
        ("public-sans", "Public-Sans"),
        ("noto-naskh-arabic", "Noto-Naskh-Arabic"),
    ):
        text = (PACKAGES / package / "LICENSE").read_text(encoding="utf-8")
        (HERE / f"OFL-{licence}.txt").write_text(text, encoding="utf-8")
