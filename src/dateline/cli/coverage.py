"""dateline coverage create | list | close"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from dateline.cli.console import Data, data_folder, errors, existing, show
from dateline.desk.writing import Request, write
from dateline.domain.commands import ChangeStatus, Command, OpenCoverage
from dateline.domain.errors import Invalid, NotFound
from dateline.domain.people import Actor
from dateline.projections.front import FrontProjection, Listed
from dateline.store.sqlite import open_log

app = typer.Typer(no_args_is_help=True, help="Coverages: open, list, close.")
OPERATOR = Actor(id="operator", name="Command line", kind="person")


@app.command("create")
def create(
    slug: Annotated[
        str, typer.Argument(help="Its name in the address: small letters, digits, hyphens.")
    ],
    title: Annotated[str, typer.Argument(help="Its headline.")],
    timezone: Annotated[str, typer.Option(help="Where it happens, as an IANA zone.")] = "UTC",
    language: Annotated[str, typer.Option(help="The language it is written in.")] = "en",
    summary: Annotated[
        str | None, typer.Option(help="A sentence or two under the headline.", show_default=False)
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Start it at once.")] = False,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="Only the desk sees it: to train, or to prepare.")
    ] = False,
    data: Data = None,
) -> None:
    """Open a coverage. It begins as scheduled, or live with --live."""
    given = {
        "slug": slug,
        "title": title,
        "timezone": timezone,
        "language": language,
        "summary": summary,
        "rehearsal": rehearsal,
    }
    try:
        command = msgspec.convert(given, OpenCoverage)
    except msgspec.ValidationError as error:
        raise Invalid(
            f"This coverage can't be opened: {error}. "
            "`dateline coverage create --help` shows what it takes."
        ) from error
    commands: list[Command] = [command]
    if live:
        commands.append(ChangeStatus("live"))
    asyncio.run(_write(data_folder(data), slug, commands))
    who = "Who is signed in finds" if rehearsal else "Readers find"
    errors.print(f"Opened. {who} it at /live/{slug}", soft_wrap=True)


@app.command("list")
def list_(data: Data = None) -> None:
    """Show all coverages, the one that changed last first."""
    table = Table("Coverage", "Status", "Posts", "Events", "Last change", "Title", box=None)
    for one in asyncio.run(_list(existing(data))):
        table.add_row(
            one.coverage.slug,
            "rehearsal" if one.coverage.rehearsal else one.coverage.status,
            str(one.head.posts),
            str(one.head.version),
            f"{one.head.updated_at:%Y-%m-%d %H:%M} UTC",
            one.coverage.title,
        )
    show(table)


@app.command("close")
def close(
    slug: Annotated[str, typer.Argument(help="The coverage to end.")], data: Data = None
) -> None:
    """End a coverage: its page stays, and nothing new is published there."""
    folder = existing(data)
    try:
        asyncio.run(_write(folder, slug, [ChangeStatus("ended")]))
    except NotFound:
        raise NotFound(
            f"There is no coverage {slug}. `dateline coverage list` shows all."
        ) from None
    errors.print(f"{slug} has ended.")


async def _write(folder: Path, slug: str, commands: list[Command]) -> None:
    async with open_log(folder) as log:
        for command in commands:
            await write(log, OPERATOR, Request(slug, command), now=datetime.now(UTC))


async def _list(folder: Path) -> list[Listed]:
    async with open_log(folder) as log:
        return await FrontProjection(log).all()
