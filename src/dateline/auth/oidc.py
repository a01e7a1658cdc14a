"""OpenID Connect: the house's own sign-in service says who somebody is.

It lets in only who has an account here: the first time by an e-mail address that the service has
verified, from then on by its own name for them.
"""

from datetime import datetime
from typing import Any

import httpx2
import msgspec
import sqlalchemy as sa
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct
from sqlalchemy.dialects.sqlite import insert

from dateline.auth.challenges import Challenges, decoded, encoded
from dateline.auth.people import folded
from dateline.domain.errors import NotAllowed, Unavailable
from dateline.store.database import Database
from dateline.store.tables import identities as _identities
from dateline.store.tables import people as _people

SECONDS = 10
LEEWAY_SECONDS = 60
# Never what a shared secret signs, nor nothing at all, whatever the service says it can.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
_FAILED = "The sign-in service did not say who you are. Try again, or sign in with your password."


class Provider(Struct, frozen=True):
    """The service, and how we are known there."""

    issuer: str
    client: str
    secret: str
    name: str


class _Endpoints(Struct, frozen=True):
    """What its discovery document says."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Oidc:
    """Asks the service, and finds whom it means. `redirect` is our own address it answers to."""

    def __init__(self, provider: Provider, database: Database, challenges: Challenges) -> None:
        self.name = provider.name
        self._provider = provider
        self._database = database
        self._challenges = challenges

    async def start(self, redirect: str, *, now: datetime) -> tuple[str, str]:
        """Where the browser has to go, and the state that it has to come back with.

        :raises Unavailable: the service can't be reached.
        """
        state = await self._challenges.new("oidc", now=now)
        async with self._client(redirect) as client:
            endpoints = await self._discover(client)
            url, _ = client.create_authorization_url(
                endpoints.authorization_endpoint,
                state=encoded(state),
                nonce=await self._challenges.derive(state, "nonce"),
                code_verifier=await self._challenges.derive(state, "verifier"),
            )
        return str(url), encoded(state)

    async def person_of(self, state: str, code: str, redirect: str, *, now: datetime) -> str:
        """The id of whom the service means.

        :raises NotAllowed: it was not asked, meant somebody else's browser, or nobody of ours.
        :raises Unavailable: the service can't be reached.
        """
        given = decoded(state)
        await self._challenges.take(given, "oidc", now=now)
        claims = await self._claims(given, code, redirect, now)
        found = await self._database.write(lambda c: _person(c, claims))
        if found is None:
            raise NotAllowed(
                "The sign-in service knows you, but you have no account here. "
                "Ask an administrator to add you, with the address that is verified there."
            )
        return found

    async def _claims(
        self, state: bytes, code: str, redirect: str, now: datetime
    ) -> dict[str, Any]:
        try:
            async with self._client(redirect) as client:
                endpoints = await self._discover(client)
                token = await client.fetch_token(
                    endpoints.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=await self._challenges.derive(state, "verifier"),
                )
                answer = await client.request("GET", endpoints.jwks_uri, withhold_token=True)
                keys = KeySet.import_key_set(answer.raise_for_status().json())
            signed = jwt.decode(str(token["id_token"]), keys, algorithms=ALGORITHMS)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                {
                    "iss": {"essential": True, "value": self._provider.issuer},
                    "aud": {"essential": True, "value": self._provider.client},
                },
                {
                    "nonce": await self._challenges.derive(state, "nonce"),
                    "client_id": self._provider.client,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        except httpx2.HTTPError as error:
            raise _away() from error
        except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            raise NotAllowed(_FAILED) from error
        return dict(claims)

    async def _discover(self, client: AsyncOAuth2Client) -> _Endpoints:
        address = f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            answer = await client.request("GET", address, withhold_token=True)
            found = msgspec.json.decode(answer.raise_for_status().content, type=_Endpoints)
        except (httpx2.HTTPError, msgspec.MsgspecError) as error:
            raise _away() from error
        if found.issuer != self._provider.issuer:
            raise _away()
        return found

    def _client(self, redirect: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self._provider.client,
            client_secret=self._provider.secret,
            scope="openid email profile",
            redirect_uri=redirect,
            code_challenge_method="S256",
            timeout=SECONDS,
        )


def _person(connection: sa.Connection, claims: dict[str, Any]) -> str | None:
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    query = sa.select(_identities.c.person).where(
        _identities.c.issuer == issuer, _identities.c.subject == subject
    )
    known = connection.execute(query).scalar()
    email = claims.get("email")
    if known is not None or claims.get("email_verified") is not True or not email:
        return known
    by_email = sa.select(_people.c.id).where(_people.c.email == folded(str(email)))
    person: str | None = connection.execute(by_email).scalar()
    if person is not None:
        row = insert(_identities).values(issuer=issuer, subject=subject, person=person)
        connection.execute(row)
    return person


def _away() -> Unavailable:
    return Unavailable("The sign-in service can't be reached. Sign in with your password.", 30)
