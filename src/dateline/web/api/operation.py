"""One line of the API's tables: what a request is, and what it is answered."""

from typing import Literal

from msgspec import Struct


class Header(Struct, frozen=True):
    """A header that a request needs, or that an answer has."""

    name: str
    pattern: str
    description: str


class Operation(Struct, frozen=True):
    """One line of the table below."""

    method: str
    path: str
    summary: str
    answer: type | None
    body: type | None = None
    status: int = 200
    query: tuple[tuple[str, int, int], ...] = ()
    """Name, least and most of each whole number."""
    takes_revision: Literal["no", "may", "must", "or new", "mark"] = "no"
    """"or new": If-Match, or If-None-Match where it is to begin; "mark": it is no number."""
    words: tuple[str, ...] = ()
    """Names of what may be any text in the query."""
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Name and possible values of each word of the query."""
    is_for_desk: bool = False
    """Whether reading needs a token too."""
    needs: tuple[Header, ...] = ()
    """Headers of the request, without which it is refused."""
    takes: tuple[Header, ...] = ()
    """Headers that a request may have."""
    gives: tuple[Header, ...] = ()
    """Headers of the answer."""
    content: str = "application/json"
    """The media type of the body; of another than JSON any bytes are taken."""
    takes_key: bool = True
    """Whether an Idempotency-Key makes it happen once; drafts have their versions for that."""
    faults: tuple[tuple[str, str], ...] = ()
    """Status and meaning of what it alone is refused with."""
