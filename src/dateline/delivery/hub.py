"""All channels: opened when somebody reads, closed when nobody has for a while."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from dateline.delivery.channel import HEARTBEAT_SECONDS, Channel
from dateline.delivery.figures import Figures
from dateline.domain.errors import NotFound, Unavailable
from dateline.projections.topics import Finder
from dateline.store.log import EventLog

IDLE_SECONDS = 60.0
LOOK_SECONDS = 1.0
_logger = structlog.get_logger()


class Hub:
    """Owns the channels and the tasks that follow the log for them.

    `finders` makes what finds the topics of a coverage; without it there are only the desk's.
    """

    def __init__(
        self,
        log: EventLog,
        *,
        figures: Figures | None = None,
        idle_seconds: float = IDLE_SECONDS,
        heartbeat: float = HEARTBEAT_SECONDS,
        finders: Callable[[], Finder | None] = lambda: None,
    ) -> None:
        self._log = log
        self._finders = finders
        self._idle_seconds = idle_seconds
        self._heartbeat = heartbeat
        self._figures = figures or Figures()
        self._opening: dict[str, asyncio.Task[Channel]] = {}
        self._following: dict[str, asyncio.Task[None]] = {}
        self.is_draining = False

    async def open(self, slug: str) -> Channel:
        """The channel of a coverage, up to date.

        :raises NotFound: there is no such coverage.
        """
        if self.is_draining:
            raise Unavailable("The server is shutting down. Come back in a moment.", 2)
        task = self._opening.get(slug)
        if task is None or (task.done() and not _is_usable(task)):
            task = self._opening[slug] = asyncio.create_task(self._load(slug), name=f"load {slug}")
        # One reader that goes away must not stop the loading for the others.
        channel = await asyncio.shield(task)
        await channel.caught_up()
        return channel

    def loaded(self, slug: str) -> Channel | None:
        """The channel of a coverage, if it is being read already."""
        task = self._opening.get(slug)
        return task.result() if task and _is_usable(task) else None

    async def run(self) -> None:
        """Look after readers and channels, for as long as the server lives."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                self._look()
                self.evict()
            except Exception:
                # One connection that can't be ended must not end the server with all others.
                _logger.exception("the hub could not look after its readers")

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        lanes = [lane for channel in self.channels for lane in channel.lanes.values()]
        self._figures.lag.set(max((lane.look(now) for lane in lanes), default=0.0))

    def evict(self) -> None:
        """Let go of the channels that nobody has used for a while."""
        now = asyncio.get_running_loop().time()
        for slug, task in tuple(self._opening.items()):
            if not task.done():
                continue
            channel = task.result() if _is_usable(task) else None
            if channel is None:
                del self._opening[slug]
            elif not channel.readers and now - channel.last_used > self._idle_seconds:
                channel.close()
                del self._opening[slug]
                self._following[slug].cancel()

    async def drain(self) -> None:
        """Send all readers away and stop following: the server goes down."""
        self.is_draining = True
        for task in self._following.values():
            task.cancel()
        for task in tuple(self._following.values()):
            with suppress(asyncio.CancelledError):
                await task

    @property
    def channels(self) -> list[Channel]:
        return [task.result() for task in self._opening.values() if _is_usable(task)]

    async def _load(self, slug: str) -> Channel:
        channel = Channel(
            self._log,
            slug,
            figures=self._figures,
            heartbeat=self._heartbeat,
            finder=self._finders(),
        )
        try:
            await channel.load()
            channel.coverage  # noqa: B018 - raises NotFound where there is none
        except NotFound:
            self._opening.pop(slug, None)
            raise
        if self.is_draining:
            raise Unavailable("The server is shutting down. Come back in a moment.", 2)
        follower = asyncio.create_task(self._follow(channel), name=f"follow {slug}")
        self._following[slug] = follower
        follower.add_done_callback(lambda done: self._stopped(slug, done))
        return channel

    async def _follow(self, channel: Channel) -> None:
        try:
            await channel.follow()
        except Exception:
            # Its readers were sent away and come back to a channel loaded anew.
            _logger.exception("a coverage's channel failed", coverage=channel.slug)

    def _stopped(self, slug: str, follower: asyncio.Task[None]) -> None:
        if self._following.get(slug) is follower:
            del self._following[slug]


def _is_usable(task: asyncio.Task[Channel]) -> bool:
    if not task.done() or task.cancelled() or task.exception():
        return False
    return task.result().is_open
