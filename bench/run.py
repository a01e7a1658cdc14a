"""Dateline beside its peers, on this machine, with the same frames. bench/README.md explains."""

import argparse
import json
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from measures import busy, pages, restart, wire
from readers import reading
from servers import BUILD, CLIENT_CORE, Server, missing, running

NAMES = ["floor", "nchan", "sse-starlette", "dateline"]
WARM = 10
IN_FLIGHT = 4
IDLE_SECONDS = 3.0
Figures = dict[str, float]


def fanout(name: str, readers: int, messages: int) -> Figures:
    """CPU of the server for each delivery, while at most `IN_FLIGHT` messages are on their way."""
    with running(name) as server, reading(server, readers, WARM + messages) as all_:
        _publish(server, range(WARM), all_.until_done)
        time.sleep(0.5)
        before, began = server.cpu(), time.monotonic()
        _publish(server, range(WARM, WARM + messages), all_.until_done)
        all_.until_done(WARM + messages)
        used, took = server.cpu() - before, time.monotonic() - began
        verdict = all_.until_over()
    count = readers * messages
    return {
        "cpu_us": used / count * 1e6,
        "deliveries_s": count / took,
        "bytes": verdict["bytes"] / (readers * (WARM + messages)),
    }


def memory(name: str, readers: int, _messages: int) -> Figures:
    """KiB for each reader who is there and gets nothing."""
    with running(name) as server:
        with reading(server, 50, WARM) as few:
            _publish(server, range(WARM), few.until_done)
        time.sleep(1.0)
        before = server.memory()
        with reading(server, readers, 1):
            time.sleep(IDLE_SECONDS)
            return {"kib": (server.memory() - before) / readers}


def latency(name: str, readers: int, messages: int) -> Figures:
    """From the publisher's request to the last of the readers, one message a second.

    Not from its answer: the floor and nchan answer when all has been sent, Dateline when the post
    is on disk.
    """
    waits: list[float] = []
    acks: list[float] = []
    with running(name) as server, reading(server, readers, WARM + messages) as all_:
        _publish(server, range(WARM), all_.until_done)
        # The first one measured is not to wait for the last ones of the warming.
        all_.until_done(WARM)
        time.sleep(1.0)
        before = server.cpu()
        for number in range(WARM, WARM + messages):
            began = time.monotonic()
            acks.append(server.publish(number))
            all_.until_done(number + 1)
            waits.append(all_.last[number] - began)
            time.sleep(max(0.0, began + 1.0 - time.monotonic()))
        used = server.cpu() - before
        all_.until_over()
    return {
        "last_ms_p50": statistics.median(waits) * 1e3,
        "last_ms_p99": max(waits) * 1e3 if len(waits) < 100 else _percentile(waits, 99) * 1e3,
        "answer_ms_p50": statistics.median(acks) * 1e3,
        "cpu_us": used / (readers * messages) * 1e6,
    }


def _publish(server: Server, numbers: range, until_done: Callable[[int], None]) -> None:
    """One after the other, each as soon as the one before is answered and no more than
    `IN_FLIGHT` are on their way."""
    for number in numbers:
        until_done(max(0, number + 1 - IN_FLIGHT))
        server.publish(number)


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


KINDS: dict[str, Callable[[str, int, int], Figures]] = {
    "fanout": fanout,
    "memory": memory,
    "latency": latency,
}
ALONE: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "wire": wire,
    "pages": pages,
    "busy": busy,
    "restart": restart,
}


def compare(kind: str, arguments: argparse.Namespace) -> dict[str, object]:
    """All servers in turns, round by round: medians, and ratios to each other."""
    rounds: dict[str, list[Figures]] = {}
    for turn in range(arguments.rounds):
        for name in arguments.servers:
            if why := missing(name):
                if not turn:
                    print(f"  {name:14} {why}", flush=True)
                continue
            try:
                found = KINDS[kind](name, arguments.readers, arguments.messages)
            except RuntimeError as fault:
                print(f"  {name:14} failed: {fault}", flush=True)
                continue
            rounds.setdefault(name, []).append(found)
            print(f"  {name:14} {_line(found)}", flush=True)
    medians = {
        name: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for name, found in rounds.items()
    }
    print(f"\n{kind}, {arguments.readers} readers, medians of {arguments.rounds}:")
    for name, found in medians.items():
        print(f"  {name:14} {_line(found)}{_ratios(name, medians)}")
    return {"rounds": rounds, "medians": medians}


def _line(figures: Figures) -> str:
    return "  ".join(f"{key} {value:.4g}" for key, value in figures.items())


def _ratios(name: str, medians: dict[str, Figures]) -> str:
    """How Dateline stands to this one, by the first figure and by the p99 where there is one."""
    if name == "dateline" or "dateline" not in medians:
        return ""
    mine, other = medians["dateline"], medians[name]
    keys = [key for key in (next(iter(mine)), "last_ms_p99") if key in mine and other.get(key)]
    told = [f"{key} {mine[key] / other[key]:.2f}" for key in dict.fromkeys(keys)]
    return f"   dateline is {' and '.join(told)} times that"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=[*KINDS, *ALONE])
    parser.add_argument("--readers", type=int, default=5000)
    parser.add_argument("--messages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--servers", nargs="+", default=NAMES, choices=NAMES)
    parser.add_argument("--blogs", type=Path, help="wire: live blogs as JSON lines, too")
    arguments = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    BUILD.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    found: object
    if arguments.kind in KINDS:
        found = compare(arguments.kind, arguments)
    else:
        found = ALONE[arguments.kind](arguments)
        print(_line(found))
    about = {
        "kind": arguments.kind,
        "readers": arguments.readers,
        "messages": arguments.messages,
        "python": platform.python_version(),
        "kernel": platform.release(),
        "cores": os.cpu_count(),
        "found": found,
    }
    out = BUILD / f"{arguments.kind}-{arguments.readers}.json"
    out.write_text(json.dumps(about, indent=1))
    print(f"Written to {out.relative_to(Path.cwd()) if out.is_relative_to(Path.cwd()) else out}")


if __name__ == "__main__":
    main()
