"""The page of what was found, in one coverage or in all."""

from datetime import datetime

from markupsafe import Markup, escape
from msgspec import Struct

from dateline.domain.coverage import Coverage
from dateline.render.environment import environment_of
from dateline.render.page import Assets, Spoken
from dateline.store.search import MARK, MARK_END, Hit


class Found(Struct, frozen=True):
    """A line of the page. `coverage` is where it stands."""

    url: str
    coverage: Coverage
    time: datetime
    headline: str
    snippet: Markup


def found(hit: Hit, coverage: Coverage) -> Found:
    url = f"/live/{hit.coverage}/p/{hit.post}"
    return Found(url, coverage, hit.time, hit.headline, marked(hit.snippet))


def marked(snippet: str) -> Markup:
    """The text escaped, what matched marked."""
    return escape(snippet).replace(MARK, Markup("<mark>")).replace(MARK_END, Markup("</mark>"))


def search_html(
    words: str,
    results: list[Found],
    *,
    within: Coverage | None,
    more_url: str | None,
    lang: str,
    languages: list[Spoken],
    assets: Assets,
) -> bytes:
    template = environment_of(lang).get_template("search.html.j2")
    return template.render(
        words=words,
        results=results,
        within=within,
        more_url=more_url,
        languages=languages,
        action=f"/live/{within.slug}/search" if within else "/search",
        assets=assets,
    ).encode()
