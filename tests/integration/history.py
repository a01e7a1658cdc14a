"""The public log over HTTP, and a second opinion on its chain."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import msgspec

from integration.wire import connected

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Entry(msgspec.Struct):
    """An event as the API shows it. `actor` and `payload` are the stored bytes."""

    coverage: str
    seq: int
    id: str
    type: str
    time: datetime
    actor: msgspec.Raw
    payload: msgspec.Raw
    digest: str
    chain: str

    @property
    def name(self) -> str:
        return self.type.partition("/")[0]

    @property
    def post(self) -> str | None:
        found = json.loads(bytes(self.payload)).get("post")
        return str(found) if found else None

    @property
    def is_tombstone(self) -> bool:
        return bytes(self.payload) == b'{"redacted":true}'


class _Events(msgspec.Struct):
    events: list[Entry]
    seq: int
    next: str | None


async def read_events(port: int, slug: str) -> list[Entry]:
    """All events, page after page."""
    found: list[Entry] = []
    target: str | None = f"/api/coverages/{slug}/events?after=0"
    async with connected(port) as connection:
        while target:
            answer = await connection.request("GET", target)
            assert answer.status == 200, f"{target}: {answer.status} {answer.body[:300]!r}"
            page = msgspec.json.decode(answer.body, type=_Events)
            found += page.events
            target = page.next
    assert [entry.seq for entry in found] == list(range(1, len(found) + 1)), "no gapless log"
    return found


def check_chain(slug: str, entries: list[Entry]) -> None:
    """Recompute digests and chain from what protocol.md says, not from the server's code."""
    previous = hashlib.sha256(b"dateline log 1\n" + slug.encode()).digest()
    for entry in entries:
        if not entry.is_tombstone:
            digest = hashlib.sha256(bytes(entry.payload)).hexdigest()
            assert digest == entry.digest, f"event {entry.seq}: another payload than its digest"
        actor = hashlib.sha256(bytes(entry.actor)).hexdigest()
        micros = (entry.time - _EPOCH) // timedelta(microseconds=1)
        parts = json.dumps(
            [entry.seq, entry.type, micros, actor, entry.digest], separators=(",", ":")
        )
        previous = hashlib.sha256(previous + parts.encode()).digest()
        assert previous.hex() == entry.chain, f"event {entry.seq}: the chain does not fit"
