"""What readers can take away as a file: a document of one of three formats."""

from typing import Literal

from msgspec import Struct

Format = Literal["pdf", "csv", "text"]
ENDINGS: dict[Format, str] = {"pdf": ".pdf", "csv": ".csv", "text": ".txt"}
"""How the files of each are called: a browser and a reader's computer go by it."""


class Document(Struct, frozen=True, omit_defaults=True):
    """One file of a document. `size` is in bytes; `pages` is known of a PDF."""

    format: Format
    size: int
    pages: int | None = None
