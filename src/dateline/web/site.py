"""What the HTTP edge works with: made once in `app.py`, found in the app's state."""

from pathlib import Path
from typing import Any, cast

from litestar.types import Scope
from msgspec import Struct

from dateline.auth.tokens import Tokens
from dateline.delivery.hub import Hub
from dateline.projections.front import FrontProjection
from dateline.render.page import Assets
from dateline.store.log import EventLog
from dateline.web.door import Door


class Site(Struct, frozen=True):
    """The parts behind the edge, and the plain values of its settings."""

    log: EventLog
    hub: Hub
    tokens: Tokens
    front: FrontProjection
    door: Door
    assets: Assets
    static: Path
    media: Path
    heartbeat: float
    lifetime: float


def site_of(scope: Scope) -> Site:
    """The site an ASGI scope belongs to."""
    app = cast("Any", scope["litestar_app"])
    return cast("Site", app.state.site)
