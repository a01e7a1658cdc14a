"""Where the commands write: results to standard output, the rest to standard error."""

import os
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from dateline.domain.errors import Invalid, NotFound
from dateline.domain.shapes import Slug
from dateline.settings import from_environment
from dateline.store.database import FILE

# Words are shown as they are: a title may hold brackets, and a port after two colons is no emoji.
out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
errors = Console(stderr=True, highlight=False, markup=False, emoji=False)
_pipe = Console(highlight=False, width=1000, markup=False, emoji=False)

Data = Annotated[
    Path | None,
    typer.Option(
        help="Folder that holds everything. [dim]\\[env: DATELINE_DATA; default: ./data][/]",
        show_default=False,
        file_okay=False,
    ),
]


def show(table: Table) -> None:
    """A table; into a pipe with every line whole, for other programs to read."""
    (out if out.is_terminal else _pipe).print(table)


def data_folder(given: Path | None) -> Path:
    """The data folder, as `serve` would choose it."""
    return from_environment({"data": given}).data


def has_data(folder: Path) -> bool:
    """Whether there is a log in it that this user can see."""
    return os.path.isfile(folder / FILE)


def existing(given: Path | None) -> Path:
    """The data folder, which has to be there already.

    :raises NotFound: it is not; a command that only reads must not make an empty one.
    """
    folder = data_folder(given)
    if not has_data(folder):
        raise NotFound(
            f"There is no Dateline data in {folder.resolve()} that this user can see. "
            "Name the folder with --data, or start `dateline serve` there first."
        )
    return folder


def check_slug(given: str) -> None:
    """:raises Invalid: no coverage can be named so. Whether there is one is another question."""
    try:
        msgspec.convert(given, Slug)
    except msgspec.ValidationError:
        raise Invalid(
            f"No coverage can be named “{given}”: a slug has small letters, digits and hyphens. "
            "`dateline coverage list` shows those there are."
        ) from None
