"""The server's process: it listens, runs what is composed (`composing.py`), and ends cleanly."""

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
import uvloop

from dateline.auth.links import Links
from dateline.composing import Job, compose, once
from dateline.delivery.figures import Figures
from dateline.delivery.hub import Hub
from dateline.domain.addresses import networks_of
from dateline.domain.rights import Role
from dateline.settings import Settings
from dateline.sockets import address_of, listen, raise_file_limit
from dateline.store.database import Database
from dateline.store.sqlite import SqliteEventLog, open_log
from dateline.web.routes import make_app
from dateline.web.site import Site
from dateline.web.takeover import look, protocol_for
from dateline.workers import Workers

DRAIN_SECONDS = 1
"""For what is being answered. The storage's end comes after it, and all has to be over in three."""
# uvicorn ticks ten times a second.
LOOK_TICKS = 10
Beside = Callable[[SqliteEventLog, str], Coroutine[Any, Any, None]]


def serve(
    settings: Settings,
    *,
    beside: Beside | None = None,
    demo_people: Mapping[Role, str] | None = None,
) -> None:
    """Run a server until it is told to stop. `beside` runs in the first worker, with its log.

    `demo_people` are the addresses of those whom a click signs in. Only who calls this can say
    so: no setting and no variable makes a server a demo.
    """
    raise_file_limit()
    sockets = listen(settings.host, settings.port, settings.workers)
    first = None if demo_people else asyncio.run(_first_link(settings.data))

    def ready() -> None:
        address = address_of(sockets[0])
        print(f"Dateline is at {address}", flush=True)
        if first:
            print(
                "Nobody can sign in yet. Within a day, once, this makes the first administrator: "
                f"{settings.url or address}/desk/set-password?token={first}",
                flush=True,
            )

    def work(number: int, tell: Callable[[], None], shared: Path | None = None) -> None:
        figures = Figures(shared)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            also = beside if number == 0 else None
            runner.run(
                _serve(
                    settings,
                    sockets[number],
                    figures,
                    tell,
                    also,
                    demo_people=demo_people or {},
                    is_first=number == 0,
                )
            )

    if settings.workers == 1:
        work(0, ready)
    else:
        with TemporaryDirectory(prefix="dateline-") as shared:
            Workers(settings.workers, partial(work, shared=Path(shared)), Path(shared)).run(ready)


async def _first_link(data: Path) -> str | None:
    """The secret of the link that makes the first administrator; None once there is anybody."""
    database = await Database.open(data)
    try:
        return await Links(database).first(now=datetime.now(UTC))
    finally:
        await database.close()


async def _serve(
    settings: Settings,
    listening: socket.socket,
    figures: Figures,
    ready: Callable[[], None],
    beside: Beside | None,
    *,
    demo_people: Mapping[Role, str],
    is_first: bool,
) -> None:
    async with open_log(settings.data) as log:
        site, follow = compose(settings, log, figures, demo_people)
        server = _Server(_config(settings, site), site.hub, ready)
        async with asyncio.TaskGroup() as tasks:
            jobs = [*follow, *(once(settings, log, site) if is_first else ())]
            if beside:
                jobs.append(Job("beside the server", beside(log, address_of(listening))))
            around = [tasks.create_task(job.work, name=job.name) for job in jobs]
            await server.serve(sockets=[listening])
            for task in around:
                task.cancel()
            site.pictures.uploads.close()


def _config(settings: Settings, site: Site) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(site),
        loop="none",
        http=protocol_for(site.ready) if settings.takeover else "httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=4096,
        forwarded_allow_ips=[] if settings.proxies == "none" else networks_of(settings.proxies),
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


class _Server(uvicorn.Server):
    """uvicorn, which sends its readers away before it waits for them to go."""

    def __init__(self, config: uvicorn.Config, hub: Hub, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub = hub
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # uvicorn never tells a stream that it shuts down; without this it would wait in vain.
        await self._hub.drain()
        await super().shutdown(sockets)

    async def on_tick(self, counter: int) -> bool:
        if counter % LOOK_TICKS == 0:
            look(self.server_state.connections, asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at the first signal, at once at the second. (uvicorn's own would raise it again
        afterwards, and a clean end would look like a crash.)"""
        loop = asyncio.get_running_loop()
        above = parent_process()
        # The terminal's Ctrl-C is for the process above, which says when it is time, or is gone.
        signals = [signal.SIGTERM] if above else [signal.SIGINT, signal.SIGTERM]
        for one in signals:
            loop.add_signal_handler(one, self.handle_exit, one, None)
        if above:
            loop.add_reader(above.sentinel, self._orphaned, above.sentinel)
        try:
            yield
        finally:
            for one in signals:
                loop.remove_signal_handler(one)

    def _orphaned(self, sentinel: int) -> None:
        asyncio.get_running_loop().remove_reader(sentinel)
        self.should_exit = True
