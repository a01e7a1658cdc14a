"""What the fan-out counts, for `/metrics`. Names and units as Prometheus advises."""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Figures:
    """The figures of one process, or with a folder that they share, of several together.

    `all` is what is read: the process's own, or the sums.
    """

    def __init__(self, shared: Path | None = None) -> None:
        self.registry = self.all = CollectorRegistry()
        if shared:
            # The library takes both from the process as a whole.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(shared)
            values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
            self.all = CollectorRegistry()
            MultiProcessCollector(self.all, str(shared))  # type: ignore[no-untyped-call]
        self.readers = Gauge(
            "dateline_readers",
            "Streams that are open.",
            ["coverage"],
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self.frames = self._counter("dateline_frames", "Changes delivered, once for each reader.")
        self.writes = self._counter("dateline_writes", "Writes to readers: of one frame or more.")
        self.bytes = self._counter("dateline_sent_bytes", "Bytes written to readers.")
        self.cuts = self._counter("dateline_cuts", "Readers cut because they took nothing.")
        self.lag = Gauge(
            "dateline_lag_seconds",
            "For how long the slowest reader has taken nothing.",
            registry=self.registry,
            multiprocess_mode="livemax",
        )
        self.delay = Histogram(
            "dateline_delivery_seconds",
            "From the append of a change to its last write to a reader.",
            buckets=_SECONDS,
            registry=self.registry,
        )

    def _counter(self, name: str, what: str) -> Counter:
        return Counter(name, what, registry=self.registry)
