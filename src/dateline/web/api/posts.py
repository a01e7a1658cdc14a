"""The API's posts: publish, list, read with history, change, withdraw, mark, take down."""

import re
from contextlib import suppress
from typing import Any

import msgspec
import uuid_utils
from litestar import Request, Response, get, patch, post

from dateline.desk import reading
from dateline.desk.writing import Receipt, write
from dateline.desk.writing import Request as Writing
from dateline.domain.commands import (
    ChangeVerification,
    MarkKeyEvent,
    PinPost,
    PostCommand,
    PublishPost,
    RedactPost,
    RevisePost,
    UnmarkKeyEvent,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.errors import NotFound, Unavailable, VersionRequired
from dateline.domain.rights import Action
from dateline.domain.shapes import POST_ID_PATTERN
from dateline.web.api import answers
from dateline.web.api.answers import json
from dateline.web.api.incoming import (
    MOST_POSTS,
    MOST_SEQ,
    command,
    grant,
    key_and_fingerprint,
    now,
    revision,
    whole,
)
from dateline.web.api.ownership import check_post
from dateline.web.site import Site

PAGE = 50
_ID = re.compile(POST_ID_PATTERN)
_RIGHTS: dict[type[PostCommand], Action] = {
    PublishPost: "publish",
    RevisePost: "revise",
    WithdrawPost: "withdraw",
    RedactPost: "redact",
}
"""What a command needs; those that are not here mark a post."""
_ACTIONS: dict[str, type[PostCommand]] = {
    "withdraw": WithdrawPost,
    "redact": RedactPost,
    "pin": PinPost,
    "unpin": UnpinPost,
    "key": MarkKeyEvent,
    "unkey": UnmarkKeyEvent,
    "verification": ChangeVerification,
}


@post("/api/coverages/{slug:str}/posts", name="publish_post")
async def publish_post(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Publish a post. When this is answered, the post is on disk and on its way to readers."""
    receipt = await _carry_out(request, site, PublishPost, slug, str(uuid_utils.uuid7()))
    return answers.post_receipt(slug, receipt, status=201)


@get("/api/coverages/{slug:str}/posts", name="list_posts")
async def list_posts(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Posts, newest first. `before` is the `order` of the last one seen."""
    before = whole(request, "before", MOST_SEQ, most=MOST_SEQ)
    limit = whole(request, "limit", PAGE, least=1, most=MOST_POSTS)
    await reading.coverage(site.log, slug)
    channel = await site.hub.open(slug)
    posts = channel.page.listed(before=before, limit=limit + 1)
    more = len(posts) > limit
    shown = posts[:limit]
    address = (
        f"/api/coverages/{slug}/posts?before={shown[-1].order}&limit={limit}" if more else None
    )
    found = [answers.post_answer(slug, one) for one in shown]
    return json(answers.PostsAnswer(found, address))


@get("/api/coverages/{slug:str}/posts/{post_id:str}", name="read_post")
async def read_post(slug: str, post_id: str, site: Site) -> Response[bytes]:
    """A post with its history. The ETag is what `If-Match` wants back."""
    found, records = await reading.post(site.log, slug, _checked(post_id))
    history = [answers.history_answer(record) for record in records]
    shown = msgspec.structs.asdict(answers.post_answer(slug, found))
    answer = answers.PostHistoryAnswer(**shown, history=history)
    return json(answer, headers={"etag": f'"{found.revision}"'})


@patch("/api/coverages/{slug:str}/posts/{post_id:str}", name="revise_post")
async def revise_post(
    request: Request[Any, Any, Any], slug: str, post_id: str, site: Site
) -> Response[bytes]:
    """Change a post: with `correction` as a correction that readers see, else as a revision."""
    if "if-match" not in request.headers:
        await grant(request, site)
        raise VersionRequired(
            'Say which revision you changed: `If-Match: "3"`. '
            "It is the ETag of the post and the `revision` of the last answer."
        )
    receipt = await _carry_out(request, site, RevisePost, slug, _checked(post_id))
    return answers.post_receipt(slug, receipt)


@post("/api/coverages/{slug:str}/posts/{post_id:str}/{action:str}", name="act", status_code=200)
async def act(
    request: Request[Any, Any, Any], slug: str, post_id: str, action: str, site: Site
) -> Response[bytes]:
    """Withdraw, redact, pin, unpin, key, unkey, verification."""
    if action not in _ACTIONS:
        raise NotFound(f"A post can't be asked to “{action}”. It knows: {', '.join(_ACTIONS)}.")
    receipt = await _carry_out(request, site, _ACTIONS[action], slug, _checked(post_id))
    if action == "redact":
        # Noted in the same transaction: what fails here is done within a second.
        with suppress(OSError, Unavailable):
            # The pages of other coverages may lead to it by its headline.
            await site.searching.catch_up(slug)
        with suppress(OSError, Unavailable):
            await site.pictures.takedown.carry_out()
    return answers.post_receipt(slug, receipt)


async def _carry_out(
    request: Request[Any, Any, Any],
    site: Site,
    kind: type[PostCommand],
    slug: str,
    post_id: str,
) -> Receipt:
    held = await grant(request, site)
    action = _RIGHTS.get(kind, "mark")
    await check_post(held, action, site, slug, None if kind is PublishPost else post_id)
    seen = None if kind is PublishPost else revision(request)
    sent: PostCommand = await command(request, kind)
    if isinstance(sent, RevisePost) and sent.correction:
        await check_post(held, "correct", site, slug, post_id)
    key, told = key_and_fingerprint(request, held, sent)
    writing = Writing(
        coverage=slug, command=sent, post=post_id, seen=seen, key=key, fingerprint=told
    )
    return await write(site.log, held.actor, writing, now=now())


def _checked(post_id: str) -> str:
    if not _ID.match(post_id):
        raise NotFound("There is no such post: this is not the id of one.")
    return post_id
