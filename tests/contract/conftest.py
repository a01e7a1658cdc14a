"""Every implementation of the log, each under the same suite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dateline.store.log import EventLog
from dateline.store.memory import MemoryEventLog
from dateline.store.sqlite import SqliteEventLog


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["memory", "sqlite"])
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EventLog]:
    made: EventLog = (
        MemoryEventLog() if request.param == "memory" else await SqliteEventLog.open(tmp_path)
    )
    yield made
    await made.close()
