"""Events as bytes: canonical payloads, digests, the chain, and reading what older versions wrote.

Canonical means: JSON with sorted keys and no white space, as RFC 8785 has it for the strings,
integers, booleans and arrays that payloads are made of.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from dateline.domain import events as events_module
from dateline.domain.errors import Damaged
from dateline.domain.events import Event, Record, Tombstone
from dateline.domain.people import Actor

VERSION = "1"
"""Of every event type so far. A type that changes gets "2" and an entry in `_UPCASTS`."""

_TYPES: dict[str, type] = {cls.__name__: cls for cls in Event.__args__ if cls is not Tombstone}
_UPCASTS: dict[str, tuple[str, type]] = {}
"""Old type name with version -> (what turns it into the current one). Empty: all are first."""

_TOMBSTONE = b'{"redacted":true}'
_GENESIS = b"dateline log 1\n"

_canonical = msgspec.json.Encoder(order="sorted")
_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    f"{name}/{VERSION}": msgspec.json.Decoder(cls) for name, cls in _TYPES.items()
}
_actor_decoder = msgspec.json.Decoder(Actor)


class Entry(msgspec.Struct, frozen=True):
    """A record as it is stored and exported: `time` in microseconds since 1970, UTC."""

    coverage: str
    seq: int
    id: str
    subject: str
    type: str
    time: int
    actor: bytes
    payload: bytes
    digest: bytes
    chain: bytes


def genesis(coverage: str) -> bytes:
    """What stands for the chain before the first event; it binds the chain to its coverage."""
    return hashlib.sha256(_GENESIS + coverage.encode()).digest()


def link(previous: bytes, seq: int, type_: str, time: int, actor: bytes, digest: bytes) -> bytes:
    """SHA-256(previous chain ‖ seq ‖ type ‖ time ‖ actor ‖ digest), each part told apart."""
    parts = _canonical.encode([seq, type_, time, hashlib.sha256(actor).hexdigest(), digest.hex()])
    return hashlib.sha256(previous + parts).digest()


def encode(
    coverage: str,
    events: list[tuple[str, Event]],
    *,
    version: int,
    chain: bytes,
    actor: Actor,
    now: datetime,
) -> list[Entry]:
    """The entries that follow a coverage's version and chain, from events with their ids."""
    entries = []
    time = to_micros(now)
    actor_bytes = _canonical.encode(actor)
    for seq, (event_id, event) in enumerate(events, version + 1):
        type_ = f"{type(event).__name__}/{VERSION}"
        payload = _canonical.encode(event)
        digest = hashlib.sha256(payload).digest()
        chain = link(chain, seq, type_, time, actor_bytes, digest)
        entries.append(
            Entry(
                coverage=coverage,
                seq=seq,
                id=event_id,
                subject=event.subject,
                type=type_,
                time=time,
                actor=actor_bytes,
                payload=payload,
                digest=digest,
                chain=chain,
            )
        )
    return entries


def decode(entry: Entry) -> Record:
    """The record of an entry.

    :raises Damaged: the payload or the type is none that this version can read.
    """
    try:
        event = (
            Tombstone(entry.subject)
            if is_tombstone(entry.payload)
            else _decoders[entry.type].decode(entry.payload)
        )
        actor = _actor_decoder.decode(entry.actor)
    except (KeyError, msgspec.MsgspecError) as error:
        raise Damaged(
            f"Event {entry.seq} of {entry.coverage} ({entry.type}) can't be read: {error}. "
            f"Run `dateline verify {entry.coverage}` to see whether the log was altered."
        ) from error
    return Record(
        coverage=entry.coverage,
        seq=entry.seq,
        id=entry.id,
        time=from_micros(entry.time),
        actor=actor,
        event=event,
        digest=entry.digest,
        chain=entry.chain,
    )


def tombstone() -> bytes:
    """The payload that stands where the words of a redacted post stood."""
    return _TOMBSTONE


def is_tombstone(payload: bytes) -> bool:
    return payload == _TOMBSTONE


def carries_words(type_: str) -> bool:
    """Whether a takedown has to overwrite the payloads of this type."""
    return type_.partition("/")[0] in {
        events_module.PostPublished.__name__,
        events_module.PostRevised.__name__,
        events_module.PostCorrected.__name__,
        events_module.PostWithdrawn.__name__,
    }


def is_redaction(type_: str) -> bool:
    return type_.partition("/")[0] == events_module.PostRedacted.__name__


def to_micros(moment: datetime) -> int:
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole * 1_000_000 + moment.microsecond


def from_micros(micros: int) -> datetime:
    seconds, rest = divmod(micros, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
