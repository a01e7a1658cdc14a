"""A picture's way through breaks: connections cut anywhere, servers killed, uploads left alone."""

import os
import random
import socket
import time
import uuid
from collections.abc import Iterator

import httpx2
import pytest

from drawing import a_file, noise
from integration.conftest import Start
from integration.server import Server
from integration.storage import MIB, limit_writes
from tus import Tus, checksum

CHUNK = 96 * 1024
SCHEDULES = int(os.environ.get("DATELINE_SCHEDULES", "4"))
HOUR = 3600.0
CLEAR_SECONDS = 20.0


@pytest.fixture
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=30) as made:
        yield made


def a_tus(server: Server, client: httpx2.Client) -> Tus:
    client.base_url = server.address
    return Tus(client, server.token())


def cut_off(
    tus: Tus, server: Server, address: str, at: int, piece: bytes, cut: int, told: str = ""
) -> None:
    """Send a chunk's head and its first `cut` bytes, and be gone. `told` is its checksum."""
    lines = [
        f"PATCH {address} HTTP/1.1",
        "host: dateline",
        f"content-length: {len(piece)}",
        f"upload-offset: {at}",
        "content-type: application/offset+octet-stream",
        *([f"upload-checksum: {told}"] if told else []),
        *(f"{name}: {value}" for name, value in tus.headers.items()),
    ]
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + piece[:cut])


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_cut_in_the_third_chunk(start: Start, client: httpx2.Client, seed: int) -> None:
    """The connection breaks anywhere in the third chunk, and the server is killed, or is not: who
    asks how far it is and goes on from there has every byte there, right, and one picture."""
    rng = random.Random(seed)
    data = noise(rng, (400, 280))
    server = start()
    tus = a_tus(server, client)
    mine = str(uuid.uuid4())
    address = tus.begin(len(data), mine).headers["location"]
    assert len(data) > 3 * CHUNK
    for n in range(2):
        assert tus.send(address, n * CHUNK, data[n * CHUNK : (n + 1) * CHUNK]).status_code == 204
    third = data[2 * CHUNK : 3 * CHUNK]
    cut_off(tus, server, address, 2 * CHUNK, third, rng.randrange(CHUNK))
    if rng.random() < 0.6:
        server.restart()
    assert tus.begin(len(data), mine).headers["location"] == address
    at = tus.offset(address)
    assert 2 * CHUNK <= at < 3 * CHUNK, "what was acknowledged is there, and no byte too many"
    while at < len(data):
        answer = tus.send(address, at, data[at : at + CHUNK])
        if answer.status_code == 204:
            at = int(answer.headers["upload-offset"])
        else:
            # The cut connection's last bytes came in just now.
            assert answer.status_code == 409
            at = tus.offset(address)
    assert (server.data / "originals" / mine).read_bytes() == data
    assert tus.settled(mine)["state"] == "ready"
    pictures = tus.request("GET", "/api/media").json()["pictures"]
    assert [one["id"] for one in pictures] == [mine]


@pytest.mark.parametrize("is_killed", [False, True])
def test_cut_with_a_checksum(start: Start, client: httpx2.Client, is_killed: bool) -> None:
    """Of a chunk that breaks off nothing is kept: nobody can tell whether it is what was sent."""
    rng = random.Random(1)
    data = noise(rng, (400, 280))
    server = start()
    tus = a_tus(server, client)
    address = tus.begin(len(data)).headers["location"]
    assert tus.send(address, 0, data[:CHUNK]).status_code == 204
    rest = data[CHUNK:]
    cut_off(tus, server, address, CHUNK, rest, len(rest) - 1, checksum(rest))
    if is_killed:
        server.restart()
    assert tus.offset(address) == CHUNK
    assert tus.send(address, CHUNK, rest, upload_checksum=checksum(rest)).status_code == 204
    picture_id = address.rpartition("/")[2]
    assert (server.data / "originals" / picture_id).read_bytes() == data
    assert tus.settled(picture_id)["state"] == "ready"
    assert [one.name for one in (server.data / "originals").iterdir()] == [picture_id]


def test_killed_after_the_last_byte(start: Start, client: httpx2.Client) -> None:
    """All bytes are there and the server is killed before it says so, or while it makes the
    files: they are made all the same."""
    server = start()
    tus = a_tus(server, client)
    data = a_file(size=(3000, 2000))
    address = tus.begin(len(data)).headers["location"]
    picture_id = address.rpartition("/")[2]
    assert tus.send(address, 0, data[:-1]).status_code == 204
    cut_off(tus, server, address, len(data) - 1, data[-1:], 1)
    server.restart()
    assert tus.offset(address) in (len(data) - 1, len(data))
    if tus.offset(address) < len(data):
        assert tus.send(address, len(data) - 1, data[-1:]).status_code == 204
    server.restart()
    found = tus.settled(picture_id)
    assert found["state"] == "ready"
    assert not list((server.data / "media").glob("*.part"))
    for rendition in found["renditions"]:
        assert client.get(rendition["url"]).status_code == 200


def test_left_alone(start: Start, client: httpx2.Client) -> None:
    """What nobody has gone on with for a day is cleared away; what is younger stays."""
    server = start()
    tus = a_tus(server, client)
    old, young = (tus.begin(100).headers["location"] for _ in range(2))
    folder = server.data / "originals"
    file = folder / old.rpartition("/")[2]
    os.utime(file, (time.time() - 25 * HOUR, time.time() - 25 * HOUR))
    server.restart()
    until = time.monotonic() + CLEAR_SECONDS
    while file.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert tus.request("HEAD", old).status_code == 404
    assert tus.request("HEAD", young).status_code == 200
    assert [one.name for one in folder.iterdir()] == [young.rpartition("/")[2]]


def test_several_workers(start: Start, client: httpx2.Client) -> None:
    """Whichever process a request meets, it is one upload, and becomes one picture."""
    server = start(workers=2)
    tus = a_tus(server, client)
    data = a_file()
    address = tus.begin(len(data)).headers["location"]
    for at in range(0, len(data), 4000):
        with httpx2.Client(base_url=server.address, timeout=30) as another:
            piece = data[at : at + 4000]
            assert Tus(another, tus.token).send(address, at, piece).status_code == 204
    assert tus.settled(address.rpartition("/")[2])["state"] == "ready"


def test_a_full_disk(start: Start, client: httpx2.Client) -> None:
    """Where the disk takes no more, it is said; what arrived before stays, and on it goes."""
    server = start()
    tus = a_tus(server, client)
    data = noise(random.Random(1), (1200, 1200))
    address = tus.begin(len(data)).headers["location"]
    limit_writes(server.pid, 2 * MIB)
    full = tus.send(address, 0, data)
    assert full.status_code == 503
    assert "make room" in full.json()["detail"]
    at = tus.offset(address)
    assert 0 < at <= 2 * MIB
    limit_writes(server.pid, None)
    assert tus.send(address, at, data[at:]).status_code == 204
    assert tus.settled(address.rpartition("/")[2])["state"] == "ready"


def test_originals_are_private(start: Start, client: httpx2.Client) -> None:
    """No address leads to what was uploaded, and nobody else on the machine can look in."""
    server = start()
    tus = a_tus(server, client)
    found = tus.picture(a_file())
    original = server.data / "originals" / found["id"]
    assert original.stat().st_size
    assert (server.data / "originals").stat().st_mode & 0o077 == 0
    for path in (found["id"], f"../originals/{found['id']}", f"..%2foriginals%2f{found['id']}"):
        assert client.get(f"/media/{path}").status_code == 404
    assert client.get(f"/originals/{found['id']}").status_code == 404
