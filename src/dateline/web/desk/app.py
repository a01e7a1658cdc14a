"""The desk's application: one shell for all its addresses, its words in the languages there
are, its manifest, its service worker.

What the shell shows is made in the browser, from `/api`. The shell itself knows nobody, so that a
device can keep it and open it without a network.
"""

from functools import cache
from typing import Any

import msgspec
from litestar import Request, Response, get

from dateline.domain.errors import NotFound
from dateline.render.desk import desk_html, desk_speech, desk_speeches
from dateline.render.environment import newsroom
from dateline.render.language import language_of
from dateline.web.files import IMMUTABLE
from dateline.web.headers import policy
from dateline.web.negotiation import BY_DEVICE, BY_LANGUAGE, desk_lang_of, lang_of
from dateline.web.ready import Answer
from dateline.web.site import Site

WORKER = "desk-worker.js"
# What the service worker keeps; only what the shell names, for Western European words.
_KEPT = ("desk.js", "desk.css", "desk-editor.js", "desk-house.js", "favicon.svg")
# `blob:` is a picture that is still on this device only; in a frame stands the page as it was.
_POLICY = policy(
    images="'self' blob:", frames="'self'", more=("manifest-src 'self'", "worker-src 'self'")
)
_PRIVATE = {
    "content-security-policy": _POLICY,
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()",
}


@get(["/desk", "/desk/{path:path}"], name="desk")
async def desk(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """The shell. Who is not signed in is led to the sign-in page by its script."""
    lang = desk_lang_of(request)
    return Response(
        desk_html("app", {"speech": desk_speech(lang)}, site.assets, lang),
        media_type="text/html",
        headers={"cache-control": "no-cache", **BY_DEVICE, **_PRIVATE},
    )


@get("/desk/words/{name:str}", name="desk_words")
async def words(request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    """What the application says in one language, under the name that its shell has for it."""
    if name not in desk_speeches():
        raise NotFound("There are no such words. Load the desk again.")
    return _words(name).response(request)


@cache
def _words(name: str) -> Answer:
    """Packed once: under its name it never changes."""
    body = desk_speeches()[name].body
    return Answer(body, media_type="text/javascript; charset=utf-8", cache_control=IMMUTABLE)


@get("/desk/manifest.webmanifest", name="desk_manifest")
async def manifest(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """What makes the desk an application on a telephone's first screen."""
    language = language_of(lang_of(request))
    _ = language.gettext
    icon = f"/static/{site.assets['favicon.svg']}"
    told = {
        "id": "/desk",
        "name": _("%(newsroom)s desk") % {"newsroom": newsroom()},
        "short_name": _("Desk"),
        "lang": language.tag,
        "dir": language.direction,
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
        headers={"cache-control": "public, max-age=300", **BY_LANGUAGE},
    )


@get("/desk/sw.js", name="desk_worker")
async def worker(site: Site) -> Response[bytes]:
    """The service worker, with what this build consists of put before it. The words it keeps are
    those that the shell names: whoever chooses another language gets another shell."""
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
