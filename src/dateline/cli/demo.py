"""dateline demo"""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dateline import app, logs
from dateline.demo.library import fill_library
from dateline.demo.people import EMAILS, make_people
from dateline.demo.playing import copy_pictures, load_script, play
from dateline.settings import from_environment

NEWSROOM = "The Continental"
"""Whose reporters the script's bylines name."""


def demo(
    data: Annotated[
        Path, typer.Option(help="Folder of the demo's own data.", file_okay=False)
    ] = Path("demo-data"),
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=0, max=65535)] = None,
    pace: Annotated[float, typer.Option(help="Seconds between two posts.", min=0)] = 6.0,
) -> None:
    """Start a server with two summits that are being covered as you watch.

    Anyone who reaches it can sign in to its desk as its editor or reporter, by a click.
    Started again, it goes on where it was. Delete its folder to begin anew.
    """
    logs.configure()
    given = {"data": data, "host": host, "port": port, "newsroom": NEWSROOM}
    settings = from_environment(given)
    copy_pictures(settings.data / "media")
    asyncio.run(make_people(settings.data, NEWSROOM))
    asyncio.run(fill_library(settings.data, load_script()))
    app.serve(settings, beside=partial(play, pace=pace), demo_people=EMAILS)
