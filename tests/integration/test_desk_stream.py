"""The desk sees who is there and what is new within two seconds, whichever worker knows of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uuid_utils

from builders import Desk as LocalDesk
from builders import a_post as a_local_post
from builders import a_reporter
from dateline.delivery.hub import Hub
from dateline.desk.drafts import Hand
from dateline.domain.commands import ChangeStatus
from dateline.store.drafts import SqliteDrafts
from dateline.store.presence import SqlitePresence
from dateline.store.sqlite import open_log
from dateline.web.desk_stream import Looking
from integration.conftest import Start
from integration.readers import Stream
from integration.server import Server
from integration.wire import Connection, Event, Events, connected
from integration.writers import Desk, a_post

pytestmark = pytest.mark.anyio
SECONDS = 2.0


class Watcher:
    """Reads the desk's stream of a coverage."""

    def __init__(self, connection: Connection, slug: str) -> None:
        self._connection = connection
        self._events = self._read()
        self.slug = slug

    async def until(self, name: str, **fields: Any) -> float:
        """Wait for such an event; after how many seconds it came."""
        clock = asyncio.get_running_loop().time
        start = clock()
        async with asyncio.timeout(20):
            async for event in self._events:
                data = json.loads(event.data)
                if event.type == name and fields.items() <= data.items():
                    return clock() - start
        raise AssertionError("the stream ended")

    async def _read(self) -> AsyncIterator[Event]:
        parser = Events()
        async for piece in self._connection.pieces():
            for event in parser.feed(piece):
                yield event


@asynccontextmanager
async def watching(
    server: Server, token: str, slug: str, device: str = ""
) -> AsyncIterator[Watcher]:
    async with connected(server.port) as connection:
        answer = await connection.begin(
            "GET",
            f"/api/desk/stream?coverage={slug}{device and f'&device={device}'}",
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status == 200, answer
        yield Watcher(connection, slug)


async def ask(
    server: Server, token: str, method: str, target: str, body: Any, **headers: str
) -> Any:
    """Over a connection of its own, so that either worker may answer."""
    async with connected(server.port) as connection:
        answer = await connection.request(
            method,
            target,
            headers={
                "authorization": f"Bearer {token}",
                "content-type": "application/json",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            body=json.dumps(body).encode(),
        )
    assert answer.status < 300, answer.body
    return answer.json() if answer.body else None


@pytest.mark.parametrize("workers", [1, 2])
async def test_news_within_two_seconds(start: Start, slug: str, workers: int) -> None:
    """Who comes, what they are at, who takes it over, who leaves; each change of a draft. (All of
    it in time in one of four rounds: what else is on the machine can only make it later.)"""
    server = start(workers=workers)
    ana, ed = server.token("Ana"), server.token("Ed")
    await Desk(server.port, ana, slug).open()
    path = f"/api/coverages/{slug}"
    latest = []
    for _ in range(4):
        draft = str(uuid_utils.uuid7())
        one = f"{path}/drafts/{draft}"
        async with watching(server, ed, slug) as watcher:
            await watcher.until("presence", people=[])
            waits: list[float] = []
            here = await ask(
                server, ana, "POST", f"{path}/presence", {"device": "phone", "editing": draft}
            )
            waits.append(await watcher.until("presence", people=here["people"]))
            assert here["people"][0]["editing"] == draft
            filing = {"content": a_post("One")}
            made = await ask(server, ana, "PUT", one, filing, if_none_match="*")
            assert made["editing"]["person"]["name"] == "Ana"
            await ask(server, ana, "POST", f"{one}/submit", {})
            waits.append(await watcher.until("drafts", draft=draft, state="submitted"))
            taken = await ask(server, ed, "POST", f"{one}/take", {"device": "desk"})
            assert taken["editing"]["person"]["name"] == "Ed"
            waits.append(await watcher.until("presence"))
            await ask(server, ana, "POST", f"{one}/comment", {"text": "Look."})
            waits.append(await watcher.until("drafts", draft=draft, version=2))
            await ask(server, ed, "POST", f"{one}/publish", {})
            waits.append(await watcher.until("drafts", draft=draft, state="published"))
            for token, device in ((ana, "phone"), (ed, "desk")):
                gone = {"device": device, "gone": True}
                await ask(server, token, "POST", f"{path}/presence", gone)
            waits.append(await watcher.until("presence", people=[]))
        latest.append(max(waits))
    assert min(latest) < SECONDS, latest


@pytest.mark.parametrize("workers", [1, 2])
async def test_whose_stream_breaks_has_left(start: Start, slug: str, workers: int) -> None:
    """A tab that dies says no goodbye: its device has left, the person's others not."""
    server = start(workers=workers)
    ana, ed = server.token("Ana"), server.token("Ed")
    await Desk(server.port, ana, slug).open()
    path = f"/api/coverages/{slug}/presence"
    async with watching(server, ed, slug) as watcher:
        async with watching(server, ana, slug, "phone") as hers:
            await hers.until("presence")
            await ask(
                server, ana, "POST", path, {"device": "phone", "editing": str(uuid_utils.uuid7())}
            )
            there = await ask(server, ana, "POST", path, {"device": "desk"})
            await watcher.until("presence", people=there["people"])
        left = [{**there["people"][0], "editing": None}]
        await watcher.until("presence", people=left)


async def test_a_discarded_draft_is_told(start: Start, slug: str) -> None:
    """It leaves the lists of all who saw it; and the server ends while somebody watches."""
    server = start()
    token = server.token()
    await Desk(server.port, token, slug).open()
    one = f"/api/coverages/{slug}/drafts/{(draft := str(uuid_utils.uuid7()))}"
    await ask(server, token, "PUT", one, {"content": {}}, if_none_match="*")
    async with watching(server, token, slug) as watcher:
        await watcher.until("presence")
        await ask(server, token, "DELETE", one, None, if_match='"1"')
        await watcher.until("drafts", draft=draft, state="discarded")
        await asyncio.to_thread(server.stop)


async def test_the_desk_is_reminded_of_a_silence(tmp_path: Path) -> None:
    """After its minutes, once; and again after the next post and as many minutes."""
    async with open_log(tmp_path) as log:
        desk, hub = LocalDesk(log), Hub(log)
        await desk.open(remind_after=30)
        await desk.do(ChangeStatus("live"))
        presence = SqlitePresence(log.database, log.signals)
        looking = Looking(
            SqliteDrafts(log.database, log.signals), presence, hub, desk.slug, Hand(a_reporter())
        )
        for post in (1, 2):
            await desk.do(a_local_post(), post)
            told = [
                b"event:reminder" in await looking.news(desk.now + timedelta(minutes=minutes))
                for minutes in (0, 29, 30, 31)
            ]
            assert told == [False, False, True, False]
        await hub.drain()


async def test_readers_of_all_workers_are_counted(start: Start, slug: str) -> None:
    """The numbers tell how many streams are open, whichever worker has them and is asked."""
    server = start(workers=2)
    token = server.token()
    await Desk(server.port, token, slug).open()
    path = f"/api/coverages/{slug}/numbers"
    async with AsyncExitStack() as stack:
        for _ in range(6):
            connection = await stack.enter_async_context(connected(server.port))
            await (await Stream.open(connection, slug, after=0)).reaches(2)
        async with asyncio.timeout(20):
            # Whoever has opened a stream is counted a moment after its first frames.
            for _ in range(4):
                while (await ask(server, token, "GET", path, None))["readers"] < 6:
                    pass
                assert (await ask(server, token, "GET", path, None))["readers"] == 6
