"""The demo goes on where it was, and does not mix with the demo of another version."""

from typing import Any

import msgspec
import pytest

from dateline.demo.playing import Script, load_script, play
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


@pytest.fixture
def script() -> Script:
    whole = load_script()
    return msgspec.structs.replace(whole, steps=whole.steps[:12])


def changed(script: Script) -> Script:
    """The script of a version that tells something else first."""
    first: dict[str, Any] = {"do": "status", "coverage": script.steps[0]["coverage"]}
    return msgspec.structs.replace(script, steps=[{**first, "status": "paused"}, *script.steps])


async def test_started_again_it_tells_nothing_twice(
    script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    log = MemoryEventLog()
    for _ in range(2):
        await play(log, "http://demo.example", pace=0, script=script)
        heads = await log.heads()
        told = capsys.readouterr().out
        assert "told its story" in told
    assert sum(head.posts for head in heads) == sum(s["do"] == "publish" for s in script.steps)


async def test_the_folder_of_another_version(
    script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stays as it is, and whoever started the demo is told what to do."""
    log = MemoryEventLog()
    await play(log, "http://demo.example", pace=0, script=script)
    before = await log.heads()
    await play(log, "http://demo.example", pace=0, script=changed(script))
    assert "Delete the folder" in capsys.readouterr().out
    assert await log.heads() == before
