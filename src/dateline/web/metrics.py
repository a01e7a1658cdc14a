"""`GET /metrics`: what the server counts, as Prometheus reads it."""

from typing import Any

from litestar import Request, Response, get
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from dateline.domain.addresses import is_here
from dateline.web.api.incoming import grant
from dateline.web.site import Site


@get("/metrics", name="metrics")
async def metrics(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The figures of this server: for this machine, and elsewhere for who has a token or edits."""
    if not is_here(request.client.host if request.client else ""):
        (await grant(request, site)).check_anywhere("run")
    return Response(
        generate_latest(site.figures),
        media_type=CONTENT_TYPE_LATEST,
        headers={"cache-control": "no-store"},
    )
