"""Many readers: the client in C, and what it tells while it runs."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from servers import BUILD, CLIENT_CORE, Server

SECONDS = 120.0


@dataclass
class Readers:
    """The readers of one server. `last` is, by message, when the last of them had it."""

    process: "subprocess.Popen[str]"
    first: dict[int, float] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)
    verdict: dict[str, Any] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _is_open: bool = False
    _is_over: bool = False

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._changed:
                if line.startswith("{"):
                    self.verdict = json.loads(line)
                elif line.startswith("done"):
                    _, number, first, last = line.split()
                    self.first[int(number)] = int(first) / 1e9
                    self.last[int(number)] = int(last) / 1e9
                else:
                    self._is_open = True
                self._changed.notify_all()
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def until_open(self) -> None:
        self._wait(lambda: self._is_open)

    def until_done(self, count: int) -> None:
        """So many messages have come to all."""
        self._wait(lambda: len(self.last) >= count)

    def until_over(self) -> dict[str, Any]:
        self._wait(lambda: self._is_over)
        if any(self.verdict.get(fault, 1) for fault in ("lost", "doubled", "disordered")):
            raise RuntimeError(f"not every reader got everything: {self.verdict}")
        return self.verdict

    def _wait(self, is_so: Any) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: is_so() or self._is_over, SECONDS):
                raise RuntimeError("the readers wait in vain")
            if not is_so():
                raise RuntimeError(f"the readers gave up: {self.process.wait()}")


@contextmanager
def reading(server: Server, count: int, messages: int) -> Iterator[Readers]:
    """So many readers that expect so many messages; open when the block begins."""
    command = ["taskset", "-c", CLIENT_CORE, str(BUILD / "client"), str(server.port),
               server.stream, str(count), str(messages)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        readers = Readers(process)
        listener = threading.Thread(target=readers.listen, daemon=True)
        listener.start()
        try:
            readers.until_open()
            # What a server still does for those who have just come is not part of a message's cost.
            time.sleep(1.0)
            yield readers
        finally:
            process.kill()
            listener.join()
