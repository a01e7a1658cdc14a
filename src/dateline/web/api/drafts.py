"""The API's drafts: write, list, hand in, return, approve, schedule, publish, discard."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, get_args

import uuid_utils
from litestar import Request, Response, delete, get, post, put

from dateline.auth.grants import Grant
from dateline.desk import drafts as desk
from dateline.desk import reading
from dateline.desk.drafts import Hand
from dateline.desk.writing import fingerprint
from dateline.domain.drafts import Draft, Filing, State
from dateline.domain.errors import Invalid, NotFound, Stale, VersionRequired
from dateline.domain.rights import Action
from dateline.domain.shapes import POST_ID_PATTERN
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.draft_actions import ACTIONS, Doing, Release
from dateline.web.api.draft_answers import DraftsAnswer, draft_answers
from dateline.web.api.incoming import command, grant, key_of, now, revision
from dateline.web.api.ownership import check_post
from dateline.web.audience import DESK
from dateline.web.site import Site

_ID = re.compile(POST_ID_PATTERN)
_STATES: tuple[State, ...] = get_args(State)
Asked = Request[Any, Any, Any]


@put("/api/coverages/{slug:str}/drafts/{draft_id:str}", name="put_draft", status_code=200)
async def put_draft(request: Asked, slug: str, draft_id: str, site: Site) -> Response[bytes]:
    """Keep what was written: begin a draft, or change the version that one has."""
    hand = hand_of(await grant(request, site), slug, "file")
    if not _ID.match(draft_id):
        raise Invalid("The id of a draft is a UUIDv7, made where it is written.", "/id")
    filing = await command(request, Filing)
    seen = revision(request)
    if _is_new(request):
        async with _current(site, hand):
            made = await desk.create(site.log, site.drafts, hand, slug, draft_id, filing, now())
        return await shown(site, hand, made, status=201)
    if seen is None:
        raise VersionRequired(
            'Say which version you changed, `If-Match: "3"`, or that the draft is new, '
            "`If-None-Match: *`."
        )
    async with _current(site, hand):
        saved = await desk.save(site.drafts, hand, slug, draft_id, filing, seen, now())
    return await shown(site, hand, saved)


@get("/api/coverages/{slug:str}/drafts", name="list_drafts", opt=DESK)
async def list_drafts(request: Asked, slug: str, site: Site) -> Response[bytes]:
    """One's own drafts, and those that were handed in to who reviews them; with `post` only what
    became that post or edits it."""
    hand = hand_of(await grant(request, site), slug, "see")
    state = request.query_params.get("state")
    if state is not None and state not in _STATES:
        raise Invalid(f"A draft is one of {', '.join(_STATES)}.", "/state")
    await reading.coverage(site.log, slug)
    post_id = request.query_params.get("post")
    if post_id:
        found = await desk.about(site.drafts, slug, hand, post_id)
    else:
        found = await desk.listed(site.drafts, slug, hand, state)
    return json(DraftsAnswer(await draft_answers(site, slug, found, hand.actor.id)))


@get("/api/coverages/{slug:str}/drafts/{draft_id:str}", name="read_draft", opt=DESK)
async def read_draft(request: Asked, slug: str, draft_id: str, site: Site) -> Response[bytes]:
    """A draft as it is now. The ETag is what `If-Match` wants back."""
    hand = hand_of(await grant(request, site), slug, "see")
    return await shown(site, hand, await desk.found(site.drafts, slug, draft_id, hand))


@delete("/api/coverages/{slug:str}/drafts/{draft_id:str}", name="discard_draft", status_code=204)
async def discard_draft(request: Asked, slug: str, draft_id: str, site: Site) -> Response[None]:
    """Throw a draft away for good."""
    hand = hand_of(await grant(request, site), slug, "file")
    seen = revision(request)
    if seen is None:
        raise VersionRequired('Say which version you throw away: `If-Match: "3"`.')
    async with _current(site, hand):
        await desk.discard(site.drafts, hand, slug, draft_id, seen=seen)
    return Response(None, status_code=204, headers={"cache-control": "no-store"})


@post(
    "/api/coverages/{slug:str}/drafts/{draft_id:str}/publish",
    name="publish_draft",
    status_code=201,
)
async def publish_draft(request: Asked, slug: str, draft_id: str, site: Site) -> Response[bytes]:
    """Publish a draft, once: asked again, the answer is the same."""
    held = await grant(request, site)
    hand = hand_of(held, slug, "file")
    await check_publishing(site, held, await desk.found(site.drafts, slug, draft_id, hand))
    body = await command(request, Release)
    async with _current(site, hand):
        receipt = await desk.publish(
            site.log,
            site.drafts,
            hand,
            slug,
            draft_id,
            seen=revision(request),
            correction=body.correction,
            now=now(),
        )
    return answers.post_receipt(slug, receipt, status=201)


@post(
    "/api/coverages/{slug:str}/drafts/{draft_id:str}/{action:str}",
    name="act_on_draft",
    status_code=200,
)
async def act_on_draft(
    request: Asked, slug: str, draft_id: str, action: str, site: Site
) -> Response[bytes]:
    """Submit, return, approve, schedule, unschedule, comment."""
    if action not in ACTIONS:
        raise NotFound(f"A draft can't be asked to “{action}”. It knows: {', '.join(ACTIONS)}.")
    right, kind, change = ACTIONS[action]
    held = await grant(request, site)
    hand = hand_of(held, slug, "file" if right == "publish" else right)
    if right == "publish":
        await check_publishing(site, held, await desk.found(site.drafts, slug, draft_id, hand))
    body = await command(request, kind)
    doing = Doing(hand.actor, body, _remark_id(request, hand), now())
    seen = revision(request)

    async with _current(site, hand):
        changed = await desk.act(
            site.drafts, hand, slug, draft_id, lambda draft: change(draft, doing), seen=seen
        )
    return await shown(site, hand, changed)


def _is_new(request: Asked) -> bool:
    said = request.headers.get("if-none-match")
    if said is not None and said.strip() != "*":
        raise Invalid("If-None-Match has to be `*`: the draft is new.")
    return said is not None


def hand_of(held: Grant, slug: str, action: Action) -> Hand:
    """Who acts, with at least what they filed themselves.

    :raises NotAllowed: they may not do this at all.
    """
    held.check(action, slug, own=True)
    return Hand(held.actor, reviews=held.may("review", slug))


async def check_publishing(site: Site, held: Grant, draft: Draft) -> None:
    """:raises NotAllowed: they may not publish it, or change the post that it edits."""
    action: Action = "correct" if draft.post else "publish"
    is_own = draft.author.id == held.actor.id
    await check_post(held, action, site, draft.coverage, draft.post, own=is_own)


def _remark_id(request: Asked, hand: Hand) -> str:
    """Of the comment that this request makes: the same when it is sent again with its key."""
    key = key_of(request)
    if key is None:
        return str(uuid_utils.uuid7())
    path = str(request.scope["path"])
    return fingerprint(hand.actor.id.encode(), path.encode(), key.encode())[:32]


@asynccontextmanager
async def _current(site: Site, hand: Hand) -> AsyncIterator[None]:
    """Who comes too late gets what stands there now."""
    try:
        yield
    except Stale as error:
        if isinstance(error.current, Draft):
            there = error.current
            (error.current,) = await draft_answers(site, there.coverage, [there], hand.actor.id)
        raise


async def shown(site: Site, hand: Hand, draft: Draft, *, status: int = 200) -> Response[bytes]:
    """The draft, with who is at it and what should be looked at."""
    (answer,) = await draft_answers(site, draft.coverage, [draft], hand.actor.id)
    return json(answer, status=status, headers={"etag": f'"{draft.version}"'})
