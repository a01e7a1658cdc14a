"""Passkeys (WebAuthn): a key on somebody's device instead of a password."""

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from dateline.auth.challenges import Challenges, decoded
from dateline.auth.people import Person
from dateline.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import passkeys as _passkeys

MOST = 20
"""Of one person."""
_WRONG = "This passkey does not fit. Try again, or sign in with your password."
_MUST = UserVerificationRequirement.REQUIRED


class House(Struct, frozen=True):
    """Who asks, as the browser sees us: a key is for one host, and made at one origin."""

    name: str
    host: str
    origin: str


class Passkey(Struct, frozen=True):
    """One that somebody has; `id` is its own, in hex."""

    id: str
    label: str
    created: datetime
    used: datetime | None


class Passkeys:
    """The public keys in the database."""

    def __init__(self, database: Database, challenges: Challenges) -> None:
        self._database = database
        self._challenges = challenges

    async def offer(self, person: Person, house: House, *, now: datetime) -> str:
        """What a browser needs to make a key for this person, as JSON."""
        known = await self._rows(person.id)
        if len(known) >= MOST:
            raise Conflict(f"You have {MOST} passkeys. Remove one first.")
        options = generate_registration_options(
            rp_id=house.host,
            rp_name=house.name,
            user_id=person.id.encode(),
            user_name=person.email or person.name,
            user_display_name=person.name,
            challenge=await self._challenges.new(f"add {person.id}", now=now),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=row.id) for row in known],
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_MUST
            ),
        )
        return options_to_json(options)

    async def add(
        self, person: Person, sent: dict[str, Any], label: str, house: House, *, now: datetime
    ) -> Passkey:
        """Keep the key that a browser has made.

        :raises NotAllowed: it was not made for this person, here and now.
        """
        challenge = _challenge_of(sent)
        await self._challenges.take(challenge, f"add {person.id}", now=now)
        try:
            made = verify_registration_response(
                credential=sent,
                expected_challenge=challenge,
                expected_rp_id=house.host,
                expected_origin=house.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError, KeyError) as error:
            raise NotAllowed("This passkey could not be read. Try again.") from error
        row = {
            "id": made.credential_id,
            "person": person.id,
            "key": made.credential_public_key,
            "uses": made.sign_count,
            "label": label,
            "created": codec.to_micros(now),
        }
        await self._database.write(lambda c: _insert(c, row))
        return Passkey(made.credential_id.hex(), label, now, None)

    async def ask(self, house: House, *, now: datetime) -> str:
        """What a browser needs to sign in with whatever key somebody has here, as JSON."""
        options = generate_authentication_options(
            rp_id=house.host,
            challenge=await self._challenges.new("sign in", now=now),
            user_verification=_MUST,
        )
        return options_to_json(options)

    async def person_of(self, sent: dict[str, Any], house: House, *, now: datetime) -> str:
        """The id of whose key has signed.

        :raises NotAllowed: it is nobody's, or did not sign what we asked, here and now.
        """
        challenge = _challenge_of(sent)
        await self._challenges.take(challenge, "sign in", now=now)
        row = await self._row(decoded(str(sent.get("id", ""))))
        try:
            seen = verify_authentication_response(
                credential=sent,
                expected_challenge=challenge,
                expected_rp_id=house.host,
                expected_origin=house.origin,
                credential_public_key=row.key,
                credential_current_sign_count=row.uses,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError, KeyError) as error:
            raise NotAllowed(_WRONG) from error
        given = {"uses": seen.new_sign_count, "used": codec.to_micros(now)}
        asked = sa.update(_passkeys).where(_passkeys.c.id == row.id).values(**given)
        await self._database.write(lambda c: c.execute(asked))
        return str(row.person)

    async def listed(self, person_id: str) -> list[Passkey]:
        return [
            Passkey(
                row.id.hex(),
                row.label,
                codec.from_micros(row.created),
                None if row.used is None else codec.from_micros(row.used),
            )
            for row in await self._rows(person_id)
        ]

    async def remove(self, person_id: str, passkey_id: str) -> None:
        """:raises NotFound: this person has no such key."""
        try:
            key = bytes.fromhex(passkey_id)
        except ValueError:
            key = b""
        gone = sa.delete(_passkeys).where(_passkeys.c.id == key, _passkeys.c.person == person_id)
        if not await self._database.write(lambda c: c.execute(gone).rowcount):
            raise NotFound("You have no such passkey.")

    async def _rows(self, person_id: str) -> list[Any]:
        query = (
            sa.select(_passkeys)
            .where(_passkeys.c.person == person_id)
            .order_by(_passkeys.c.created)
        )
        return list(await self._database.read(lambda c: c.execute(query).all()))

    async def _row(self, key_id: bytes) -> Any:
        query = sa.select(_passkeys).where(_passkeys.c.id == key_id)
        row = await self._database.read(lambda c: c.execute(query).first())
        if row is None:
            raise NotAllowed(_WRONG)
        return row


def _insert(connection: sa.Connection, row: dict[str, Any]) -> None:
    query = sa.select(_passkeys.c.person).where(_passkeys.c.id == row["id"])
    if connection.execute(query).first():
        raise Conflict("This passkey is known here already.")
    connection.execute(sa.insert(_passkeys), row)


def _challenge_of(sent: dict[str, Any]) -> bytes:
    """The challenge that the browser says it answers. That it is ours is another question."""
    try:
        told = base64url_to_bytes(sent["response"]["clientDataJSON"])
        return decoded(msgspec.json.decode(told, type=dict[str, Any])["challenge"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid("This is no answer of a browser about a passkey.") from error
