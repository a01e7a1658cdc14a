"""What may stand between a server and its readers: a proxy that buffers, a line that goes dead."""

import asyncio
import threading
from contextlib import suppress

PIECE = 65536


class Proxy:
    """Passes HTTP on to a server, one connection for each request.

    `buffers`: the head of a stream is passed on, its body is withheld.
    """

    def __init__(self, port: int, *, buffers: bool = False) -> None:
        self.buffers = buffers
        self.port = 0
        self._to = port
        self._is_dead = False
        self._dead: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Proxy":
        self._thread.start()
        assert self._started.wait(10), "the proxy does not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def fall_silent(self) -> None:
        """From now on nothing passes, and nobody is told: as when a laptop is shut."""
        self._is_dead = True
        self._dead |= self._tasks

    def come_back(self) -> None:
        """New connections pass; those from before stay silent for ever."""
        self._dead |= self._tasks
        self._is_dead = False

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._end.wait()
        server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        if self._is_dead:
            self._dead.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._pass(task, reader, writer)
        finally:
            self._tasks.discard(task)
            self._dead.discard(task)
            writer.transport.abort()

    async def _pass(
        self,
        task: "asyncio.Task[None]",
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection")]
        is_stream = b"/stream" in lines[0]
        above, upstream = await asyncio.open_connection("127.0.0.1", self._to)
        try:
            upstream.write(b"\r\n".join([lines[0], b"Connection: close", *lines[1:]]))
            answer = await above.readuntil(b"\r\n\r\n")
            await self._send(task, writer, answer)
            while piece := await above.read(PIECE):
                if not (self.buffers and is_stream):
                    await self._send(task, writer, piece)
        finally:
            upstream.transport.abort()
        await self._silence(task)
        writer.close()
        await writer.wait_closed()

    async def _send(
        self, task: "asyncio.Task[None]", writer: asyncio.StreamWriter, data: bytes
    ) -> None:
        await self._silence(task)
        writer.write(data)
        await writer.drain()

    async def _silence(self, task: "asyncio.Task[None]") -> None:
        if task in self._dead:
            await self._end.wait()
