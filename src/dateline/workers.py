"""Several processes on one port, and one that looks after them.

Each worker is a server of its own that follows the same log; the kernel spreads the readers over
them (`SO_REUSEPORT`). A worker that dies is replaced. The sockets stay open here, so who connects
meanwhile waits for its successor.
"""

import multiprocessing as mp
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

import structlog
from prometheus_client.multiprocess import mark_process_dead

from dateline.domain.errors import Unavailable

START_SECONDS = 30.0
STOP_SECONDS = 5.0
# A worker that dies at once must not be started as fast as the machine can.
PAUSE_SECONDS = 1.0
_logger = structlog.get_logger()

Work = Callable[[int, Callable[[], None]], None]
"""A worker's whole life: its number, and what it calls when it accepts connections."""


class Stopped(Exception):
    """SIGINT or SIGTERM."""


class Workers:
    """The processes, by number. `figures` is the folder of what they count together."""

    def __init__(self, count: int, work: Work, figures: Path) -> None:
        self._figures = figures
        self._fork = mp.get_context("fork")
        self._work = work
        self._running: dict[int, ForkProcess] = {}
        self._count = count

    def run(self, ready: Callable[[], None]) -> None:
        """Keep all of them alive until SIGINT or SIGTERM; `ready` is called when all are up.

        :raises Unavailable: a worker could not start.
        """
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, _stop)
        try:
            starting = [self._start(number) for number in range(self._count)]
            if not all(told.poll(START_SECONDS) and told.recv() for told in starting):
                raise Unavailable("A worker could not start. What it said stands above.")
            ready()
            while True:
                self._replace_the_dead()
        except Stopped:
            pass
        finally:
            self._end()

    def _start(self, number: int) -> "Connection[bool, bool]":
        told, tell = self._fork.Pipe(duplex=False)
        process = self._fork.Process(
            target=_live, args=(self._work, number, tell), name=f"worker {number}"
        )
        process.start()
        tell.close()
        self._running[number] = process
        return told

    def _replace_the_dead(self) -> None:
        wait([process.sentinel for process in self._running.values()])
        for number, process in tuple(self._running.items()):
            if not process.is_alive():
                _logger.error("a worker died", worker=number, exitcode=process.exitcode)
                mark_process_dead(process.pid, str(self._figures))  # type: ignore[no-untyped-call]
                wait([], PAUSE_SECONDS)
                self._start(number)

    def _end(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_IGN)
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()


def _live(work: Work, number: int, tell: "Connection[bool, bool]") -> None:
    # The terminal's Ctrl-C goes to all processes; the one above says when it is time.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    work(number, lambda: tell.send(True))


def _stop(_signal: int, _frame: object) -> None:
    raise Stopped
