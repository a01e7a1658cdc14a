"""Errors as answers: RFC 9457 problem details for machines, pages for people.

The only place that knows which HTTP status a domain error is.
"""

from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from dateline.domain import errors
from dateline.render.page import problem_html
from dateline.web.negotiation import BY_DEVICE, BY_LANGUAGE, desk_lang_of, lang_of
from dateline.web.site import Site

PROBLEM_TYPE = "application/problem+json"
_STATUS: dict[type[errors.DatelineError], int] = {
    errors.Invalid: 422,
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.Conflict: 409,
    errors.Stale: 412,
    errors.VersionRequired: 428,
    errors.KeyReused: 422,
    errors.NotAllowed: 403,
    errors.Unauthenticated: 401,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.Damaged: 500,
    # Of tus, which has a number of its own for it.
    errors.ChecksumMismatch: 460,
}
_logger = structlog.get_logger()


class NotJson(errors.DatelineError):
    """The body is no JSON at all."""


class TooLarge(errors.DatelineError):
    """The body is larger than any command can be."""


class WrongType(errors.DatelineError):
    """The body is declared as something else than JSON."""


class WrongProtocol(errors.DatelineError):
    """An upload in another version of tus, or in none."""


class WrongChecksum(errors.DatelineError):
    """A checksum of a kind that is not known here, or that is none."""


_STATUS |= {
    NotJson: 400,
    WrongChecksum: 400,
    TooLarge: 413,
    WrongType: 415,
    WrongProtocol: 412,
}
UPLOADS = "/api/uploads"
TUS = {"tus-resumable": "1.0.0", "tus-version": "1.0.0"}
"""In every answer about an upload, errors included: https://tus.io/protocols/resumable-upload."""


class FieldProblem(Struct, frozen=True):
    """`pointer` is a JSON pointer in a URI fragment, as in RFC 9457's example."""

    detail: str
    pointer: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """RFC 9457. `current` is what stands there now, where a change came too late for a draft."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
    current: Any = None


def handle(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to whatever was raised in a request: one of the three catch-alls."""
    problem, headers = _problem(error)
    if problem.status >= 500 and not isinstance(error, errors.Unavailable):
        _logger.exception("a request failed", path=request.scope["path"], exc_info=error)
    return answer(request, problem, headers)


def answer(
    request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str]
) -> Response[bytes]:
    """A problem, for a person or for a machine."""
    path = request.scope["path"]
    tus = TUS if path.startswith(UPLOADS) else {}
    is_program = request.headers.get("content-type", "").startswith("application/json")
    if is_program or path.startswith("/api"):
        body = msgspec.json.encode(problem)
        media_type = PROBLEM_TYPE
    else:
        site: Site = request.app.state.site
        is_desk = path == "/desk" or path.startswith("/desk/")
        headers = {**headers, **(BY_DEVICE if is_desk else BY_LANGUAGE)}
        body = problem_html(
            problem.status,
            problem.title,
            problem.detail,
            lang=desk_lang_of(request) if is_desk else lang_of(request),
            assets=site.assets,
            is_desk=is_desk,
        )
        media_type = "text/html"
    return Response(
        body,
        status_code=problem.status,
        media_type=media_type,
        headers={"cache-control": "no-store", **tus, **headers},
    )


def _problem(error: Exception) -> tuple[Problem, dict[str, str]]:
    if isinstance(error, errors.DatelineError):
        return _of_domain(error)
    if isinstance(error, HTTPException):
        return _of_framework(error)
    detail = "Something went wrong on our side; nothing was changed. Try again, or tell the desk."
    return Problem("about:blank", _title(500), 500, detail), {}


def _of_domain(error: errors.DatelineError) -> tuple[Problem, dict[str, str]]:
    status = _STATUS[type(error)]
    name = type(error).__name__
    kind = "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")
    headers = {}
    fields = []
    if isinstance(error, errors.Unavailable | errors.TooMany):
        headers["retry-after"] = str(error.retry_after)
    if isinstance(error, errors.Unauthenticated):
        headers["www-authenticate"] = 'Bearer realm="Dateline"'
    if isinstance(error, errors.Invalid):
        fields = [FieldProblem(error.detail, f"#{error.pointer}")]
    current = error.current if isinstance(error, errors.Stale) else None
    told = Problem(f"urn:dateline:{kind}", _title(status), status, error.detail, fields, current)
    return told, headers


def _of_framework(error: HTTPException) -> tuple[Problem, dict[str, str]]:
    status = error.status_code
    detail = {
        404: "There is nothing at this address. See the front page for all coverages.",
        405: "This address does not take that method. See /api/openapi.json for those it takes.",
        413: "The body is too large. Send less at once.",
    }.get(status, error.detail)
    return Problem("about:blank", _title(status), status, detail), dict(error.headers or {})


def _title(status: int) -> str:
    return "Checksum Mismatch" if status == 460 else HTTPStatus(status).phrase
