"""The composition root: settings become objects, objects become a server. It owns the tasks."""

import asyncio
import signal
import socket
import time
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
from dateline.auth.mailing import Mail
from dateline.auth.mailing import Server as MailServer
from dateline.auth.oidc import Oidc, Provider
from dateline.auth.staff import Staff
from dateline.auth.tokens import Tokens
from dateline.delivery.figures import Figures
from dateline.delivery.hub import Hub
from dateline.delivery.places import Places
from dateline.desk.clock import Clock
from dateline.domain.rights import Role
from dateline.enrich.embeds import Embeds
from dateline.enrich.fetching import Fetcher
from dateline.media.pictures import pictures_of
from dateline.projections.front import FrontProjection
from dateline.projections.naming import Naming
from dateline.projections.related import Related, SharedWords
from dateline.projections.searching import Searching
from dateline.projections.vocabulary import Counting, Vocabulary
from dateline.render.environment import use_newsroom
from dateline.render.theme import use_templates
from dateline.settings import Settings
from dateline.sockets import address_of, listen, most_readers, raise_file_limit
from dateline.store.database import Database
from dateline.store.drafts import SqliteDrafts
from dateline.store.presence import SqlitePresence
from dateline.store.search import SearchIndex
from dateline.store.sqlite import SqliteEventLog, open_log
from dateline.web.door import Door
from dateline.web.files import load_assets
from dateline.web.ready import Ready
from dateline.web.routes import make_app
from dateline.web.site import Site
from dateline.web.takeover import protocol_for
from dateline.web.theme import with_theme
from dateline.workers import Workers

STATIC = Path(__file__).parent / "web" / "static"
DRAIN_SECONDS = 2
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


def _oidc(settings: Settings, staff: Staff, log: SqliteEventLog) -> Oidc | None:
    if not settings.oidc_issuer:
        return None
    provider = Provider(
        settings.oidc_issuer, settings.oidc_client, settings.oidc_secret, settings.oidc_name
    )
    return Oidc(provider, log.database, staff.challenges)


def _mail(settings: Settings) -> Mail | None:
    if not settings.smtp_host:
        return None
    server = MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_encryption,
        settings.smtp_sender,
    )
    return Mail(server, settings.newsroom)


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
    assets = load_assets(STATIC, settings.newsroom)
    use_newsroom(settings.newsroom)
    theme = Path(settings.theme) if settings.theme else None
    if theme:
        assets = with_theme(assets, theme)
        use_templates(theme / "templates")
    async with open_log(settings.data) as log:
        ready_answers = Ready()
        vocabulary = Vocabulary()
        hub = Hub(
            log,
            figures=figures,
            idle_seconds=settings.idle,
            heartbeat=settings.heartbeat,
            finders=partial(Naming, vocabulary),
        )
        pictures = pictures_of(
            log.database,
            settings.data,
            mib=settings.upload_mib,
            megapixels=settings.upload_megapixels,
            hours=settings.upload_hours,
        )
        front = FrontProjection(log)
        index = SearchIndex(log.database)
        searching = Searching(log, index)
        mail = _mail(settings)
        staff = Staff.of(log.database)
        site = Site(
            log=log,
            drafts=SqliteDrafts(log.database, log.signals),
            presence=SqlitePresence(log.database, log.signals),
            signals=log.signals,
            hub=hub,
            tokens=Tokens(log.database),
            staff=staff,
            demo_people=demo_people,
            mail=mail,
            oidc=_oidc(settings, staff, log),
            front=front,
            searching=searching,
            related=Related(front, SharedWords(searching, time.monotonic)),
            door=Door(time.monotonic),
            ready=ready_answers,
            places=Places(settings.readers or most_readers(), settings.readers_per_address),
            figures=figures.all,
            assets=assets,
            static=STATIC,
            media=settings.data / "media",
            pictures=pictures,
            lifetime=settings.lifetime,
            url=settings.url,
            theme=theme,
            security_contact=settings.security_contact,
        )
        server = _Server(
            uvicorn.Config(
                make_app(site),
                loop="none",
                http=protocol_for(ready_answers) if settings.takeover else "httptools",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                backlog=4096,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            ),
            hub,
            ready,
        )
        async with asyncio.TaskGroup() as tasks:
            around = [
                tasks.create_task(hub.run(), name="hub: close idle channels"),
                tasks.create_task(searching.run(), name="searching: follow the log"),
                tasks.create_task(Counting(vocabulary, index).run(), name="vocabulary: count"),
            ]
            if is_first:
                around.append(
                    tasks.create_task(pictures.darkroom.run(), name="darkroom: make pictures")
                )
            if mail:
                around.append(tasks.create_task(mail.run(), name="mail: send letters"))
            if settings.embeds and is_first:
                embeds = Embeds(log, Fetcher(), settings.data / "media")
                around.append(tasks.create_task(embeds.run(), name="embeds: follow the log"))
            if is_first:
                clock = Clock(log, site.drafts)
                around.append(tasks.create_task(clock.run(), name="clock: what is due"))
            if beside:
                around.append(
                    tasks.create_task(beside(log, address_of(listening)), name="beside the server")
                )
            await server.serve(sockets=[listening])
            for task in around:
                task.cancel()
            pictures.uploads.close()


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
