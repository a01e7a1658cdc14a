"""What is made once and given to all who ask meanwhile, and what is not."""

import asyncio
from typing import Any

import pytest
from litestar import Request
from litestar.testing import RequestFactory

from builders import SLUG, Desk, a_post
from dateline.delivery.channel import Channel
from dateline.domain.commands import RedactPost
from dateline.domain.errors import Gone
from dateline.store.memory import MemoryEventLog
from dateline.web.ready import Answer, Asked, Ready, target_of
from unit.delivery.readers import a_hub

pytestmark = pytest.mark.anyio
DATE = b"Mon, 14 Jun 2021 12:00:00 GMT"


@pytest.fixture
async def desk() -> Desk:
    made = Desk(MemoryEventLog())
    await made.open()
    await made.do(a_post("secret"), 1)
    return made


def asks() -> Request[Any, Any, Any]:
    return RequestFactory().get(f"/live/{SLUG}")


class Kitchen:
    """Makes pages of a channel's seq, as soon as it is let."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.may_go_on = asyncio.Event()
        self.begun = 0

    async def make(self) -> Answer:
        self.begun += 1
        body = f"as of {self._channel.seq} " * 100
        await self.may_go_on.wait()
        return an_answer(body)


def an_answer(body: str) -> Answer:
    return Answer(body.encode(), media_type="text/plain", cache_control="no-store", etag="1")


async def test_a_burst_is_made_once(desk: Desk) -> None:
    """However many ask after a change, one page is rendered; who leaves takes it from nobody."""
    async with a_hub(desk.log) as hub:
        ready, channel = Ready(), await hub.open(SLUG)
        kitchen = Kitchen(channel)
        tasks = [
            asyncio.create_task(ready.answered(asks(), channel, kitchen.make)) for _ in range(20)
        ]
        await until_begun(kitchen, 1)
        tasks.pop(0).cancel()
        kitchen.may_go_on.set()
        bodies = {answer.content for answer in await asyncio.gather(*tasks)}
        assert (len(bodies), kitchen.begun) == (1, 1)
        await ready.answered(asks(), channel, kitchen.make)
        assert kitchen.begun == 1


async def test_who_asks_after_a_change_sees_it(desk: Desk) -> None:
    """Nobody gets what was begun before a change that they know of, and it is not kept."""
    async with a_hub(desk.log) as hub:
        ready, channel = Ready(), await hub.open(SLUG)
        kitchen = Kitchen(channel)
        early = asyncio.create_task(ready.answered(asks(), channel, kitchen.make))
        await until_begun(kitchen, 1)
        await desk.do(RedactPost(), 1)
        await hub.open(SLUG)
        late = asyncio.create_task(ready.answered(asks(), channel, kitchen.make))
        await until_begun(kitchen, 2)
        kitchen.may_go_on.set()
        assert b"as of 2" in (await early).content
        assert b"as of 3" in (await late).content
        assert b"as of 3" in (await ready.answered(asks(), channel, kitchen.make)).content
        ready.clear()
        assert ready.find(target_of(asks())) is None


async def test_what_fails_is_tried_again(desk: Desk) -> None:
    """All who waited are told, and the next one begins anew."""

    async def gone() -> Answer:
        raise Gone("It was removed.")

    async with a_hub(desk.log) as hub:
        ready, channel = Ready(), await hub.open(SLUG)
        found = await asyncio.gather(
            *(ready.answered(asks(), channel, gone) for _ in range(3)), return_exceptions=True
        )
        assert {type(one) for one in found} == {Gone}
        kitchen = Kitchen(channel)
        kitchen.may_go_on.set()
        await ready.answered(asks(), channel, kitchen.make)
        assert kitchen.begun == 1


async def test_asked_oddly_it_is_the_same_bytes() -> None:
    """Whoever thinks up ways to ask for a page fills no memory with it."""
    answer = an_answer("A page " * 1000)
    odd = [Asked(b"/live/summit x ", b"gzip;q=0.%d" % n, b'"%d"' % (n + 2)) for n in range(1, 9)]
    assert len({id(answer.ready(one, DATE)) for one in odd}) == 1
    known = answer.ready(Asked(b"/live/summit x ", b"gzip", b'"1"'), DATE)
    assert known.startswith(b"HTTP/1.1 304")


async def until_begun(kitchen: Kitchen, count: int) -> None:
    async with asyncio.timeout(20):
        while kitchen.begun < count:
            await asyncio.sleep(0)
