"""The OpenAPI 3.1 document, made from the very types that decode and answer requests."""

from typing import Any

import msgspec
from litestar import Response, get

from dateline.domain.shapes import POST_ID_PATTERN, SLUG_PATTERN, UPLOAD_ID_PATTERN
from dateline.web.api.me import MeAnswer
from dateline.web.api.operation import Header, Operation
from dateline.web.api.operations import OPERATIONS
from dateline.web.errors import PROBLEM_TYPE, Problem
from dateline.web.session import COOKIE

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
_SEEN = ('^(W/)?"?[0-9]{1,9}"?$', '^(W/)?"[0-9a-f]{16}"$')
"""`If-Match` of what is counted, and of what is told apart by a mark."""
_JSON = "application/json"
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
    is_write = operation.method not in ("get", "options")
    faults = _WRITE_FAULTS if is_write or operation.is_for_desk else _READ_FAULTS
    done: dict[str, Any] = {"description": "Done" if is_write else "Found"}
    if operation.gives:
        done["headers"] = {header.name: _header(header) for header in operation.gives}
    if operation.answer:
        answer = schemas[operation.answer.__name__]
        done["content"] = {_JSON: {"schema": answer}}
    made: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": _identifier(operation),
        "parameters": list(_parameters(operation)),
        "responses": {
            str(operation.status): done,
            **{
                status: _fault(text, schemas)
                for status, text in (*faults.items(), *operation.faults)
            },
        },
    }
    if operation.takes_revision == "or new":
        made["responses"]["201"] = {**done, "description": "Begun"}
    if operation.body is not None:
        fields = msgspec.structs.fields(operation.body)
        made["requestBody"] = {
            "required": any(field.required for field in fields),
            "content": {_JSON: {"schema": schemas[operation.body.__name__]}},
        }
    if operation.content != _JSON:
        made["requestBody"] = {"required": True, "content": {operation.content: {}}}
    if is_write or operation.is_for_desk:
        made["security"] = [{"session": []}] if operation.answer is MeAnswer else _SENDERS
    return made


def _header(header: Header) -> dict[str, Any]:
    return {
        "description": header.description,
        "required": True,
        "schema": {"type": "string", "pattern": header.pattern},
    }


def _fault(text: str, schemas: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {PROBLEM_TYPE: {"schema": schemas["Problem"]}}}


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    patterns = {
        "slug": SLUG_PATTERN,
        "post_id": POST_ID_PATTERN,
        "draft_id": POST_ID_PATTERN,
        "person_id": POST_ID_PATTERN,
        "picture_id": UPLOAD_ID_PATTERN,
        "upload_id": UPLOAD_ID_PATTERN,
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
    found += [{"name": one.name, "in": "header", **_header(one)} for one in operation.needs]
    found += [
        {"name": one.name, "in": "header", **_header(one), "required": False}
        for one in operation.takes
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
                "schema": {"type": "string", "pattern": _SEEN[operation.takes_revision == "mark"]},
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
