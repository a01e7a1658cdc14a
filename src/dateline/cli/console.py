"""Where the commands write: results to standard output, the rest to standard error."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dateline.domain.errors import NotFound
from dateline.settings import from_environment

out = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False)

PIPE_WIDTH = 1000

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
    (out if out.is_terminal else Console(highlight=False, width=PIPE_WIDTH)).print(table)


def data_folder(given: Path | None) -> Path:
    """The data folder, as `serve` would choose it."""
    return from_environment({"data": given}).data


def existing(given: Path | None) -> Path:
    """The data folder, which has to be there already.

    :raises NotFound: it is not; a command that only reads must not make an empty one.
    """
    folder = data_folder(given)
    if not (folder / "dateline.db").is_file():
        raise NotFound(
            f"There is no Dateline data in {folder.resolve()}. "
            "Name the folder with --data, or start `dateline serve` there first."
        )
    return folder
