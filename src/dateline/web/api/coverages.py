"""The API's coverages: open, list, read, describe, change the status, and the public log."""

from typing import Any

from litestar import Request, Response, get, patch, post
from msgspec import Struct

from dateline.desk import reading
from dateline.desk.writing import Receipt, write
from dateline.desk.writing import Request as Writing
from dateline.domain.commands import ChangeStatus, CoverageCommand, DescribeCoverage, OpenCoverage
from dateline.domain.errors import Stale
from dateline.store.log import BATCH
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.incoming import (
    MOST_SEQ,
    command,
    grant,
    key_and_fingerprint,
    now,
    whole,
)
from dateline.web.audience import sees, viewer
from dateline.web.site import Site


@post("/api/coverages", name="open_coverage")
async def open_coverage(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Open a coverage. It begins as scheduled; set its status to live when it starts."""
    receipt = await _carry_out(request, site, OpenCoverage)
    coverage, _ = await reading.coverage(site.log, receipt.coverage)
    answer = answers.StatusAnswer(coverage.slug, receipt.seq, f"/live/{coverage.slug}")
    return json(answer, status=201, headers={"location": answer.url})


@get("/api/coverages", name="list_coverages")
async def list_coverages(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """All coverages, the one that changed last first; rehearsals to who may see them."""
    who = await viewer(request, site)
    listed = await site.front.all() if who else await site.front.listed()
    found = [
        answers.coverage_answer(one.coverage, one.head.version)
        for one in listed
        if not one.coverage.rehearsal or sees(who, one.coverage.slug)
    ]
    return json(answers.CoveragesAnswer(found))


@get("/api/coverages/{slug:str}", name="read_coverage")
async def read_coverage(slug: str, site: Site) -> Response[bytes]:
    """A coverage as it is now."""
    coverage, seq = await reading.coverage(site.log, slug)
    return json(answers.coverage_answer(coverage, seq))


@patch("/api/coverages/{slug:str}", name="describe_coverage")
async def describe_coverage(
    request: Request[Any, Any, Any], slug: str, site: Site
) -> Response[bytes]:
    """Change title, summary or related; language and zone only while there are no posts. With
    `seen`, only if nobody else has changed meanwhile what is named there."""
    try:
        receipt = await _carry_out(request, site, DescribeCoverage, slug)
    except Stale as error:
        now_there = answers.coverage_answer(*await reading.coverage(site.log, slug))
        raise Stale(error.detail, now_there) from error
    return json(answers.StatusAnswer(slug, receipt.seq, f"/live/{slug}"))


@post("/api/coverages/{slug:str}/status", name="change_status", status_code=200)
async def change_status(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Say where the coverage stands: scheduled, live, paused or ended."""
    receipt = await _carry_out(request, site, ChangeStatus, slug)
    return json(answers.StatusAnswer(slug, receipt.seq, f"/live/{slug}"))


@get("/api/coverages/{slug:str}/events", name="read_events")
async def read_events(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """The public log, for machines: what happened after a seq, in order, without gaps."""
    after = whole(request, "after", 0, most=MOST_SEQ)
    limit = whole(request, "limit", BATCH, least=1, most=BATCH)
    _, seq = await reading.coverage(site.log, slug)
    entries = await site.log.entries(slug, after, limit=limit)
    more = entries and entries[-1].seq < seq
    following = f"/api/coverages/{slug}/events?after={entries[-1].seq}" if more else None
    found = [answers.event_answer(entry) for entry in entries]
    return json(answers.EventsAnswer(found, seq, following))


async def _carry_out(
    request: Request[Any, Any, Any],
    site: Site,
    kind: type[CoverageCommand],
    slug: str | None = None,
) -> Receipt:
    held = await grant(request, site)
    sent: CoverageCommand = await command(request, _as_struct(kind))
    name = sent.slug if isinstance(sent, OpenCoverage) else slug or ""
    held.check("open" if isinstance(sent, OpenCoverage) else "run", name)
    key, told = key_and_fingerprint(request, held, sent)
    writing = Writing(coverage=name, command=sent, key=key, fingerprint=told)
    return await write(site.log, held.actor, writing, now=now())


def _as_struct(kind: type[CoverageCommand]) -> type[Any]:
    assert issubclass(kind, Struct)
    return kind
