"""Checking a coverage's chain: anyone can recompute it from the entries alone."""

import hashlib
from collections.abc import AsyncIterable, AsyncIterator

from msgspec import Struct
from msgspec.structs import replace

from dateline.store import codec
from dateline.store.codec import Entry
from dateline.store.log import EventLog


class Verdict(Struct, frozen=True):
    """`seq` events were checked; `fault` tells what does not fit at event `seq`, if anything."""

    seq: int
    redacted: int
    chain: bytes
    fault: str | None = None


async def verify_log(log: EventLog, coverage: str) -> Verdict:
    """Recompute a coverage's chain over the whole log, a batch at a time."""
    # Read before the events: what is appended meanwhile is no fault.
    heads = {head.coverage: head.version for head in await log.heads()}
    verdict = await verify(coverage, _all(log, coverage))
    if not verdict.fault and verdict.seq < heads.get(coverage, 0):
        # The chain alone can't tell that its end was cut off.
        seq = verdict.seq + 1
        return replace(verdict, seq=seq, fault=f"event {seq} and those after it are missing")
    return verdict


async def _all(log: EventLog, coverage: str) -> AsyncIterator[Entry]:
    after = 0
    while batch := await log.entries(coverage, after):
        for entry in batch:
            yield entry
        # Not `after += len(batch)`: where events are missing, go on after the last there is.
        after = batch[-1].seq


async def verify(coverage: str, entries: AsyncIterable[Entry]) -> Verdict:
    """Recompute digests and chain, and stop at the first event that does not fit."""
    chain = codec.genesis(coverage)
    seq = redacted = 0
    unexplained: dict[str, int] = {}
    async for entry in entries:
        seq += 1
        fault = _fault(coverage, entry, seq, chain)
        if fault:
            return Verdict(seq, redacted, chain, fault)
        if codec.is_tombstone(entry.payload):
            redacted += 1
            unexplained.setdefault(entry.subject, seq)
        elif codec.is_redaction(entry.type):
            unexplained.pop(entry.subject, None)
        chain = entry.chain
    for seq_of_tombstone in unexplained.values():
        fault = "its words are gone, but no later event redacts that post"
        return Verdict(seq_of_tombstone, redacted, chain, fault)
    return Verdict(seq, redacted, chain)


def _fault(coverage: str, entry: Entry, seq: int, previous: bytes) -> str | None:
    if entry.coverage != coverage:
        return f"it belongs to {entry.coverage}"
    if entry.seq != seq:
        return f"event {seq} is missing: the next one there is {entry.seq}"
    if codec.is_tombstone(entry.payload):
        if not codec.carries_words(entry.type):
            return f"it is a tombstone, which a {entry.type} never becomes"
    elif hashlib.sha256(entry.payload).digest() != entry.digest:
        return "its payload was altered: the digest does not fit"
    expected = codec.link(previous, seq, entry.type, entry.time, entry.actor, entry.digest)
    if expected != entry.chain:
        return "its seq, type, time, actor or digest was altered: the chain does not fit"
    return None
