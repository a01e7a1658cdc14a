"""The desk's application: one shell for all its addresses, its manifest, its service worker.

What the shell shows is made in the browser, from `/api`. The shell itself knows nobody, so that a
device can keep it and open it without a network.
"""

import msgspec
from litestar import Response, get

from dateline.render.desk import desk_html
from dateline.render.environment import newsroom
from dateline.web.headers import policy
from dateline.web.site import Site

WORKER = "desk-worker.js"
# What the service worker keeps; only what the shell names, for Western European words.
_KEPT = ("desk.js", "desk.css", "desk-editor.js", "favicon.svg")
# `blob:` is a picture that is still on this device only.
_POLICY = policy(images="'self' blob:", more=("manifest-src 'self'", "worker-src 'self'"))
_PRIVATE = {
    "content-security-policy": _POLICY,
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()",
}


@get(["/desk", "/desk/{path:path}"], name="desk")
async def desk(site: Site) -> Response[bytes]:
    """The shell. Who is not signed in is led to the sign-in page by its script."""
    return Response(
        desk_html("app", {}, site.assets),
        media_type="text/html",
        headers={"cache-control": "no-cache", **_PRIVATE},
    )


@get("/desk/manifest.webmanifest", name="desk_manifest")
async def manifest(site: Site) -> Response[bytes]:
    """What makes the desk an application on a telephone's first screen."""
    name = f"{newsroom()} desk"
    icon = f"/static/{site.assets['favicon.svg']}"
    told = {
        "id": "/desk",
        "name": name,
        "short_name": "Desk",
        "start_url": "/desk",
        "scope": "/desk",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return Response(
        msgspec.json.encode(told),
        media_type="application/manifest+json",
        headers={"cache-control": "public, max-age=300"},
    )


@get("/desk/sw.js", name="desk_worker")
async def worker(site: Site) -> Response[bytes]:
    """The service worker, with what this build consists of put before it."""
    fonts = sorted(name for name in site.assets if name.endswith("-latin.woff2"))
    files = [f"/static/{site.assets[name]}" for name in (*_KEPT, *fonts)]
    head = msgspec.json.encode({"version": site.assets["etag"], "files": files})
    body = b"const DATELINE = %b;\n%b" % (head, (site.static / WORKER).read_bytes())
    return Response(
        body,
        media_type="text/javascript; charset=utf-8",
        # It lies under /desk/ and is for /desk too.
        headers={"cache-control": "no-cache", "service-worker-allowed": "/desk"},
    )
