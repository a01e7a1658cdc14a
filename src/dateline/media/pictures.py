"""All that has to do with pictures, made together over one data folder."""

from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from dateline.media.darkroom import Darkroom
from dateline.media.library import Library
from dateline.media.takedown import Takedown
from dateline.media.uploads import Uploads
from dateline.store.database import Database


class Pictures(Struct, frozen=True):
    """The way of a picture: taken in, developed, known, and taken down."""

    uploads: Uploads
    darkroom: Darkroom
    library: Library
    takedown: Takedown


def pictures_of(
    database: Database, folder: Path, *, mib: int, megapixels: int, hours: float
) -> Pictures:
    """The pictures of a data folder, with the limits of what may be sent."""
    originals, media = folder / "originals", folder / "media"
    uploads = Uploads(
        database, originals, most_bytes=mib * 1024 * 1024, kept=timedelta(hours=hours)
    )
    library = Library(database)
    takedown = Takedown(database, originals=originals, media=media)
    darkroom = Darkroom(
        library,
        uploads,
        takedown,
        originals=originals,
        media=media,
        most_pixels=megapixels * 1_000_000,
    )
    return Pictures(uploads, darkroom, library, takedown)
