"""What administrators do to accounts, each as a deed (`deeds.py`)."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from dateline.auth import links, people
from dateline.auth.deeds import Act
from dateline.auth.people import Newcomer, Person
from dateline.domain.errors import Conflict


class Linked(Struct, frozen=True):
    """Somebody, and until when the link holds by which they choose a password."""

    person: Person
    expires: datetime


def add(act: Act, newcomer: Newcomer) -> Linked:
    """Let somebody in.

    :raises Conflict: there is somebody with this e-mail address.
    """
    person = people.insert(act.connection, newcomer, act.now)
    act.note(f"added as {person.role}", person.name)
    return _linked(act, person)


def change(act: Act, person_id: str, fields: dict[str, Any], closed: bool | None) -> Person:
    """Name, e-mail, role, organisation, place; close the account, or open it again.

    :raises NotFound: there is nobody with this id.
    :raises Conflict: the address is somebody else's, or no administrator would be left.
    """
    person = people.change(act.connection, person_id, fields)
    if fields:
        act.note(f"made {fields['role']}" if "role" in fields else "account changed", person.name)
    if closed is None or closed == person.is_disabled:
        return person
    if closed:
        person = people.disable(act.connection, person_id, act.now)
    else:
        person = people.change(act.connection, person_id, {"disabled": None})
    act.note("account closed" if closed else "account opened again", person.name)
    return person


def reset(act: Act, person_id: str) -> Linked:
    """A link by which somebody chooses a new password. Until then the old one holds.

    :raises Conflict: they came by an invitation.
    """
    person = people.read(act.connection, person_id)
    if person.email is None:
        raise Conflict(
            f"There is no password of {person.name}, who came by an invitation. Invite them again."
        )
    act.note("password link made", person.name)
    return _linked(act, person)


def sign_out(act: Act, person_id: str) -> None:
    """Everywhere. They can sign in again."""
    person = people.read(act.connection, person_id)
    people.sign_out(act.connection, person.id)
    act.note("account signed out everywhere", person.name)


def _linked(act: Act, person: Person) -> Linked:
    return Linked(person, links.put_password(act.connection, person.id, act.secret, act.now))
