"""An answer means that the write would survive a power cut: the system calls show it."""

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from integration.server import serving
from integration.writers import Desk, a_post

pytestmark = pytest.mark.anyio
CALLS = "fdatasync,fsync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64"
WRITES = 60
AT_ONCE = 4
SLUG = "durability"
_LOG = re.compile(r"dateline\.db(-wal)?>")
_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)")


@dataclass(frozen=True)
class Call:
    """A system call that succeeded; `began` and `ended` are places in the trace."""

    name: str
    text: str
    began: int
    ended: int

    @property
    def writes_the_log(self) -> bool:
        return self.name == "pwrite64" and _LOG.search(self.text) is not None

    @property
    def syncs_the_log(self) -> bool:
        return self.name in ("fsync", "fdatasync") and _LOG.search(self.text) is not None


async def test_on_disk_before_the_answer(tmp_path: Path) -> None:
    """Between each write request and its answer, the post is written to the log's file and the
    file is synchronised."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is missing: nothing here can show when a write is on the disk")
    trace = tmp_path / "trace"
    # -DDD: the server is our child, and the tracer is in no group with it: signals reach the server
    under = [strace, "-DDD", "-f", "-y", "-s", "20000", "-e", f"trace={CALLS}", "-o", str(trace)]
    keys = [f"durable-{n:04d}" for n in range(WRITES)]
    with serving(tmp_path / "data", under=under) as server:
        desk = Desk(server.port, server.token(), SLUG)
        await desk.open()
        turns = asyncio.Semaphore(AT_ONCE)

        async def publish(key: str) -> str:
            async with turns:
                target = f"/api/coverages/{SLUG}/posts"
                answer = await desk.ask("POST", target, a_post(f"About {key}"), key=key)
            assert answer.status == 201, answer.body
            return str(answer.json()["id"])

        posts = await asyncio.gather(*map(publish, keys))
        server.kill()
        lines = await _whole(trace, server.pid)
    calls = list(_calls(lines))
    for key, post in zip(keys, posts, strict=True):
        _check(calls, key, post)


def _check(calls: list[Call], key: str, post: str) -> None:
    def first(what: str, after: int, is_it: Callable[[Call], bool]) -> Call:
        found = next((call for call in calls if call.began > after and is_it(call)), None)
        assert found, f"{key} was never {what}"
        return found

    asked = first("asked for", 0, lambda call: f"idempotency-key: {key}" in call.text)
    stored = first("stored", asked.ended, lambda call: call.writes_the_log and post in call.text)
    synced = first("synchronised", stored.ended, lambda call: call.syncs_the_log)
    answered = first(
        "answered", asked.ended, lambda call: "HTTP/1.1 201" in call.text and post in call.text
    )
    assert synced.ended < answered.began, f"{key} was answered before it was on the disk"


def _calls(lines: list[str]) -> Iterator[Call]:
    pending: dict[str, tuple[str, int]] = {}
    for n, line in enumerate(lines, 1):
        if not (found := _LINE.match(line)):
            continue
        thread, resumed, name, text = found.groups()
        if text.endswith("<unfinished ...>"):
            pending[thread] = (text, n)
            continue
        start, began = pending.pop(thread, ("", n)) if resumed else ("", n)
        if re.search(r"\) += \d+$", text):
            yield Call(resumed or name, start + text, began, n)


async def _whole(trace: Path, pid: int) -> list[str]:
    """The trace, when the tracer has written its last line."""
    async with asyncio.timeout(20):
        while True:
            lines = trace.read_text(errors="replace").splitlines()
            if any(re.match(rf"{pid} +\+\+\+ killed", line) for line in lines[-50:]):
                return lines
            await asyncio.sleep(0.05)
