"""Files that never change under their name: the built front end, pictures, and documents."""

import mimetypes
import re
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get

from dateline.domain.errors import Damaged, NotFound
from dateline.render.page import Assets
from dateline.web.downloads import download, is_document
from dateline.web.ready import Answer
from dateline.web.site import Site

IMMUTABLE = "public, max-age=31536000, immutable"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")
_WORDS = {".css": "text/css", ".js": "text/javascript"}
# Only what shows as a picture: nothing that could run in our name.
_PICTURES = {".webp", ".jpg", ".jpeg", ".png", ".avif", ".gif"}
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("text/javascript", ".js")


def load_assets(folder: Path, newsroom: str) -> Assets:
    """The built front end's names, from its manifest, and "etag", which stands for them all
    and for the name on every page.

    :raises Damaged: it has not been built.
    """
    try:
        manifest = (folder / "manifest.json").read_bytes()
        assets: dict[str, str] = msgspec.json.decode(manifest, type=dict[str, str])
    except (OSError, msgspec.MsgspecError) as error:
        raise Damaged(
            f"The front end is not built: {folder / 'manifest.json'} can't be read. "
            "Run `make setup`."
        ) from error
    stands_for = manifest + version("dateline").encode() + newsroom.encode()
    return {**assets, "etag": sha256(stands_for).hexdigest()[:8]}


@get("/static/{name:str}", name="static")
async def static(request: Request[Any, Any, Any], name: str, site: Site) -> Response[bytes]:
    """A file of the built front end; its name holds a hash of its content. Words come packed."""
    if Path(name).suffix in _WORDS and _NAME.match(name) and (site.static / name).is_file():
        return packed(site.static / name).response(request)
    return stored(site.static, name)


@lru_cache(maxsize=16)
def packed(path: Path, cache_control: str = IMMUTABLE, etag: str = "") -> Answer:
    """Read and packed once: under its name it never changes."""
    media_type = f"{_WORDS[path.suffix]}; charset=utf-8"
    body = path.read_bytes()
    return Answer(body, media_type=media_type, cache_control=cache_control, etag=etag, lasts=True)


@get("/media/{name:str}", name="media")
async def media(name: str, site: Site) -> Response[Any]:
    """A picture or a document of a post."""
    if is_document(name):
        title = await site.pictures.library.title(name)
        return download(checked(site.media, name), title, cache_control=IMMUTABLE)
    if Path(name).suffix.lower() not in _PICTURES:
        raise NotFound("There is no such file.")
    return stored(site.media, name)


def stored(folder: Path, name: str, *, cache_control: str = IMMUTABLE) -> Response[bytes]:
    """A file that lies in this very folder.

    :raises NotFound: there is none of that name.
    """
    path = checked(folder, name)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(
        path.read_bytes(), media_type=media_type, headers={"cache-control": cache_control}
    )


def checked(folder: Path, name: str) -> Path:
    """:raises NotFound: there is no file of that name in this very folder."""
    path = folder / name
    if not _NAME.match(name) or not path.is_file():
        raise NotFound("There is no such file.")
    return path
