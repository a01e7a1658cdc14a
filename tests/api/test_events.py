"""The public log: in order, without gaps, and to be checked by anybody who can hash."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .newsroom import Coverage, Newsroom

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIELDS = {"coverage", "seq", "id", "type", "time", "actor", "payload", "digest", "chain"}


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no white space, as RFC 8785 has it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fault(slug: str, events: list[dict[str, Any]]) -> int | None:
    """The first seq that does not fit, computed from what the API answers and nothing else."""
    chain = hashlib.sha256(b"dateline log 1\n" + slug.encode()).digest()
    for seq, event in enumerate(events, 1):
        gone = event["payload"] == {"redacted": True}
        if not gone and hashlib.sha256(canonical(event["payload"])).hexdigest() != event["digest"]:
            return seq
        micros = (datetime.fromisoformat(event["time"]) - EPOCH) // timedelta(microseconds=1)
        actor = hashlib.sha256(canonical(event["actor"])).hexdigest()
        parts = canonical([seq, event["type"], micros, actor, event["digest"]])
        chain = hashlib.sha256(chain + parts).digest()
        if event["seq"] != seq or chain.hex() != event["chain"]:
            return seq
    return None


def a_life(coverage: Coverage) -> None:
    """Everything that can happen in a coverage, with words that are hard to write down."""
    words = '“Été” & 東京 🚆 \\ " / <b>\u2028</b> é'
    source = {"name": words, "kind": "wire", "url": "https://wire.example/é"}
    first = coverage.publish(headline=words, sources=[source], occurred_at="2021-06-14T12:00:00Z")
    second = coverage.publish(headline="Two", key=True, pinned=True)["id"]
    third = coverage.publish(headline="Unlawful")["id"]
    post = first["id"]
    coverage.revise(post, {"topics": ["weather"]}, if_match='"1"')
    coverage.revise(post, {"headline": "New", "correction": words}, if_match='"2"')
    coverage.act(post, "verification", {"verification": "wrong"})
    for action in ("unpin", "unkey", "pin", "key"):
        assert coverage.act(second, action).is_success
    assert coverage.act(second, "withdraw", {"reason": words}).is_success
    assert coverage.act(third, "redact", {"reason": "A court."}).is_success
    coverage.newsroom.send("PATCH", coverage.path, {"summary": words})
    coverage.set_status("ended")


def test_chain(newsroom: Newsroom, coverage: Coverage) -> None:
    """Digests and chain can be recomputed from the answer alone, takedowns included."""
    a_life(coverage)
    answer = newsroom.get(f"{coverage.path}/events")
    assert answer.status_code == 200
    assert set(answer.json()) == {"events", "seq", "next"}
    events = answer.json()["events"]
    assert (answer.json()["seq"], answer.json()["next"]) == (len(events), None)
    assert all(set(event) == FIELDS for event in events)
    assert {event["coverage"] for event in events} == {coverage.slug}
    assert len({event["id"] for event in events}) == len(events) == 16
    assert {event["type"] for event in events} == {
        f"{name}/1"
        for name in (
            "CoverageOpened",
            "CoverageDescribed",
            "CoverageStatusChanged",
            "PostPublished",
            "PostRevised",
            "PostCorrected",
            "PostWithdrawn",
            "PostRedacted",
            "PostPinned",
            "PostUnpinned",
            "KeyEventMarked",
            "KeyEventUnmarked",
            "VerificationChanged",
        )
    }
    assert [event["payload"] for event in events].count({"redacted": True}) == 1
    assert fault(coverage.slug, events) is None


@pytest.mark.parametrize("field", ["payload", "actor", "time", "type", "digest", "seq"])
def test_chain_shows_changes(newsroom: Newsroom, coverage: Coverage, field: str) -> None:
    """Whatever is altered in an event, the first one that does not fit is that one."""
    a_life(coverage)
    events = newsroom.get(f"{coverage.path}/events").json()["events"]
    other = {"time": "2021-01-01T00:00:00Z", "payload": {}, "actor": {}, "seq": 99}
    events[6][field] = other.get(field, "0" * 64)
    assert fault(coverage.slug, events) == 7
    assert fault("another-name", events) == 1


def test_pages(newsroom: Newsroom, coverage: Coverage) -> None:
    """Following `next` gives every event once, in order; `after` is exclusive."""
    for n in range(9):
        coverage.publish(headline=f"Number {n}")
    where = f"{coverage.path}/events?limit=4"
    seen: list[dict[str, Any]] = []
    pages = []
    while where:
        answer = newsroom.get(where).json()
        assert answer["seq"] == 11
        pages.append(len(answer["events"]))
        seen += answer["events"]
        where = answer["next"] and f"{answer['next']}&limit=4"
    assert pages == [4, 4, 3]
    assert [event["seq"] for event in seen] == list(range(1, 12))
    assert fault(coverage.slug, seen) is None
    end = newsroom.get(f"{coverage.path}/events?after=11").json()
    assert end == {"events": [], "seq": 11, "next": None}
    assert newsroom.get(f"{coverage.path}/events?after=99").json()["events"] == []


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=1e3", "limit=0", "limit=257"])
def test_refuses(newsroom: Newsroom, coverage: Coverage, query: str) -> None:
    """A query that is no whole number within its bounds is refused with its name."""
    answer = newsroom.get(f"{coverage.path}/events?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"#/{query.partition('=')[0]}"
