"""dateline user add | list | disable | enable | password"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer
import uuid_utils
from rich.table import Table

from dateline.auth.audit import COMMAND_LINE
from dateline.auth.people import Newcomer, Person, check_email, folded
from dateline.auth.staff import Staff
from dateline.cli.console import Data, data_folder, errors, existing, show
from dateline.domain.errors import Invalid, NotFound
from dateline.domain.rights import ROLES, Role
from dateline.settings import from_environment
from dateline.store.database import Database
from dateline.store.signals import RIGHTS, give_elsewhere

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, help="People who sign in to the desk.")
Email = Annotated[str, typer.Argument(help="Their e-mail address.")]


@app.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Argument(help="Their name, as readers know it.")],
    role: Annotated[str, typer.Option(help=f"What they may do: {', '.join(ROLES)}.")] = "reporter",
    organisation: Annotated[
        str | None, typer.Option(help="For bylines.", show_default=False)
    ] = None,
    data: Data = None,
) -> None:
    """Add somebody, and print a one-time link by which they choose their password."""
    check_email(folded(email))
    if not name.strip() or len(name) > 300 or not name.isprintable():
        raise Invalid("A name has 1 to 300 printable characters.")
    newcomer = Newcomer(
        str(uuid_utils.uuid7()), name.strip(), _role(role), email, organisation=organisation
    )

    async def work(staff: Staff) -> str:
        person = await staff.people.add(newcomer, now=_now())
        await _note(staff, f"added as {person.role}", person)
        return await staff.links.password(person.id, now=_now())

    _tell_link(asyncio.run(_with_staff(data_folder(data), work)))


@app.command("list")
def list_(data: Data = None) -> None:
    """Show who may sign in, and as what."""
    table = Table("Name", "E-mail", "Role", "State", box=None)
    for one in asyncio.run(_with_staff(existing(data), lambda staff: staff.people.listed())):
        waiting = "" if one.has_password else "no password yet"
        table.add_row(one.name, one.email or "", one.role, "closed" if one.is_disabled else waiting)
    show(table)


@app.command("disable")
def disable(email: Email, data: Data = None) -> None:
    """Sign somebody out everywhere and let them in no more. What they wrote stays."""

    async def work(staff: Staff) -> None:
        person = await _found(staff, email)
        await staff.people.disable(person.id, now=_now())
        await _note(staff, "account closed", person)

    asyncio.run(_with_staff(existing(data), work))
    errors.print("They are signed out, and can’t sign in any more.")


@app.command("enable")
def enable(email: Email, data: Data = None) -> None:
    """Let somebody in again."""

    async def work(staff: Staff) -> None:
        person = await _found(staff, email)
        await staff.people.enable(person.id)
        await _note(staff, "account opened again", person)

    asyncio.run(_with_staff(existing(data), work))
    errors.print("They can sign in again.")


@app.command("password")
def password(email: Email, data: Data = None) -> None:
    """Print a one-time link by which somebody chooses a new password."""

    async def work(staff: Staff) -> str:
        person = await _found(staff, email)
        await _note(staff, "password link made", person)
        return await staff.links.password(person.id, now=_now())

    _tell_link(asyncio.run(_with_staff(existing(data), work)))


def _tell_link(secret: str) -> None:
    settings = from_environment({})
    address = settings.url or f"http://{settings.host}:{settings.port}"
    print(f"{address}/desk/set-password?token={secret}")
    errors.print("It works once, within a day. Send it to nobody else.", style="dim")


def _role(given: str) -> Role:
    for role in ROLES:
        if given == role:
            return role
    raise Invalid(f"There is no role “{given}”. Those are: {', '.join(ROLES)}.")


async def _found(staff: Staff, email: str) -> Person:
    found = await staff.people.by_email(email)
    if found is None:
        raise NotFound(f"Nobody has the address {email}. `dateline user list` shows who is there.")
    return found[0]


async def _note(staff: Staff, what: str, person: Person) -> None:
    await staff.audit.note(what, now=_now(), by=COMMAND_LINE, about=person.name)


async def _with_staff(folder: Path, work: Callable[[Staff], Awaitable[T]]) -> T:
    database = await Database.open(folder)
    try:
        # A server on this folder ends the streams of who is shut out.
        return await work(Staff.of(database, partial(give_elsewhere, folder, RIGHTS)))
    finally:
        await database.close()


def _now() -> datetime:
    return datetime.now(UTC)
