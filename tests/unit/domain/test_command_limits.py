"""The limits of every command but publishing (`test_limits.py`), at the field and just over it."""

from typing import Any

import msgspec
import pytest

from builders import a_post_id
from dateline.domain import commands
from dateline.domain.pointers import invalid

COVERAGE = {"slug": "summit", "title": "x", "timezone": "UTC"}


def decoded(kind: type, body: dict[str, Any]) -> Any:
    return msgspec.json.decode(msgspec.json.encode(body), type=kind)


LIMITS = [
    (commands.OpenCoverage, "slug", "x" * 100, "x" * 101),
    (commands.OpenCoverage, "slug", "a-1", "a--1"),
    (commands.OpenCoverage, "slug", "a", "a\n"),
    (commands.OpenCoverage, "slug", "a", "A"),
    (commands.OpenCoverage, "slug", "a", "-a"),
    (commands.OpenCoverage, "slug", "a", "../a"),
    (commands.OpenCoverage, "slug", "a", ""),
    (commands.OpenCoverage, "title", "x" * 300, "x" * 301),
    (commands.OpenCoverage, "title", "a b", "a\nb"),
    (commands.OpenCoverage, "summary", "x" * 2000, "x" * 2001),
    (commands.OpenCoverage, "summary", "a\n\nb", "a\x0bb"),
    (commands.OpenCoverage, "language", "zh-Hant-TW", "en_GB"),
    (commands.OpenCoverage, "timezone", "x" * 64, "x" * 65),
    (commands.DescribeCoverage, "title", "x" * 300, "x" * 301),
    (commands.DescribeCoverage, "title", "x", None),
    (commands.DescribeCoverage, "summary", None, 5),
    (commands.DescribeCoverage, "related", [f"a-{n}" for n in range(8)], [*"abcdefghi"]),
    (commands.DescribeCoverage, "related", [], None),
    (commands.ChangeStatus, "status", "paused", "over"),
    (commands.OrderPins, "posts", [a_post_id(n) for n in range(100)], [a_post_id(1)] * 101),
    (commands.RevisePost, "correction", "x" * 1000, "x" * 1001),
    (commands.RevisePost, "correction", "a b", "a\nb"),
    (commands.RevisePost, "correction", None, " "),
    (commands.RevisePost, "headline", None, ""),
    (commands.RevisePost, "blocks", [], None),
    (commands.RevisePost, "byline", [{"name": "x"}], []),
    (commands.RevisePost, "key", True, "yes"),
    (commands.RevisePost, "pinned", False, None),
    (commands.WithdrawPost, "reason", "x" * 1000, "x" * 1001),
    (commands.WithdrawPost, "reason", "x", ""),
    (commands.RedactPost, "reason", None, "x" * 1001),
    (commands.ChangeVerification, "source", 0, -1),
    (commands.ChangeVerification, "source", "x" * 300, "x" * 301),
    (commands.ChangeVerification, "verification", "wrong", "right"),
]
_NEEDED: dict[type, dict[str, Any]] = {
    commands.OpenCoverage: COVERAGE,
    commands.ChangeVerification: {"verification": "confirmed"},
}


@pytest.mark.parametrize(("kind", "field", "within", "over"), LIMITS)
def test_a_field_at_its_limit(kind: type, field: str, within: object, over: object) -> None:
    """What is at the limit is taken, what is over it is refused with a pointer to the field."""
    needed = _NEEDED.get(kind, {})
    decoded(kind, needed | {field: within})
    with pytest.raises(msgspec.ValidationError) as caught:
        decoded(kind, needed | {field: over})
    assert invalid(caught.value).pointer == f"/{field}"


@pytest.mark.parametrize("kind", commands.Command.__args__)
def test_an_unknown_field_is_refused(kind: type) -> None:
    """No command overlooks a field that it does not know: a typing error must not lose anything."""
    needed = {
        commands.PublishPost: {"blocks": [], "byline": [{"name": "x"}]},
        commands.ChangeStatus: {"status": "live"},
        commands.WithdrawPost: {"reason": "x"},
        commands.OrderPins: {"posts": []},
    } | _NEEDED
    body = needed.get(kind, {})
    decoded(kind, body)
    with pytest.raises(msgspec.ValidationError, match="unknown field `colour`"):
        decoded(kind, body | {"colour": "red"})
