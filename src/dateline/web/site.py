"""What the HTTP edge works with: made once in `composing.py`, handed to each route."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from prometheus_client import CollectorRegistry

from dateline.auth.mailing import Mail
from dateline.auth.oidc import Oidc
from dateline.auth.staff import Staff
from dateline.auth.tokens import Tokens
from dateline.delivery.hub import Hub
from dateline.delivery.places import Places
from dateline.domain.rights import Role
from dateline.media.pictures import Pictures
from dateline.projections.front import FrontProjection
from dateline.projections.related import Related
from dateline.projections.searching import Searching
from dateline.render.page import Assets
from dateline.store.drafts import Drafts
from dateline.store.log import EventLog
from dateline.store.presence import SqlitePresence
from dateline.store.signals import Signals
from dateline.web.door import Door
from dateline.web.ready import Ready


class Site(Struct, frozen=True):
    """The parts behind the edge, and the plain values of its settings."""

    log: EventLog
    drafts: Drafts
    presence: SqlitePresence
    signals: Signals
    hub: Hub
    tokens: Tokens
    staff: Staff
    mail: Mail | None
    oidc: Oidc | None
    demo_people: Mapping[Role, str]
    """Whom a click signs in, by their e-mail address; nobody, but in the demo."""
    front: FrontProjection
    searching: Searching
    related: Related
    door: Door
    ready: Ready
    places: Places
    figures: CollectorRegistry
    assets: Assets
    static: Path
    media: Path
    pictures: Pictures
    lifetime: float
    url: str
    theme: Path | None
    security_contact: str
