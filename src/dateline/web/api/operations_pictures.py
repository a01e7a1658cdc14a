"""What the API can do with pictures and documents: the library."""

from typing import get_args

from dateline.media.details import Change
from dateline.media.library import Kind
from dateline.web.api import media, media_uses
from dateline.web.api.incoming import MOST_SEQ
from dateline.web.api.operation import Operation

_G = "/api/media"
OF_PICTURES = (
    Operation(
        "get",
        _G,
        "Search the newsroom's pictures and documents",
        media.PicturesAnswer,
        query=(("before", 0, MOST_SEQ), ("limit", 1, media.MOST)),
        words=("q", "media"),
        choices=(("kind", get_args(Kind)),),
        is_for_desk=True,
    ),
    Operation(
        "get",
        f"{_G}/{{picture_id}}",
        "Read a picture or a document",
        media.PictureAnswer,
        is_for_desk=True,
    ),
    Operation(
        "patch",
        f"{_G}/{{picture_id}}",
        "Describe, crop or point at a picture",
        media.PictureAnswer,
        Change,
        takes_revision="mark",
        takes_key=False,
    ),
    Operation(
        "get",
        f"{_G}/{{picture_id}}/uses",
        "Where a picture or a document is used",
        media_uses.UsesAnswer,
        is_for_desk=True,
    ),
)
