"""The demo's people, whom a click signs in. They have no password: elsewhere nobody is they."""

from datetime import UTC, datetime
from pathlib import Path

import uuid_utils

from dateline.auth.people import Newcomer, People
from dateline.domain.rights import Role
from dateline.store.database import Database

EMAILS: dict[Role, str] = {
    "editor": "editor@demo.invalid",
    "reporter": "reporter@demo.invalid",
}
_NAMES: dict[Role, tuple[str, str]] = {
    "editor": ("Hanna Vos", "Brussels"),
    "reporter": ("Ana Reyes", "Brussels"),
}


async def make_people(data: Path, organisation: str) -> None:
    """Those who are not there yet."""
    database = await Database.open(data)
    try:
        people = People(database)
        for role, email in EMAILS.items():
            if await people.by_email(email) is None:
                name, place = _NAMES[role]
                newcomer = Newcomer(str(uuid_utils.uuid7()), name, role, email, organisation, place)
                await people.add(newcomer, now=datetime.now(UTC))
    finally:
        await database.close()
