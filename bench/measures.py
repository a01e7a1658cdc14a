"""What is measured of Dateline alone, or beside one peer: bytes, pages, a busy desk, a restart."""

import argparse
import gzip
import http.client
import os
import random
import re
import select
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
import zlib
from pathlib import Path

from readers import reading
from servers import BUILD, CLIENT_CORE, COMMAND, Server, running

WRK_SECONDS = 4
WRK_ROUNDS = 3
HEARTBEAT = 5.0


def wire(arguments: argparse.Namespace) -> dict[str, float]:
    """Bytes of live frames packed and plain: the demo's, and of up to ten blogs of a file."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        sources = {"demo": ["demo", "--pace", "0.2", "--data", folder]}
        for name, command in sources.items():
            found |= _wire_of_demo(name, command)
    if arguments.blogs:
        found |= _wire_of_blogs(arguments.blogs)
    return found


def _wire_of_demo(name: str, command: list[str]) -> dict[str, float]:
    port = 18_765
    with subprocess.Popen(
        [*COMMAND, *command, "--port", str(port)], stdout=subprocess.DEVNULL
    ) as process:
        try:
            _until_there(port, "/live/geneva-summit-2021")
            return _both(name, port, ["brussels-summit-2021", "geneva-summit-2021"], seconds=12)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(10)


def _wire_of_blogs(blogs: Path) -> dict[str, float]:
    with running("dateline") as server:
        with gzip.open(blogs) as lines:
            ids = re.findall(rb'"blog_id": *"([^"]+)"', lines.read(60_000_000))[:10]
        slugs = [f"blog-{number}" for number in range(len(ids))]
        players = [
            subprocess.Popen(
                [*COMMAND, "replay", str(blogs), "--blog", one.decode(), "--slug", slug,
                 "--url", f"http://127.0.0.1:{server.port}", "--token", server.token,
                 "--speed", "3000"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for one, slug in zip(ids, slugs, strict=True)
        ]  # fmt: skip
        for slug in slugs:
            _until_there(server.port, f"/live/{slug}")
        found = _both("blogs", server.port, slugs, seconds=25)
        for player in players:
            player.kill()
            player.wait()
    return found


def _both(name: str, port: int, slugs: list[str], *, seconds: float) -> dict[str, float]:
    """The same live frames, as two readers of each coverage get them: one packed, one plain."""
    sizes = {"gzip": 0, "": 0}
    events = {"gzip": 0, "": 0}

    def listen(slug: str, coding: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        seq = _seq(port, slug)
        headers = {"accept-encoding": coding} if coding else {}
        connection.request("GET", f"/live/{slug}/stream?after={seq}", headers=headers)
        answer = connection.getresponse()
        inflate = zlib.decompressobj(31) if coding else None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not select.select([answer], [], [], 1.0)[0]:
                continue
            data = answer.read1(65536)
            if not data:
                return  # the coverage has ended
            text = inflate.decompress(data) if inflate else data
            sizes[coding] += len(data)
            events[coding] += text.count(b"\nid:") + text.startswith(b"id:")

    threads = [
        threading.Thread(target=listen, args=(slug, coding)) for slug in slugs for coding in sizes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        f"{name} frames": events[""],
        f"{name} plain bytes": sizes[""],
        f"{name} packed to": sizes["gzip"] / max(1, sizes[""]),
    }


def pages(_arguments: argparse.Namespace) -> dict[str, float]:
    """Requests a second for a live page, beside nginx with the same bytes as a file."""
    found: dict[str, list[float]] = {}
    with running("dateline") as mine, running("nchan") as nginx:
        for number in range(40):
            mine.publish(number)
        path = f"/live/{mine.slug}"
        _as_files(mine.port, path, BUILD / "run" / "nchan" / "files")
        for _ in range(WRK_ROUNDS):
            for kind, headers in {"gzip": ["Accept-Encoding: gzip"], "plain": []}.items():
                for name, port, target in (
                    ("dateline", mine.port, path),
                    ("nginx", nginx.port, "/files/page.html"),
                ):
                    found.setdefault(f"{name} {kind}", []).append(_wrk(port, target, headers))
                    known = [*headers, f"If-None-Match: {_etag(port, target, headers)}"]
                    if kind == "gzip":
                        found.setdefault(f"{name} 304", []).append(_wrk(port, target, known))
    medians = {name: statistics.median(values) for name, values in found.items()}
    ratios = {
        f"{kind} ratio": medians[f"dateline {kind}"] / medians[f"nginx {kind}"]
        for kind in ("gzip", "plain", "304")
    }
    return medians | ratios


def busy(arguments: argparse.Namespace) -> dict[str, float]:
    """Five messages a second to all readers: how long a write waits, how late a heartbeat is."""
    with running("dateline", DATELINE_HEARTBEAT=str(HEARTBEAT)) as server:
        quiet = {"slug": "quiet", "title": "Quiet", "timezone": "UTC"}
        server.command("/api/coverages", quiet)
        late: list[float] = []
        stop = threading.Event()
        ears = threading.Thread(target=_hear, args=(server, stop, late))
        ears.start()
        acks = []
        with reading(server, arguments.readers, arguments.messages) as readers:
            for number in range(arguments.messages):
                began = time.monotonic()
                acks.append(server.publish(number))
                time.sleep(max(0.0, began + 0.2 - time.monotonic()))
            readers.until_over()
        stop.set()
        ears.join()
    acks.sort()
    return {
        "ack_ms_p50": acks[len(acks) // 2] * 1e3,
        "ack_ms_p99": acks[int(len(acks) * 0.99)] * 1e3,
        "heartbeats": len(late),
        "heartbeat_late_s": max(late, default=0.0),
    }


def _hear(server: Server, stop: threading.Event, late: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/live/quiet/stream?after=1")
    answer = connection.getresponse()
    last = time.monotonic()
    while not stop.is_set():
        if not select.select([answer], [], [], 1.0)[0]:
            continue
        data = answer.read1(65536)
        if data.startswith(b":"):
            late.append(time.monotonic() - last - HEARTBEAT)
        last = time.monotonic()


def restart(arguments: argparse.Namespace) -> dict[str, float]:
    """All readers come within ten seconds, as after a restart, while the desk goes on writing."""
    writes: list[float] = []
    stop = threading.Event()
    with running("dateline") as server:
        for number in range(20):
            server.publish(number)

        def desk() -> None:
            number = 20
            while not stop.is_set():
                writes.append(server.publish(number, writer=1))
                number += 1
                time.sleep(0.2)

        writer = threading.Thread(target=desk)
        writer.start()
        before, began = server.cpu(), time.monotonic()
        clients = []
        for _ in range(10):
            share = str(arguments.readers // 10)
            clients.append(
                subprocess.Popen(
                    ["taskset", "-c", CLIENT_CORE, str(BUILD / "client"), str(server.port),
                     f"/live/{server.slug}/stream?after={random.randint(2, 20)}", share, "20"],
                    stdout=subprocess.PIPE, text=True,
                )
            )  # fmt: skip
            time.sleep(max(0.0, began + len(clients) - time.monotonic()))
        for client in clients:
            assert client.stdout
            client.stdout.readline()
        took, used = time.monotonic() - began, server.cpu() - before
        stop.set()
        writer.join()
        for client in clients:
            client.kill()
            client.wait()
    writes.sort()
    return {
        "all_back_s": took,
        "cpu_us_a_reader": used / arguments.readers * 1e6,
        "ack_ms_p50": writes[len(writes) // 2] * 1e3,
        "ack_ms_p99": writes[int(len(writes) * 0.99)] * 1e3,
    }


def _wrk(port: int, target: str, headers: list[str]) -> float:
    if not shutil.which("wrk"):
        raise SystemExit("pages needs wrk and nginx: scripts/bench-packages installs them.")
    given = [part for header in headers for part in ("-H", header)]
    told = subprocess.run(
        ["taskset", "-c", CLIENT_CORE, "wrk", "-t1", "-c32", f"-d{WRK_SECONDS}", *given,
         f"http://127.0.0.1:{port}{target}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in told and not any("None-Match" in header for header in headers):
        raise RuntimeError(told)
    return float(re.findall(r"Requests/sec: +([\d.]+)", told)[0])


def _as_files(port: int, path: str, folder: Path) -> None:
    for coding, name in (("", "page.html"), ("gzip", "page.html.gz")):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", path, headers={"accept-encoding": coding})
        (folder / name).write_bytes(connection.getresponse().read())
        os.utime(folder / name, (0, 0))


def _etag(port: int, target: str, headers: list[str]) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    given = dict(header.split(": ", 1) for header in headers)
    connection.request("GET", target, headers=given)
    answer = connection.getresponse()
    answer.read()
    return answer.headers["etag"]


def _seq(port: int, slug: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/live/{slug}")
    found = re.search(rb'id="coverage"[^>]* data-seq="(\d+)"', connection.getresponse().read())
    return int(found[1]) if found else 0


def _until_there(port: int, path: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{path} did not come")
