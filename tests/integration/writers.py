"""A reporter with a bad line: every write has a key, and is sent again until it is answered."""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from integration.wire import Answer, Connection, Lost, connected

ANSWER_SECONDS = 30.0
# Plain words, and what has broken a stream, a template or a parser somewhere before.
_SAID = (
    "the a minister said train at noon storm wind 120 km/h over Ostend & Calais <b>no</b> power"
    " “nothing to add” l’été Škoda 東京 مرحبا 🚆 data: id: event: :comment \u2028 &lt;/article&gt;"
    " </article> \r\n \t \\ \" ' ${} {{ }} <em>now</em> <script>x()</script> %00 ]]> --"
)
_WORDS = _SAID.split(" ")
_LINE = [word for word in _WORDS if word.isprintable() and word]


@dataclass(frozen=True)
class Write:
    """A write and what it should come to: `events` are the types it appends, in their order."""

    method: str
    target: str
    body: bytes
    key: str
    events: tuple[str, ...]
    if_match: int | None = None


@dataclass(frozen=True)
class Acknowledged:
    """A write with its answer. `times` counts how often it was sent."""

    write: Write
    answer: Answer
    times: int

    @property
    def seq(self) -> int:
        return int(self.answer.json()["seq"])

    @property
    def post(self) -> str | None:
        found = self.answer.json().get("id")
        return str(found) if found else None


@dataclass
class Draft:
    """What the reporter knows of a post."""

    revision: int = 1
    headline: bool = False
    key: bool = False
    pinned: bool = False
    stands: bool = True


class Line:
    """Sends writes to one server, each until it is answered; also several at a time."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self._idle: list[Connection] = []

    async def send(self, write: Write) -> Acknowledged:
        """Send a write until an answer comes that is no 5xx."""
        times = 0
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                times += 1
                with suppress(Lost):
                    answer = await self._once(write)
                    if answer.status < 500:
                        return Acknowledged(write, answer, times)
                    assert answer.status == 503, f"{write}: {answer.status} {answer.body!r}"
                await asyncio.sleep(0.02)

    async def hang_up_on(self, write: Write) -> None:
        """Send a write and be gone before it is answered."""
        with suppress(Lost):
            connection = await Connection.open(self._port)
            sending = asyncio.ensure_future(self._request(connection, write))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            sending.cancel()
            with suppress(asyncio.CancelledError, Lost):
                await sending
            connection.abort()

    async def __aenter__(self) -> "Line":
        return self

    async def __aexit__(self, *_: object) -> None:
        for connection in self._idle:
            connection.abort()
        self._idle.clear()

    async def _once(self, write: Write) -> Answer:
        connection = self._idle.pop() if self._idle else await Connection.open(self._port)
        try:
            answer = await self._request(connection, write)
        except BaseException:
            connection.abort()
            raise
        if connection.is_open:
            self._idle.append(connection)
        return answer

    async def _request(self, connection: Connection, write: Write) -> Answer:
        headers = {
            "authorization": f"Bearer {self._token}",
            "content-type": "application/json",
            "idempotency-key": write.key,
        }
        if write.if_match is not None:
            headers["if-match"] = f'"{write.if_match}"'
        return await connection.request(
            write.method, write.target, headers=headers, body=write.body
        )


class Desk:
    """For example tests: what it sends has to be taken, unless they say `expect`."""

    def __init__(self, port: int, token: str, slug: str) -> None:
        self.slug = slug
        self._port = port
        self._token = token
        self._base = f"/api/coverages/{slug}"

    async def open(self, status: str = "live") -> None:
        """Open the coverage: its first two events."""
        body = {"slug": self.slug, "title": "A storm over Ostend", "timezone": "Europe/Brussels"}
        await self.send("POST", "/api/coverages", body, expect=201)
        await self.set_status(status)

    async def set_status(self, status: str) -> int:
        return int((await self.send("POST", f"{self._base}/status", {"status": status}))["seq"])

    async def publish(self, text: str, **fields: Any) -> dict[str, Any]:
        body = {**a_post(text), **fields}
        return await self.send("POST", f"{self._base}/posts", body, expect=201)

    async def publish_until(self, seq: int) -> None:
        """Publish until the coverage is at `seq`."""
        while (await self.publish("Wind from the west"))["seq"] < seq:
            pass

    async def revise(self, post: str, revision: int, **fields: Any) -> dict[str, Any]:
        return await self.send("PATCH", f"{self._base}/posts/{post}", fields, if_match=revision)

    async def act(self, post: str, action: str, **fields: Any) -> dict[str, Any]:
        return await self.send("POST", f"{self._base}/posts/{post}/{action}", fields)

    async def send(
        self,
        method: str,
        target: str,
        body: dict[str, Any],
        *,
        expect: int = 200,
        if_match: int | None = None,
    ) -> dict[str, Any]:
        answer = await self.ask(method, target, body, if_match=if_match)
        assert answer.status == expect, f"{method} {target}: {answer.status} {answer.body!r}"
        found: dict[str, Any] = answer.json()
        return found

    async def ask(
        self,
        method: str,
        target: str,
        body: dict[str, Any],
        *,
        key: str | None = None,
        if_match: int | None = None,
    ) -> Answer:
        """Send a write and take whatever comes."""
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        if key is not None:
            headers["idempotency-key"] = key
        if if_match is not None:
            headers["if-match"] = f'"{if_match}"'
        async with connected(self._port) as connection, asyncio.timeout(ANSWER_SECONDS):
            return await connection.request(method, target, headers=headers, body=_bytes(body))


def a_post(text: str) -> dict[str, Any]:
    """The body of a small post."""
    return {"blocks": [{"type": "paragraph", "html": text}], "byline": [{"name": "Ada Peeters"}]}


class Writer:
    """One reporter alone in a coverage, so that they know which seq each write should get."""

    def __init__(
        self,
        line: Line,
        slug: str,
        rng: random.Random,
        acknowledged: Callable[[], None] = lambda: None,
    ) -> None:
        self.slug = slug
        self.seq = 0
        self.done: list[Acknowledged] = []
        self.drafts: dict[str, Draft] = {}
        self._line = line
        self._rng = rng
        self._tell = acknowledged
        self._status = "scheduled"
        self._number = 0

    async def open(self) -> None:
        """Open the coverage and set it live."""
        body = {"slug": self.slug, "title": f"Storm {self.slug}", "timezone": "Europe/Brussels"}
        await self._write("POST", "/api/coverages", body, "CoverageOpened", status=201)
        await self._set_status("live")

    async def run(self, writes: int) -> None:
        """So many writes of all kinds, at no steady pace."""
        while len(self.done) < writes:
            await self._rng.choices(*_KINDS)[0](self)
            if self._rng.random() < 0.3:
                await asyncio.sleep(self._rng.uniform(0, 0.02))
        if self._status == "ended":
            await self._set_status("live")

    async def publish(self) -> str:
        """Publish a post; its id."""
        write, draft = self._draft()
        return self._published(await self._deliver(write), draft)

    async def publish_several(self) -> None:
        """Several posts at once: they get the next seqs, in whatever order."""
        several = [self._draft() for _ in range(self._rng.randint(2, 4))]
        if self._status == "ended":
            await self._set_status("live")
        answers = await asyncio.gather(*(self._line.send(write) for write, _ in several))
        expected = range(self.seq + 1, self.seq + 1 + len(several))
        assert sorted(one.seq for one in answers) == list(expected), f"{answers} not {expected}"
        self.seq += len(several)
        for one, (_, draft) in zip(answers, several, strict=True):
            self._keep(one, 201)
            self._published(one, draft)

    async def revise(self) -> None:
        """Change the words of a post, half of the time with a note for readers."""
        if not (post := self._any_post()):
            return
        draft = self.drafts[post]
        is_correction = self._rng.random() < 0.5
        body: dict[str, Any] = {"blocks": self._blocks()}
        events = ["PostCorrected" if is_correction else "PostRevised"]
        if is_correction:
            body["correction"] = f"An earlier version said: {self._line_of_text()}"
        if self._rng.random() < 0.3:
            body["headline"] = self._line_of_text()
            draft.headline = True
        if draft.headline and self._rng.random() < 0.2:
            draft.key = body["key"] = not draft.key
            events.append("KeyEventMarked" if draft.key else "KeyEventUnmarked")
        if self._rng.random() < 0.2:
            draft.pinned = body["pinned"] = not draft.pinned
            events.append("PostPinned" if draft.pinned else "PostUnpinned")
        target = f"/api/coverages/{self.slug}/posts/{post}"
        one = await self._write("PATCH", target, body, *events, if_match=draft.revision)
        draft.revision += 1
        assert one.answer.json()["revision"] == draft.revision, f"not {draft.revision}: {one}"

    async def pin(self) -> None:
        """Pin or unpin a post, also one that is so already."""
        if not (post := self._any_post()):
            return
        draft, turn_on = self.drafts[post], self._rng.random() < 0.5
        event = "PostPinned" if turn_on else "PostUnpinned"
        events = [event] if turn_on != draft.pinned else []
        draft.pinned = turn_on
        await self._act(post, "pin" if turn_on else "unpin", {}, *events)

    async def order_pins(self) -> None:
        """Put some of the pinned posts into an order."""
        pinned = [post for post, one in self.drafts.items() if one.pinned and one.stands]
        if not pinned:
            return
        posts = self._rng.sample(pinned, self._rng.randint(1, len(pinned)))
        target = f"/api/coverages/{self.slug}/pins"
        write = Write("PUT", target, _bytes({"posts": posts}), self._key(), ("PinsOrdered",))
        one = await self._line.send(write)
        # What stands so already is no event; that is for others to test.
        is_new = one.seq > self.seq
        self.seq += is_new
        events = ("PinsOrdered",) if is_new else ()
        self._keep(Acknowledged(replace(write, events=events), one.answer, one.times), 200)
        assert one.seq == self.seq, f"seq {one.seq} instead of {self.seq}: {one}"

    async def key(self) -> None:
        """Make a post a key event, or no longer."""
        if not (post := self._any_post()) or not self.drafts[post].headline:
            return
        draft = self.drafts[post]
        draft.key = not draft.key
        event = "KeyEventMarked" if draft.key else "KeyEventUnmarked"
        await self._act(post, "key" if draft.key else "unkey", {}, event)

    async def withdraw(self) -> None:
        """Withdraw a post: it stays on the page and says so."""
        if not (post := self._any_post()):
            return
        self.drafts[post].stands = False
        await self._act(post, "withdraw", {"reason": self._line_of_text()}, "PostWithdrawn")

    async def redact(self) -> None:
        """Take a post down: nothing of it stays."""
        if not self.drafts:
            return
        post = self._rng.choice(list(self.drafts))
        del self.drafts[post]
        await self._act(post, "redact", {}, "PostRedacted")

    async def describe(self) -> None:
        """Another title."""
        target = f"/api/coverages/{self.slug}"
        title = f"{self._line_of_text()} {len(self.done)}"
        await self._write("PATCH", target, {"title": title}, "CoverageDescribed")

    async def change_status(self) -> None:
        """Pause, end or resume."""
        others = [one for one in ("live", "paused", "ended") if one != self._status]
        await self._set_status(self._rng.choice(others))

    async def repeat(self) -> None:
        """Send something again that was answered long ago: the same answer, and no event."""
        earlier = self._rng.choice(self.done)
        again = await self._line.send(earlier.write)
        assert again.answer.status == earlier.answer.status, f"{earlier} then {again}"
        assert again.answer.body == earlier.answer.body, f"{earlier} then {again}"

    async def _set_status(self, status: str) -> None:
        target = f"/api/coverages/{self.slug}/status"
        await self._write("POST", target, {"status": status}, "CoverageStatusChanged")
        self._status = status

    async def _act(self, post: str, action: str, body: dict[str, Any], *events: str) -> None:
        target = f"/api/coverages/{self.slug}/posts/{post}/{action}"
        one = await self._write("POST", target, body, *events)
        if post in self.drafts:
            self.drafts[post].revision = one.answer.json()["revision"]

    async def _write(
        self,
        method: str,
        target: str,
        body: dict[str, Any],
        *events: str,
        status: int = 200,
        if_match: int | None = None,
    ) -> Acknowledged:
        write = Write(method, target, _bytes(body), self._key(), events, if_match)
        return await self._deliver(write, status)

    async def _deliver(self, write: Write, status: int | None = None) -> Acknowledged:
        if write.events == ("PostPublished",):
            status = 201
            if self._status == "ended":
                await self._set_status("live")
        chance = self._rng.random()
        if chance < 0.04:
            await self._line.hang_up_on(write)
        if chance > 0.96:
            # An impatient client: the same write twice at the same time.
            one, other = await asyncio.gather(self._line.send(write), self._line.send(write))
            assert one.answer.body == other.answer.body, f"{one} and {other}"
        else:
            one = await self._line.send(write)
        self.seq += len(write.events)
        self._keep(one, status or 200)
        assert one.seq == self.seq, f"seq {one.seq} instead of {self.seq}: {one}"
        return one

    def _keep(self, one: Acknowledged, status: int) -> None:
        assert one.answer.status == status, f"{one.write}: {one.answer}"
        self.done.append(one)
        self._tell()

    def _draft(self) -> tuple[Write, Draft]:
        draft = Draft(
            headline=(headline := self._rng.random() < 0.5),
            key=headline and self._rng.random() < 0.3,
            pinned=self._rng.random() < 0.05,
        )
        body = {**a_post(""), "blocks": self._blocks()}
        if draft.headline:
            body["headline"] = self._line_of_text()
        body |= {name: True for name in ("key", "pinned") if getattr(draft, name)}
        target = f"/api/coverages/{self.slug}/posts"
        return Write("POST", target, _bytes(body), self._key(), ("PostPublished",)), draft

    def _published(self, one: Acknowledged, draft: Draft) -> str:
        post = one.post
        assert post, f"a post without an id: {one}"
        assert post not in self.drafts, f"no new post: {one}"
        self.drafts[post] = draft
        return post

    def _any_post(self) -> str | None:
        standing = [post for post, draft in self.drafts.items() if draft.stands]
        return self._rng.choice(standing) if standing else None

    def _blocks(self) -> list[dict[str, Any]]:
        # The number makes each version unlike all others.
        self._number += 1
        text = f"{self.slug} {self._number}: {self._text()}"
        blocks: list[dict[str, Any]] = [{"type": "paragraph", "html": text}]
        if self._rng.random() < 0.3:
            blocks.append({"type": "quote", "text": self._text() or "–", "speaker": "A & B"})
        if self._rng.random() < 0.2:
            blocks.append({"type": "list", "items": [f"{n}." for n in range(3)]})
        return blocks

    def _text(self) -> str:
        return " ".join(self._rng.choices(_WORDS, k=self._rng.randint(3, 60)))

    def _line_of_text(self) -> str:
        return "x " + " ".join(self._rng.choices(_LINE, k=8))

    def _key(self) -> str:
        return f"{self.slug}-{self._rng.getrandbits(64):016x}"


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


_ALL = [
    (Writer.publish, 45),
    (Writer.publish_several, 4),
    (Writer.revise, 20),
    (Writer.pin, 8),
    (Writer.order_pins, 4),
    (Writer.key, 5),
    (Writer.withdraw, 4),
    (Writer.redact, 3),
    (Writer.describe, 2),
    (Writer.change_status, 2),
    (Writer.repeat, 6),
]
_KINDS = ([kind for kind, _ in _ALL], [weight for _, weight in _ALL])
