"""The API's search: posts of all coverages by their words."""

from typing import Any

from litestar import Request, Response, get

from dateline.domain.coverage import Coverage
from dateline.store.search import Hit
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.incoming import whole
from dateline.web.search import MOST_CHARACTERS
from dateline.web.site import Site

FOUND = 20


@get("/api/search", name="search_posts")
async def search_posts(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Posts with all of the words, best first: of all coverages, or of all but one. Of rehearsals
    there are none: this is public."""
    words = request.query_params.get("q", "")[:MOST_CHARACTERS]
    limit = whole(request, "limit", FOUND, least=1, most=FOUND)
    coverages = {one.coverage.slug: one.coverage for one in await site.front.all()}
    besides = {slug for slug, coverage in coverages.items() if coverage.rehearsal}
    besides.add(request.query_params.get("besides", ""))
    hits = await site.searching.find(words, besides=besides, most=limit)
    found = [_found(hit, coverages[hit.coverage]) for hit in hits if hit.coverage in coverages]
    return json(answers.FoundsAnswer(found))


def _found(hit: Hit, coverage: Coverage) -> answers.FoundAnswer:
    return answers.FoundAnswer(
        coverage=hit.coverage,
        title=coverage.title,
        id=hit.post,
        time=hit.time,
        headline=hit.headline or None,
        url=answers.post_url(hit.coverage, hit.post),
    )
