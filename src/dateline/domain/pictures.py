"""How the files of a picture or of a document are called: one name leads to all of them."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.domain.documents import Document
from dateline.domain.shapes import Point

ENDINGS = ("avif", "webp", "jpg")
"""The formats of a picture's renditions, the smallest first."""


class Edition(Struct, frozen=True):
    """One set of files of a picture. `media` is the name that posts give; width and height are
    that file's, and each of `widths` lies ready in all of `ENDINGS`. `focal` is what matters in it,
    as parts of 1 of these very files; `is_cropped`: they don't show the whole picture.

    Of a `document` there is one file, `media` itself, and no width or height.
    """

    media: str
    width: int
    height: int
    widths: tuple[int, ...]
    focal: Point | None = None
    is_cropped: bool = False
    document: Document | None = None

    def names(self) -> Iterator[str]:
        """The names of all its files."""
        if self.document:
            yield self.media
            return
        for width in self.widths:
            for ending in ENDINGS:
                yield rendition(self.media, width, ending)
        yield square(self.media)


def rendition(media: str, width: int, ending: str) -> str:
    """The name of a picture in another width and format: what is before the “-” stays."""
    return f"{media.rpartition('-')[0]}-{width}.{ending}"


def square(media: str) -> str:
    """The name of the picture cut around what matters, for lists."""
    return f"{media.rpartition('-')[0]}-square.webp"
