"""The desk sees who is there and what is new within two seconds, whichever worker knows of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uuid_utils

from integration.conftest import Start
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
async def watching(server: Server, token: str, slug: str) -> AsyncIterator[Watcher]:
    async with connected(server.port) as connection:
        answer = await connection.begin(
            "GET",
            f"/api/desk/stream?coverage={slug}",
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
    """Who comes, what they are at, who takes it over, who leaves; each change of a draft."""
    server = start(workers=workers)
    ana, ed = server.token("Ana"), server.token("Ed")
    await Desk(server.port, ana, slug).open()
    path = f"/api/coverages/{slug}"
    for _ in range(4):
        draft = str(uuid_utils.uuid7())
        one = f"{path}/drafts/{draft}"
        async with watching(server, ed, slug) as watcher:
            await watcher.until("presence", people=[])
            here = await ask(
                server, ana, "POST", f"{path}/presence", {"device": "phone", "editing": draft}
            )
            assert await watcher.until("presence", people=here["people"]) < SECONDS
            assert here["people"][0]["editing"] == draft
            filing = {"content": a_post("One")}
            made = await ask(server, ana, "PUT", one, filing, if_none_match="*")
            assert made["editing"]["person"]["name"] == "Ana"
            await ask(server, ana, "POST", f"{one}/submit", {})
            assert await watcher.until("drafts", draft=draft, state="submitted") < SECONDS
            taken = await ask(server, ed, "POST", f"{one}/take", {"device": "desk"})
            assert taken["editing"]["person"]["name"] == "Ed"
            assert await watcher.until("presence") < SECONDS
            await ask(server, ana, "POST", f"{one}/comment", {"text": "Look."})
            assert await watcher.until("drafts", draft=draft, version=2) < SECONDS
            await ask(server, ed, "POST", f"{one}/publish", {})
            assert await watcher.until("drafts", draft=draft, state="published") < SECONDS
            for token, device in ((ana, "phone"), (ed, "desk")):
                gone = {"device": device, "gone": True}
                await ask(server, token, "POST", f"{path}/presence", gone)
            assert await watcher.until("presence", people=[]) < SECONDS


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
