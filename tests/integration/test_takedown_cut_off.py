"""A takedown whose server was killed before the old words had left the write-ahead log."""

import asyncio
from pathlib import Path

import sqlalchemy as sa

from builders import SLUG, Desk, a_post, a_post_id
from dateline.domain.commands import ChangeStatus, RedactPost
from dateline.store import takedowns as progress
from dateline.store.sqlite import open_log
from dateline.store.tables import takedowns


def test_the_next_server_finishes_it(tmp_path: Path) -> None:
    """It looks at its start for what is not wiped yet, and says so when it is."""

    async def run() -> None:
        async with open_log(tmp_path) as log:
            desk = Desk(log)
            await desk.open()
            await desk.do(ChangeStatus("live"))
            await desk.do(a_post(), 1)
            await desk.do(RedactPost(), 1)
            assert await log.database.read(progress.unwiped) == []
            cut_off = sa.update(takedowns).values(wiped=0)
            await log.database.write(lambda one: one.execute(cut_off))
            assert await log.database.read(progress.unwiped) == [(SLUG, a_post_id())]
        async with open_log(tmp_path) as log, asyncio.timeout(30):
            while await log.database.read(progress.unwiped):
                await asyncio.to_thread(lambda: None)

    asyncio.run(run())
