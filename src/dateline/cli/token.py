"""dateline token create | list | revoke"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from dateline.auth.tokens import Tokens
from dateline.cli.console import Data, check_slug, data_folder, errors, existing, show
from dateline.domain.errors import Invalid, NotFound
from dateline.store.database import Database
from dateline.store.signals import RIGHTS, give_elsewhere

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, help="Tokens for the API.")


@app.command("create")
def create(
    label: Annotated[str, typer.Argument(help="Who or what will use it; readers never see it.")],
    coverage: Annotated[
        str | None, typer.Option(help="Let it write to this coverage only.", show_default=False)
    ] = None,
    data: Data = None,
) -> None:
    """Make a token and print it. It is shown this once; only its hash is kept."""
    if not label.strip() or len(label) > 100 or not label.isprintable():
        raise Invalid("A label has 1 to 100 printable characters. Name who will use the token.")
    # Not whether it is there: a program may be given its token before its coverage is opened.
    if coverage is not None:
        check_slug(coverage)
    folder, now = data_folder(data), datetime.now(UTC)

    async def make(tokens: Tokens) -> str:
        return await tokens.create(label.strip(), now=now, coverage=coverage)

    print(asyncio.run(_with_tokens(folder, make)))
    errors.print("Keep it safe: it can’t be shown again.", style="dim")


@app.command("list")
def list_(data: Data = None) -> None:
    """Show which tokens there are (never the tokens themselves)."""
    table = Table("Id", "Label", "Coverage", "Made", box=None)
    tokens = asyncio.run(_with_tokens(existing(data), Tokens.labels))
    for token_id, label, coverage, created in tokens:
        table.add_row(token_id, label, coverage or "all", f"{created:%Y-%m-%d %H:%M} UTC")
    show(table)


@app.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(help="The id that `dateline token list` shows.")],
    data: Data = None,
) -> None:
    """End a token: it opens nothing from now on, and what it has open ends."""
    if not asyncio.run(_with_tokens(existing(data), lambda tokens: tokens.revoke(token_id))):
        raise NotFound(
            f"There is no token {token_id}. `dateline token list` shows those there are."
        )
    errors.print("The token is ended.")


async def _with_tokens(folder: Path, work: Callable[[Tokens], Awaitable[T]]) -> T:
    database = await Database.open(folder)
    try:
        # A server on this folder ends the streams that were opened with a token.
        return await work(Tokens(database, partial(give_elsewhere, folder, RIGHTS)))
    finally:
        await database.close()
