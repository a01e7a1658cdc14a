"""What is known of a picture, and what is asked of and told by the process that makes its files."""

from hashlib import sha256

from msgspec import UNSET, Struct, UnsetType, json
from msgspec.structs import asdict, replace

from dateline.domain.errors import Invalid
from dateline.domain.pictures import Edition
from dateline.domain.shapes import Credit, Part, Point, Summary

Box = tuple[Part, Part, Part, Part]
SMALLEST_PART = 0.05
"""What a crop has to leave of each side."""


class Details(Struct, frozen=True, omit_defaults=True):
    """What a picture's file says of itself, and what the desk has said since.

    `focal` and `crop` (left, top, width, height) are fractions of the whole picture, upright.
    `taken_at` is ISO 8601, without an offset where the camera had none. Of a document its kind is
    known, and what the desk has said.
    """

    kind: str = ""
    width: int = 0
    height: int = 0
    caption: str = ""
    credit: str = ""
    alt: str = ""
    creator: str = ""
    copyright: str = ""
    digital_source_type: str = ""
    taken_at: str = ""
    focal: Point | None = None
    crop: Box | None = None

    def with_said(self, said: "Details") -> "Details":
        """This, but for what is said."""
        given = {name: value for name, value in asdict(said).items() if value != _DEFAULTS[name]}
        return replace(self, **given)

    @property
    def mark(self) -> str:
        """What tells this from anything else that could be said of the picture."""
        return sha256(json.encode(self)).hexdigest()[:16]

    @property
    def focal_in_crop(self) -> Point | None:
        """The focal point as parts of what is left by the crop; at its edge where it is outside."""
        if not self.focal or not self.crop:
            return self.focal
        left, top, width, height = self.crop
        x, y = (self.focal[0] - left) / width, (self.focal[1] - top) / height
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


_DEFAULTS = asdict(Details())


class Change(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the desk says of a picture. Only what is given changes."""

    caption: Summary | UnsetType = UNSET
    credit: Credit | UnsetType = UNSET
    alt: Summary | UnsetType = UNSET
    creator: Credit | UnsetType = UNSET
    copyright: Credit | UnsetType = UNSET
    digital_source_type: Credit | UnsetType = UNSET
    focal: Point | UnsetType | None = UNSET
    crop: Box | UnsetType | None = UNSET

    def check(self) -> None:
        """:raises Invalid: the crop is not within the picture, or leaves too little of it."""
        if not self.crop:
            return
        left, top, width, height = self.crop
        if min(width, height) < SMALLEST_PART or max(left + width, top + height) > 1.000_001:
            raise Invalid(
                "A crop is left, top, width and height as parts of 1, within the picture and at "
                f"least {SMALLEST_PART} of it. Nothing was changed.",
                "/crop",
            )


class Job(Struct, frozen=True):
    """Read the original, or only make an edition of what is known already.

    `said` is what the desk has said of a picture that nobody has read yet: its word counts more.
    """

    picture: str
    original: str
    folder: str
    most_pixels: int
    known: Details | None = None
    said: Details = Details()


class Told(Struct, frozen=True, omit_defaults=True):
    """A line from the process: how far it is (percent), or what came of it.

    `waits` says why it has to be tried again: the storage did not take the files.
    """

    progress: int = 0
    refused: str = ""
    waits: str = ""
    details: Details | None = None
    edition: Edition | None = None
