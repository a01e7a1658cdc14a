"""The rules of drafts once more, as plainly as they can be said."""

from dataclasses import dataclass, field
from datetime import datetime

from dateline.desk.drafts import Hand
from dateline.domain.errors import Conflict, DatelineError, Gone, Invalid, NotFound, Stale

Refusal = type[DatelineError] | None
OPEN = ("draft", "submitted", "returned")


@dataclass
class ModelDraft:
    """A draft as its author would tell of it; `text` is None where there are no words left."""

    author: str
    text: str | None
    state: str = "draft"
    version: int = 1
    embargo: datetime | None = None
    released: set[str] = field(default_factory=set)


@dataclass
class Model:
    """The drafts of a coverage by number."""

    drafts: dict[int, ModelDraft] = field(default_factory=dict)
    published: set[int] = field(default_factory=set)
    redacted: set[int] = field(default_factory=set)
    has_ended: bool = False
    takes_two: bool = False
    steps: int = 0

    def version(self, n: int) -> int:
        return self.drafts[n].version if n in self.drafts else 1

    def create(self, hand: Hand, n: int, text: str) -> Refusal:
        if n in self.redacted:
            return Gone
        if n not in self.drafts:
            self.drafts[n] = ModelDraft(hand.actor.id, text)
            return None
        if not self._sees(hand, n):
            return NotFound
        return None if self.drafts[n].text == text else Stale

    def save(self, hand: Hand, n: int, text: str, seen: int) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        draft = self.drafts[n]
        if draft.text == text:
            return None
        if draft.state not in OPEN:
            return Conflict
        if seen != draft.version:
            return Stale
        draft.text = text
        draft.released.clear()
        return self._move(n, draft.state)

    def submit(self, hand: Hand, n: int) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        draft = self.drafts[n]
        if draft.state not in OPEN:
            return Conflict
        if not draft.text:
            return Invalid
        return None if draft.state == "submitted" else self._move(n, "submitted")

    def return_(self, hand: Hand, n: int) -> Refusal:
        refusal = self._from(hand, n, "submitted", "returned")
        if not refusal:
            self.drafts[n].released.clear()
        return refusal

    def approve(self, hand: Hand, n: int) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        draft = self.drafts[n]
        if draft.state not in ("submitted", "scheduled"):
            return Conflict
        if not draft.text:
            return Invalid
        draft.released.add(hand.actor.id)
        return None

    def unschedule(self, hand: Hand, n: int) -> Refusal:
        if self._sees(hand, n) and self.drafts[n].state == "submitted":
            return None
        return self._from(hand, n, "scheduled", "submitted")

    def schedule(
        self, hand: Hand, n: int, minutes: int, embargo: int | None, until: datetime | None
    ) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        draft = self.drafts[n]
        if draft.state == "published":
            return Conflict
        if minutes < 0 or (embargo and embargo > 0) or not draft.text:
            return Invalid
        draft.embargo = until
        return self._move(n, "scheduled")

    def publish(self, hand: Hand, n: int, seen: int | None, now: datetime) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        draft = self.drafts[n]
        if draft.state == "published":
            return None
        if not draft.text:
            return self._refuse(n, Invalid)
        if seen not in (None, draft.version):
            return Stale
        if draft.embargo and now < draft.embargo:
            return self._refuse(n, Conflict)
        if self.has_ended or (self.takes_two and not draft.released - {hand.actor.id}):
            return self._refuse(n, Conflict)
        self.published.add(n)
        draft.text = None
        return self._move(n, "published")

    def discard(self, hand: Hand, n: int, seen: int) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        if seen != self.drafts[n].version:
            return Stale
        if self.drafts[n].state == "published":
            return Conflict
        del self.drafts[n]
        return None

    def redact(self, n: int) -> Refusal:
        if n not in self.published:
            return NotFound
        if n in self.redacted:
            return Gone
        self.redacted.add(n)
        return None

    def _from(self, hand: Hand, n: int, before: str, after: str) -> Refusal:
        if not self._sees(hand, n):
            return NotFound
        return self._move(n, after) if self.drafts[n].state == before else Conflict

    def _sees(self, hand: Hand, n: int) -> bool:
        draft = self.drafts.get(n)
        if draft is None:
            return False
        return draft.author == hand.actor.id or (hand.reviews and draft.state != "draft")

    def _move(self, n: int, state: str) -> None:
        self.drafts[n].state = state
        self.drafts[n].version += 1

    def _refuse(self, n: int, why: type[DatelineError]) -> Refusal:
        # What was scheduled and can't be published waits in the queue.
        if self.drafts[n].state == "scheduled":
            self._move(n, "submitted")
        return why
