"""`GET /api/me`: who is signed in, and what they may."""

from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from dateline.domain.errors import Unauthenticated
from dateline.domain.rights import Role
from dateline.web.api.answers import json
from dateline.web.api.incoming import now
from dateline.web.session import signed_in
from dateline.web.site import Site


class MeAnswer(Struct, frozen=True):
    """`coverages` has the roles that are other than the one for the house.

    `csrf` goes into `X-CSRF-Token` of each write.
    """

    id: str
    name: str
    email: str | None
    role: Role
    organisation: str | None
    place: str | None
    coverages: dict[str, Role]
    csrf: str


@get("/api/me", name="me")
async def me(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Who is signed in by the cookie of this request."""
    signed = await signed_in(request, site, now=now())
    if signed is None:
        raise Unauthenticated("Nobody is signed in. Sign in at /desk/sign-in.")
    person = signed.session.person
    return json(
        MeAnswer(
            id=person.id,
            name=person.name,
            email=person.email,
            role=person.role,
            organisation=person.organisation,
            place=person.place,
            coverages=dict(signed.session.members),
            csrf=signed.csrf,
        )
    )
