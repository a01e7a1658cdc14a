"""A draft is published exactly once, with its newest words, while devices retry and servers die."""

import asyncio
import json
import os
import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uuid_utils

from integration.conftest import Start
from integration.history import read_events
from integration.readers import Stream
from integration.server import Server
from integration.wire import Answer, Lost, connected
from integration.writers import Desk, a_post

pytestmark = pytest.mark.anyio
DRAFTS = 20
DEVICES = 3
KILLS = 3
SEEDS = range(1, 1 + max(1, int(os.environ.get("DATELINE_SCHEDULES", "20")) // DRAFTS))


class Device:
    """Sends until it is answered, and sometimes hangs up before, or sends twice at once."""

    def __init__(self, server: Server, token: str, slug: str, rng: random.Random) -> None:
        self._port = server.port
        self._token = token
        self._path = f"/api/coverages/{slug}/drafts"
        self._rng = rng

    async def send(self, method: str, where: str, body: Any, **headers: str) -> Answer:
        """The answer, however long the server is down meanwhile."""
        while True:
            seconds = self._rng.choice([0.002, 0.02, 20.0, 20.0])
            with suppress(Lost, OSError, TimeoutError):
                async with asyncio.timeout(seconds), connected(self._port) as connection:
                    answer = await connection.request(
                        method,
                        f"{self._path}/{where}",
                        headers={
                            "authorization": f"Bearer {self._token}",
                            "content-type": "application/json",
                            **{name.replace("_", "-"): value for name, value in headers.items()},
                        },
                        body=json.dumps(body).encode(),
                    )
                if answer.status < 500:
                    return answer
            await asyncio.sleep(self._rng.uniform(0.005, 0.05))

    async def write(self, draft: str, texts: list[str]) -> None:
        """Begin the draft, and change it to each of the next texts."""
        answer = await self.send("PUT", draft, {"content": a_post(texts[0])}, if_none_match="*")
        assert answer.status == 201, answer.body
        for text in texts[1:]:
            seen = answer.headers["etag"]
            answer = await self.send("PUT", draft, {"content": a_post(text)}, if_match=seen)
            assert answer.status == 200, answer.body

    async def publish(self, draft: str) -> bytes:
        answer = await self.send("POST", f"{draft}/publish", {})
        assert answer.status == 201, answer.body
        return answer.body


@pytest.mark.parametrize("workers", [1, 2])
async def test_scheduled_while_the_server_is_down(start: Start, slug: str, workers: int) -> None:
    """What fell due meanwhile is published after the start: each once, by who scheduled it."""
    server = start(workers=workers)
    token = server.token("Ed")
    await Desk(server.port, token, slug).open()
    device = Device(server, token, slug, random.Random(1))
    drafts = [str(uuid_utils.uuid7()) for _ in range(8)]
    at = datetime.now(UTC) + timedelta(seconds=2)
    for draft in drafts:
        await device.write(draft, [f"The news of {draft}"])
        await device.send("POST", f"{draft}/schedule", {"publish_at": at.isoformat()})
    server.kill()
    await asyncio.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))
    await asyncio.to_thread(server.start)
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, after=2)
        await stream.until(lambda one: len(one.got) == len(drafts))
    await asyncio.to_thread(server.restart)
    events = [one for one in await read_events(server.port, slug) if one.post]
    assert Counter(one.post for one in events) == dict.fromkeys(drafts, 1)
    assert {json.loads(bytes(one.actor))["name"] for one in events} == {"Ed"}
    assert all(one.time >= at for one in events)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("workers", [1, 2])
async def test_published_once(start: Start, slug: str, seed: int, workers: int) -> None:
    """Whatever breaks, each draft is one event with its last words, and nothing is left of it."""
    rng = random.Random(seed)
    server = start(workers=workers)
    token = server.token()
    await Desk(server.port, token, slug).open()
    devices = [Device(server, token, slug, rng) for _ in range(DEVICES)]
    written = {
        str(uuid_utils.uuid7()): [f"{n} at {k}" for k in range(rng.randint(1, 4))]
        for n in range(DRAFTS)
    }

    async def live(draft: str) -> None:
        await devices[0].write(draft, written[draft])
        await asyncio.sleep(rng.uniform(0, 0.5))
        answers = await asyncio.gather(*(device.publish(draft) for device in devices))
        assert len(set(answers)) == 1, answers

    async with asyncio.timeout(120), asyncio.TaskGroup() as tasks:
        living = [tasks.create_task(live(draft)) for draft in written]
        for _ in range(KILLS):
            await asyncio.sleep(rng.uniform(0.1, 0.4))
            await asyncio.to_thread(server.restart)
        await asyncio.wait(living)
    events = await read_events(server.port, slug)
    posts = [json.loads(bytes(one.payload)) for one in events if one.name == "PostPublished"]
    assert Counter(post["post"] for post in posts) == dict.fromkeys(written, 1)
    for post in posts:
        assert post["content"]["blocks"][0]["html"] == written[post["post"]][-1]
    left = await devices[0].send("GET", "", None)
    assert left.json() == {"drafts": []}
