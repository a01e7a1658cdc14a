"""dateline serve"""

from typing import Annotated

import typer

from dateline import app, logs
from dateline.cli.console import Data
from dateline.settings import from_environment


def serve(
    data: Data = None,
    host: Annotated[
        str | None,
        typer.Option(
            help="Address to listen on. [dim]\\[env: DATELINE_HOST; default: 127.0.0.1][/]",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            help="Port to listen on. [dim]\\[env: DATELINE_PORT; default: 8000][/]",
            show_default=False,
            min=0,
            max=65535,
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            help="Folder of your own look: style sheet, templates. [dim]\\[env: DATELINE_THEME][/]",
            show_default=False,
            metavar="DIR",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that share the port and the readers. "
            "[dim]\\[env: DATELINE_WORKERS; default: 1][/]",
            show_default=False,
            min=1,
            max=64,
        ),
    ] = None,
) -> None:
    """Start the server. Ctrl-C ends it cleanly."""
    logs.configure()
    given = {"data": data, "host": host, "port": port, "theme": theme, "workers": workers}
    app.serve(from_environment(given))
