"""Makes the fonts of the page from fontsource's files: what is used, and nothing else.

Run it after a change (needs fonttools and brotli, both in the dev extra):

    python frontend/fonts/subset.py

It reads node_modules, so `npm ci` comes first. The results are committed: a build needs no
Python. Each face is cut in two by unicode-range: `latin` is loaded by every page, `europe`
only where a name needs it (Čapek, Őrsi, Łódź).
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "node_modules" / "@fontsource-variable"

# Latin-1, and the punctuation that news uses: dashes, quotation marks of all of Europe, bullet,
# ellipsis, primes, per mille, euro, trade mark, minus. What the sources lack (narrow spaces,
# arrows) comes from the reader's own fonts.
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E),
    *(0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212),
]
# Latin Extended-A, Romanian's comma-below letters, capital sharp s.
EUROPE = [c for c in [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E] if c not in LATIN]

SERIF = "source-serif-4/files/source-serif-4-{part}-opsz-{slope}.woff2"
SANS = "public-sans/files/public-sans-{part}-wght-{slope}.woff2"

TEXT = ["kern", "liga", "mark", "locl", "ccmp"]
# name of the face, its source, slope, axes (a pair: kept, a number: pinned), features kept.
# Two optical sizes instead of the whole axis: half the bytes, and every size looks right.
FACES = [
    ("serif", SERIF, "normal", {"wght": (400, 700), "opsz": 18}, TEXT),
    ("serif-italic", SERIF, "italic", {"wght": 400, "opsz": 18}, TEXT),
    ("display", SERIF, "normal", {"wght": 600, "opsz": 48}, TEXT),
    ("sans", SANS, "normal", {"wght": (400, 700)}, ["kern", "mark", "locl", "ccmp", "tnum"]),
]


def make(name: str, source: str, slope: str, axes: dict, features: list[str]) -> None:
    """Write `{name}-latin.woff2` and `{name}-europe.woff2`."""
    for part, points, out in (("latin", LATIN, "latin"), ("latin-ext", EUROPE, "europe")):
        path = PACKAGES / source.format(part=part, slope=slope)
        font = TTFont(path, recalcTimestamp=False)  # the same bytes on every day
        options = subset.Options(
            flavor="woff2",
            layout_features=features,
            hinting=False,
            desubroutinize=False,
            name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 25],
            notdef_outline=True,
        )
        cut = subset.Subsetter(options)
        cut.populate(unicodes=points)
        cut.subset(font)
        font = instancer.instantiateVariableFont(font, axes)
        path = HERE / f"{name}-{out}.woff2"
        subset.save_font(font, path, options)
        missing = set(points) - set(font.getBestCmap())
        absent = [hex(point) for point in sorted(missing)]
        sys.stdout.write(f"{path.name:28}{path.stat().st_size:7} bytes, not in source: {absent}\n")


if __name__ == "__main__":
    for face in FACES:
        make(*face)
    for package, licence in (("source-serif-4", "Source-Serif-4"), ("public-sans", "Public-Sans")):
        text = (PACKAGES / package / "LICENSE").read_text(encoding="utf-8")
        (HERE / f"OFL-{licence}.txt").write_text(text, encoding="utf-8")
