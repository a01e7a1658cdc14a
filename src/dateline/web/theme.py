"""A newsroom's own look: a folder with a style sheet, files beside it, and templates.

The templates are `render`'s; here is what browsers fetch: `GET /theme/{name}`.
"""

from hashlib import sha256
from pathlib import Path

from litestar import Response, get

from dateline.domain.errors import Invalid, NotFound
from dateline.render.page import Assets
from dateline.web.files import stored
from dateline.web.site import Site

SHEET = "theme.css"
_SERVED = {".css", ".woff2", ".svg", ".png", ".webp", ".jpg", ".jpeg", ".avif"}


def with_theme(assets: Assets, folder: Path) -> Assets:
    """The assets with the theme's style sheet, and an etag that changes with any of its files.

    :raises Invalid: there is no theme in this folder.
    """
    sheet = folder / SHEET
    templates = folder / "templates"
    if not sheet.is_file() and not templates.is_dir():
        raise Invalid(
            f"There is no theme in {folder}: neither {SHEET} nor a folder `templates`. "
            "See docs/themes.md, or start without --theme."
        )
    digest = sha256(assets["etag"].encode())
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    etag = digest.hexdigest()[:8]
    own = {SHEET: f"{SHEET}?{etag}"} if sheet.is_file() else {}
    return {**assets, **own, "etag": etag}


@get("/theme/{name:str}", name="theme")
async def theme(name: str, site: Site) -> Response[bytes]:
    """The theme's style sheet, or a font or picture that it names."""
    if site.theme is None or Path(name).suffix.lower() not in _SERVED:
        raise NotFound("There is no such file.")
    # Its names are the newsroom's and hold no hash: a change is seen within minutes.
    return stored(site.theme, name, cache_control="public, max-age=300")
