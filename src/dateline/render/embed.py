"""A coverage for other people's pages: its newest posts, in a frame or in `<dateline-live>`."""

from markupsafe import Markup
from msgspec import Struct

from dateline.domain.coverage import Coverage
from dateline.domain.pins import Pins
from dateline.domain.posts import Post
from dateline.render.environment import environment_of
from dateline.render.page import Assets
from dateline.render.sharing import coverage_url

WIDTH, HEIGHT, HEIGHT_OF_ONE = 600, 800, 400
"""Of a frame, where nobody says otherwise: of a coverage, of one of its posts."""


class Embedded(Struct, frozen=True):
    """What is shown. `most` is how many posts that are not pinned, `scheme` light, dark or ""."""

    coverage: Coverage
    head_html: str
    posts: list[str]
    seq: int
    epoch: int
    most: int
    scheme: str = ""
    origin: str = ""
    pins: Pins = Pins()
    """How the desk has set the order of those that are pinned."""
    only: str | None = None
    """The id of the one post that is shown, with its corrections; None for the newest ones."""


def embed_html(embedded: Embedded, assets: Assets) -> bytes:
    """The page in a frame; its `#coverage` is what the web component takes out of it."""
    coverage = embedded.coverage
    template = environment_of(coverage.language).get_template("embed.html.j2")
    values = {name: getattr(embedded, name) for name in Embedded.__struct_fields__}
    url = coverage_url(coverage, embedded.origin)
    return template.render(**values, live_url=url, assets=assets).encode()


def frame_html(
    coverage: Coverage, origin: str, *, width: int, height: int, only: Post | None = None
) -> str:
    """The element that shows a coverage, or one post of it, on any page."""
    made = Markup(
        '<iframe src="{}/embed/{}{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>'
    )
    which = f"?post={only.id}" if only else ""
    title = (only and only.status == "published" and only.content.headline) or coverage.title
    return str(made.format(origin, coverage.slug, which, title, width, height))
