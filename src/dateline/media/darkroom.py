"""Where uploads become pictures and documents: a process for each, few at once, killed when stuck.

It works through what the database says is waiting, so a killed server goes on where it was.
"""

import asyncio
import os
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import structlog

from dateline.domain.errors import Unavailable
from dateline.media.details import Job, Told
from dateline.media.library import Kind, Library, Picture
from dateline.media.takedown import Takedown
from dateline.media.uploads import Uploads

LOOK_SECONDS = 1.0
CLEAR_SECONDS = 600.0
AT_ONCE = max(1, min(2, (os.cpu_count() or 1)))
LONGEST_SECONDS = 180.0
_STUCK = "To prepare it took too long. Save it anew, or print it into a new PDF, and send that."
_BROKEN = "It broke what reads it. Save it anew, or print it into a new PDF, and send that."
_WORK: dict[Kind, str] = {
    "picture": "dateline.media.developing",
    "document": "dateline.media.rewriting",
}
_HALF = re.compile(r"\.[0-9]+\.part\Z")
_logger = structlog.get_logger()
_told = msgspec.json.Decoder(Told)


class Darkroom:
    """The one that makes the files of a data folder's pictures."""

    def __init__(
        self,
        library: Library,
        uploads: Uploads,
        takedown: Takedown,
        *,
        originals: Path,
        media: Path,
        most_pixels: int,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        self._library = library
        self._uploads = uploads
        self._takedown = takedown
        self._originals = originals
        self._media = media
        self._most_pixels = most_pixels
        self._longest = longest_seconds
        self._rung = asyncio.Event()
        self._doing: dict[str, asyncio.Task[None]] = {}

    def ring(self) -> None:
        """There is something to do. Without it, it is seen at the next look."""
        self._rung.set()

    async def run(self) -> None:
        """Work for as long as the server lives, in one of its processes."""
        loop = asyncio.get_running_loop()
        clear_at = loop.time()
        await asyncio.to_thread(_tidy, self._media)
        try:
            while True:
                self._rung.clear()
                try:
                    await self._look()
                    await self._takedown.carry_out()
                    if loop.time() >= clear_at:
                        clear_at = loop.time() + CLEAR_SECONDS
                        await self._uploads.clear(now=datetime.now(UTC))
                except Unavailable as error:
                    _logger.warning("pictures wait for the storage", reason=error.detail)
                except Exception:
                    _logger.exception("pictures could not go on")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._rung.wait(), LOOK_SECONDS)
        finally:
            for task in self._doing.values():
                task.cancel()
            await asyncio.gather(*self._doing.values(), return_exceptions=True)

    async def _look(self) -> None:
        for picture in await self._library.waiting():
            if len(self._doing) >= AT_ONCE:
                break
            if picture.id not in self._doing:
                task = asyncio.create_task(self.develop(picture), name=f"develop {picture.id}")
                self._doing[picture.id] = task
                task.add_done_callback(lambda _, one=picture.id: self._done(one))  # type: ignore[misc]

    def _done(self, picture_id: str) -> None:
        del self._doing[picture_id]
        self.ring()

    async def develop(self, picture: Picture) -> None:
        """Make one picture's files, or refuse it."""
        try:
            told = await self._made(picture)
            if told.details and told.edition:
                if not await self._library.developed(picture, told.details, told.edition):
                    # Taken down meanwhile: nobody else would know of these files.
                    for name in told.edition.names():
                        (self._media / name).unlink(missing_ok=True)
            else:
                _logger.info("a picture was refused", picture=picture.id, reason=told.refused)
                await self._library.refused(picture, told.refused)
                if not picture.edition:
                    (self._originals / picture.id).unlink(missing_ok=True)
        except (Unavailable, OSError) as error:
            _logger.warning("a picture waits for the storage", picture=picture.id, reason=error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _made(self, picture: Picture) -> Told:
        known = picture.details if picture.edition else None
        job = Job(
            picture.id,
            str(self._originals / picture.id),
            str(self._media),
            self._most_pixels,
            known,
            picture.details,
        )
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", _WORK[picture.kind]),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # The terminal's Ctrl-C is for the server.
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self._longest):
                return await self._followed(process, picture, job)
        except TimeoutError:
            return Told(refused=_STUCK)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _followed(
        self, process: asyncio.subprocess.Process, picture: Picture, job: Job
    ) -> Told:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(msgspec.json.encode(job))
        process.stdin.close()
        async for line in process.stdout:
            told = _told.decode(line)
            if told.waits:
                raise Unavailable(f"The picture's files can't be written: {told.waits}.")
            if told.refused or told.edition:
                return told
            await self._library.progressed(picture.id, told.progress)
        said = (await process.stderr.read()).decode(errors="replace")
        _logger.error("a picture broke its process", picture=picture.id, said=said[-2000:])
        return Told(refused=_BROKEN)


def _tidy(folder: Path) -> None:
    """Remove what processes left half written that were killed with the server."""
    for file in folder.glob("*.part"):
        # What can't be removed is in nobody's way.
        with suppress(OSError):
            if _HALF.search(file.name):
                file.unlink()
