"""`GET /search` and `GET /live/{slug}/search`: updates by their words."""

from typing import Any

from litestar import Request, Response, get

from dateline.domain.coverage import Coverage
from dateline.render.search import found, search_html
from dateline.web.negotiation import BY_LANGUAGE, keeping_language, lang_of, languages_of
from dateline.web.site import Site

RESULTS = 20
MOST_RESULTS = 200
MOST_CHARACTERS = 200


@get("/search", name="search")
async def search(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Updates of all coverages."""
    return await _answer(request, site, None)


@get("/live/{slug:str}/search", name="search_coverage")
async def search_coverage(
    request: Request[Any, Any, Any], slug: str, site: Site
) -> Response[bytes]:
    """Updates of one coverage."""
    channel = await site.hub.open(slug)
    return await _answer(request, site, channel.coverage)


async def _answer(
    request: Request[Any, Any, Any], site: Site, within: Coverage | None
) -> Response[bytes]:
    words = request.query_params.get("q", "")[:MOST_CHARACTERS]
    start = _start(request.query_params.get("from", ""))
    hits = await site.searching.find(
        words, coverage=within.slug if within else None, start=start, most=RESULTS + 1
    )
    known = {one.coverage.slug: one.coverage for one in await site.front.listed()}
    lang = within.language if within else lang_of(request)
    body = search_html(
        words,
        [found(hit, known[hit.coverage]) for hit in hits[:RESULTS] if hit.coverage in known],
        within=within,
        more_url=_more(request, words, start) if len(hits) > RESULTS else None,
        lang=lang,
        languages=[] if within else languages_of(request),
        assets=site.assets,
    )
    headers = {"cache-control": "public, max-age=1", **(BY_LANGUAGE if within is None else {})}
    return Response(body, media_type="text/html", headers=headers)


def _start(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 6
    return min(int(value), MOST_RESULTS) if is_number else 0


def _more(request: Request[Any, Any, Any], words: str, start: int) -> str | None:
    if start + RESULTS >= MOST_RESULTS:
        return None
    query = keeping_language(request, {"q": words, "from": start + RESULTS})
    return f"{request.scope['path']}?{query}"
