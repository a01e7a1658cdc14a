"""How the pages of a whole archive do: each coverage's first view and its second, one by one."""

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from servers import BUILD, COMMAND

OUT = BUILD / "archive.json"
Fetched = tuple[int, float, int]
"""Status, milliseconds, bytes as they were sent."""


@contextmanager
def serving(folder: Path) -> Iterator[http.client.HTTPConnection]:
    """A server on this data folder, and a connection to it."""
    command = [*COMMAND, "serve", "--data", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().rpartition("//")[2].strip()
            yield http.client.HTTPConnection(address, timeout=60)
        finally:
            server.terminate()


def fetch(connection: http.client.HTTPConnection, path: str) -> tuple[int, float, bytes]:
    began = time.perf_counter()
    connection.request("GET", path, headers={"accept-encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, (time.perf_counter() - began) * 1e3, body


def coverages(folder: Path) -> list[str]:
    command = [*COMMAND, "coverage", "list", "--data", str(folder)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    _head, *rows = listed.splitlines()
    return [row.split()[0] for row in rows]


def measure(folder: Path) -> dict[str, float]:
    first: list[Fetched] = []
    second: list[Fetched] = []
    slugs = coverages(folder)
    with serving(folder) as connection:
        for n, slug in enumerate(slugs, start=1):
            for views in (first, second):
                status, took, body = fetch(connection, f"/live/{slug}")
                views.append((status, took, len(body)))
            print(f"\r{n} of {len(slugs)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {
        "coverages": len(slugs),
        "not 200": sum(status != 200 for status, *_ in (*first, *second)),
        **_spread("first ms", [took for _, took, _ in first]),
        **_spread("second ms", [took for _, took, _ in second]),
        **_spread("packed KB", [size / 1024 for *_, size in second]),
    }


def _spread(name: str, values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        f"{name} p50": statistics.median(ordered),
        f"{name} p98": ordered[int(len(ordered) * 0.98)],
        f"{name} max": ordered[-1],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a data folder, such as `dateline import` makes")
    found = measure(parser.parse_args().data)
    for name, value in found.items():
        print(f"{name:16}{value:12.1f}")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    OUT.write_text(json.dumps({"at": at, **found}, indent=2) + "\n")
    sys.exit(1 if found["not 200"] else 0)


if __name__ == "__main__":
    main()
