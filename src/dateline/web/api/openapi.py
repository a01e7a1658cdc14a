"""The OpenAPI 3.1 document, made from the very types that decode and answer requests."""

from typing import Any, Literal, get_args

import msgspec
from litestar import Response, get
from msgspec import Struct

from dateline.auth.audit import KINDS
from dateline.domain import commands
from dateline.domain.drafts import Filing, State
from dateline.domain.shapes import POST_ID_PATTERN, SLUG_PATTERN, UPLOAD_ID_PATTERN
from dateline.media.details import Change
from dateline.store.log import BATCH
from dateline.web.api import (
    answers,
    audit,
    draft_actions,
    draft_answers,
    media,
    members,
    numbers,
    people,
    presence,
)
from dateline.web.api.incoming import MOST_POSTS, MOST_SEQ
from dateline.web.api.me import MeAnswer
from dateline.web.errors import PROBLEM_TYPE, Problem
from dateline.web.session import COOKIE


class Operation(Struct, frozen=True):
    """One line of the table below."""

    method: str
    path: str
    summary: str
    answer: type | None
    body: type | None = None
    status: int = 200
    query: tuple[tuple[str, int, int], ...] = ()
    """Name, least and most of each whole number."""
    takes_revision: Literal["no", "may", "must", "or new"] = "no"
    """"or new": If-Match, or If-None-Match where it is to begin."""
    words: tuple[str, ...] = ()
    """Names of what may be any text in the query."""
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Name and possible values of each word of the query."""
    is_for_desk: bool = False
    """Whether reading needs a token too."""
    takes_key: bool = True
    """Whether an Idempotency-Key makes it happen once; drafts have their versions for that."""


_C = "/api/coverages"
_S = f"{_C}/{{slug}}"
_P = f"{_S}/posts"
_I = f"{_P}/{{post_id}}"
_D = f"{_S}/drafts"
_ONE = f"{_D}/{{draft_id}}"
_M = f"{_S}/members"
_V = f"{_S}/invitations"
_G = "/api/media"
_OF_PICTURES = (
    Operation(
        "get",
        _G,
        "Search the newsroom's pictures",
        media.PicturesAnswer,
        query=(("before", 0, MOST_SEQ), ("limit", 1, media.MOST)),
        words=("q",),
        is_for_desk=True,
    ),
    Operation(
        "get", f"{_G}/{{picture_id}}", "Read a picture", media.PictureAnswer, is_for_desk=True
    ),
    Operation(
        "patch",
        f"{_G}/{{picture_id}}",
        "Describe, crop or point at a picture",
        media.PictureAnswer,
        Change,
        takes_key=False,
    ),
)
_OF_PEOPLE = (
    Operation("get", "/api/me", "Who is signed in", MeAnswer, is_for_desk=True),
    Operation("get", "/api/people", "List the people", people.PeopleAnswer, is_for_desk=True),
    Operation(
        "post",
        "/api/people",
        "Let somebody in",
        people.NewPersonAnswer,
        people.AddPerson,
        201,
    ),
    Operation(
        "patch",
        "/api/people/{person_id}",
        "Change or close an account",
        people.PersonAnswer,
        people.ChangePerson,
    ),
    Operation(
        "post",
        "/api/people/{person_id}/reset",
        "Make a link for a new password",
        people.LinkAnswer,
        is_for_desk=True,
    ),
    Operation(
        "post",
        "/api/people/{person_id}/sign-out",
        "Sign somebody out everywhere",
        None,
        status=204,
        is_for_desk=True,
    ),
    Operation(
        "get",
        "/api/audit",
        "Read the audit trail",
        audit.AuditAnswer,
        query=(("before", 0, MOST_SEQ), ("limit", 1, audit.MOST)),
        words=("person",),
        choices=(("kind", KINDS),),
        is_for_desk=True,
    ),
    Operation("get", _M, "List the members", members.MembersAnswer, is_for_desk=True),
    Operation(
        "get", f"{_M}/{{person_id}}", "Read a member", members.MemberAnswer, is_for_desk=True
    ),
    Operation(
        "put",
        f"{_M}/{{person_id}}",
        "Give somebody a role here",
        members.MemberAnswer,
        members.SetMember,
    ),
    Operation("delete", f"{_M}/{{person_id}}", "Take it away", None, status=204, is_for_desk=True),
    Operation("get", _V, "List the invitations", members.InvitationsAnswer, is_for_desk=True),
    Operation(
        "post",
        _V,
        "Invite somebody without an account",
        members.NewInvitationAnswer,
        members.Invite,
        201,
    ),
    Operation(
        "delete", f"{_V}/{{invitation}}", "Revoke an invitation", None, status=204, is_for_desk=True
    ),
)
OPERATIONS = (
    Operation("post", _C, "Open a coverage", answers.StatusAnswer, commands.OpenCoverage, 201),
    Operation("get", _C, "List the coverages", answers.CoveragesAnswer),
    Operation("get", _S, "Read a coverage", answers.CoverageAnswer),
    Operation(
        "patch", _S, "Describe a coverage anew", answers.StatusAnswer, commands.DescribeCoverage
    ),
    Operation(
        "post", f"{_S}/status", "Change the status", answers.StatusAnswer, commands.ChangeStatus
    ),
    Operation(
        "get",
        f"{_S}/events",
        "Read the log",
        answers.EventsAnswer,
        query=(("after", 0, MOST_SEQ), ("limit", 1, BATCH)),
    ),
    Operation("get", f"{_S}/briefing", "Read the briefing", answers.BriefingAnswer),
    Operation(
        "put",
        f"{_S}/briefing",
        "Set the briefing",
        answers.SettingReceipt,
        commands.SetBriefing,
        takes_revision="may",
    ),
    Operation("get", f"{_S}/topics", "Read the topics", answers.TopicsAnswer),
    Operation(
        "put",
        f"{_S}/topics",
        "Set the desk's word on the topics",
        answers.SettingReceipt,
        commands.SetTopics,
        takes_revision="may",
    ),
    Operation("post", _P, "Publish a post", answers.PostReceipt, commands.PublishPost, 201),
    Operation(
        "get",
        _P,
        "List the posts",
        answers.PostsAnswer,
        query=(("before", 0, MOST_SEQ), ("limit", 1, MOST_POSTS)),
    ),
    Operation("get", _I, "Read a post and its history", answers.PostHistoryAnswer),
    Operation(
        "patch",
        _I,
        "Revise or correct a post",
        answers.PostReceipt,
        commands.RevisePost,
        takes_revision="must",
    ),
    *(
        Operation("post", f"{_I}/{name}", summary, answers.PostReceipt, body)
        for name, summary, body in (
            ("withdraw", "Withdraw a post, with a reason", commands.WithdrawPost),
            ("redact", "Take a post down: its words go everywhere", commands.RedactPost),
            ("pin", "Pin a post to the top", commands.PinPost),
            ("unpin", "Unpin a post", commands.UnpinPost),
            ("key", "Mark a post as a key event", commands.MarkKeyEvent),
            ("unkey", "Take the key-event mark off", commands.UnmarkKeyEvent),
            ("verification", "Say how far a source is trusted", commands.ChangeVerification),
        )
    ),
    Operation(
        "get",
        _D,
        "List the drafts",
        draft_answers.DraftsAnswer,
        choices=(("state", get_args(State)),),
        is_for_desk=True,
    ),
    Operation(
        "put",
        _ONE,
        "Keep a draft",
        draft_answers.DraftAnswer,
        Filing,
        takes_revision="or new",
        takes_key=False,
    ),
    Operation("get", _ONE, "Read a draft", draft_answers.DraftAnswer, is_for_desk=True),
    Operation(
        "delete",
        _ONE,
        "Discard a draft",
        None,
        status=204,
        takes_revision="must",
        takes_key=False,
    ),
    Operation(
        "post",
        f"{_ONE}/publish",
        "Publish a draft, once",
        answers.PostReceipt,
        draft_actions.Release,
        201,
        takes_revision="may",
        takes_key=False,
    ),
    *(
        Operation(
            "post",
            f"{_ONE}/{name}",
            summary,
            draft_answers.DraftAnswer,
            draft_actions.ACTIONS[name].body,
            takes_revision="may",
            takes_key=draft_actions.ACTIONS[name].body is draft_actions.Words,
        )
        for name, summary in (
            ("submit", "Hand a draft in"),
            ("return", "Give a draft back, with a comment"),
            ("approve", "Release a draft, for somebody else to publish"),
            ("schedule", "Have a draft published at a time"),
            ("unschedule", "Take a draft off the schedule"),
            ("comment", "Comment on a draft"),
        )
    ),
    Operation(
        "post",
        f"{_ONE}/take",
        "Take a draft over from who is at it",
        draft_answers.DraftAnswer,
        presence.Taking,
        takes_key=False,
    ),
    Operation("get", f"{_S}/numbers", "Read the numbers", numbers.NumbersAnswer, is_for_desk=True),
    Operation(
        "post",
        f"{_S}/presence",
        "Say that one is here, and at what",
        presence.PresenceAnswer,
        presence.Report,
        takes_key=False,
    ),
    *_OF_PICTURES,
    *_OF_PEOPLE,
)
_WRITE_FAULTS = {
    "400": "The body is no JSON",
    "401": "No token and no session, or an unknown one",
    "403": "The sender may not do this, or the token is for another coverage",
    "404": "There is no such thing",
    "409": "The state of things does not allow it",
    "410": "The post was taken down",
    "412": "There is a newer revision",
    "413": "The body is too large",
    "415": "The body is not application/json",
    "422": "A field does not fit, or the idempotency key was used for another request",
    "428": "If-Match is missing",
    "429": "Too many failed sign-ins",
    "503": "The storage can't take it now",
}
_SENDERS: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
_READ_FAULTS = {name: _WRITE_FAULTS[name] for name in ("404", "410", "422", "503")}


def document() -> dict[str, Any]:
    """The whole document, as JSON values."""
    types = {operation.answer for operation in OPERATIONS if operation.answer}
    types |= {operation.body for operation in OPERATIONS if operation.body} | {Problem}
    ordered = sorted(types, key=lambda one: one.__name__)
    schemas, components = msgspec.json.schema_components(
        ordered, ref_template="#/components/schemas/{name}"
    )
    named = dict(zip((one.__name__ for one in ordered), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, named)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dateline",
            "version": "1",
            "summary": "Live coverage: file, publish, correct.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            },
        },
    }


def _operation(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    is_write = operation.method != "get"
    faults = _WRITE_FAULTS if is_write or operation.is_for_desk else _READ_FAULTS
    done: dict[str, Any] = {"description": "Done" if is_write else "Found"}
    if operation.answer:
        answer = schemas[operation.answer.__name__]
        done["content"] = {"application/json": {"schema": answer}}
    made: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": _identifier(operation),
        "parameters": list(_parameters(operation)),
        "responses": {
            str(operation.status): done,
            **{status: _fault(text, schemas) for status, text in faults.items()},
        },
    }
    if operation.takes_revision == "or new":
        made["responses"]["201"] = {**done, "description": "Begun"}
    if operation.body is not None:
        fields = msgspec.structs.fields(operation.body)
        made["requestBody"] = {
            "required": any(field.required for field in fields),
            "content": {"application/json": {"schema": schemas[operation.body.__name__]}},
        }
    if is_write or operation.is_for_desk:
        made["security"] = [{"session": []}] if operation.answer is MeAnswer else _SENDERS
    return made


def _fault(text: str, schemas: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {PROBLEM_TYPE: {"schema": schemas["Problem"]}}}


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    patterns = {
        "slug": SLUG_PATTERN,
        "post_id": POST_ID_PATTERN,
        "draft_id": POST_ID_PATTERN,
        "person_id": POST_ID_PATTERN,
        "picture_id": UPLOAD_ID_PATTERN,
        "invitation": "^[0-9a-f]{16}$",
    }
    found = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": pattern.removesuffix(r"(?!\n)")},
        }
        for name, pattern in patterns.items()
        if f"{{{name}}}" in operation.path
    ]
    found += [
        {
            "name": name,
            "in": "query",
            "schema": {"type": "integer", "minimum": least, "maximum": most},
        }
        for name, least, most in operation.query
    ]
    found += [
        {"name": name, "in": "query", "schema": {"type": "string", "enum": list(values)}}
        for name, values in operation.choices
    ]
    found += [
        {"name": name, "in": "query", "schema": {"type": "string"}} for name in operation.words
    ]
    if operation.method != "get" and operation.takes_key:
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "The same key and body are carried out once, "
                "and answered as the first time.",
                "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
            }
        )
    if operation.takes_revision != "no":
        found.append(
            {
                "name": "If-Match",
                "in": "header",
                "required": operation.takes_revision == "must",
                "description": 'The revision or version that was changed, such as "3".',
                "schema": {"type": "string", "pattern": '^(W/)?"?[0-9]{1,9}"?$'},
            }
        )
    if operation.takes_revision == "or new":
        found.append(
            {
                "name": "If-None-Match",
                "in": "header",
                "description": "`*` where the draft is new.",
                "schema": {"type": "string", "enum": ["*"]},
            }
        )
    return found


def _identifier(operation: Operation) -> str:
    words = operation.path.removeprefix("/api/").replace("{", "").replace("}", "").split("/")
    return "_".join([operation.method, *words])


_BYTES = msgspec.json.encode(document())


@get("/api/openapi.json", name="openapi")
async def openapi() -> Response[bytes]:
    """The OpenAPI 3.1 document of this API."""
    return Response(
        _BYTES, media_type="application/json", headers={"cache-control": "public, max-age=60"}
    )
