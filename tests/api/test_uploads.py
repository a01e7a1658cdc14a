"""Resumable uploads: tus 1.0.0, step by step, and everything that is refused on the way."""

import io
import uuid
import zipfile

import httpx2
import pytest
from pikepdf import Encryption

from drawing import a_file, a_picture
from integration.server import Server
from papers import a_pdf
from tus import Tus, checksum

OCTETS = {"content_type": "application/offset+octet-stream"}
UNKNOWN = "01a20aec-bb19-42d4-8b42-5f81c2497022"


@pytest.fixture
def tus(client: httpx2.Client, token: str) -> Tus:
    return Tus(client, token)


@pytest.fixture(scope="session")
def other(server: Server, client: httpx2.Client) -> Tus:
    """Another sender."""
    return Tus(client, server.token("somebody else"))


def test_in_pieces(tus: Tus) -> None:
    """A picture in pieces: each answer says how much is on the disk, and at the end it is one."""
    data = a_file()
    begun = tus.begin(len(data))
    assert begun.status_code == 201
    address = begun.headers["location"]
    at = 0
    while at < len(data):
        answer = tus.send(address, at, data[at : at + 5000])
        assert answer.status_code == 204
        at = min(at + 5000, len(data))
        assert answer.headers["upload-offset"] == str(at)
        assert tus.offset(address) == at
    found = tus.settled(address.rpartition("/")[2])
    assert (found["state"], found["width"], found["height"]) == ("ready", 1200, 800)
    assert tus.offset(address) == len(data), "who asks once more learns that it is done"


def test_offer(client: httpx2.Client) -> None:
    """OPTIONS says the version, the extensions and the largest size, without a token."""
    answer = client.request("OPTIONS", "/api/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,termination,checksum"
    assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256"
    assert int(answer.headers["tus-max-size"]) == 50 * 1024 * 1024


def test_the_same_id_is_the_same_upload(tus: Tus) -> None:
    """Begun again after a lost answer, it is the one there is, as far as it is."""
    mine = str(uuid.uuid4())
    first = tus.begin(100, mine)
    tus.send(first.headers["location"], 0, b"x" * 40)
    again = tus.begin(100, mine)
    assert again.status_code == 201
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["upload-offset"] == "40"
    assert tus.begin(101, mine).status_code == 409


def test_a_wrong_offset(tus: Tus) -> None:
    """Bytes for another place are refused, and change nothing."""
    address = tus.begin(100).headers["location"]
    assert tus.send(address, 10, b"x").status_code == 409
    assert tus.send(address, 0, b"x" * 10).status_code == 204
    assert tus.send(address, 0, b"y" * 10).status_code == 409
    assert tus.offset(address) == 10


def test_more_than_was_said(tus: Tus) -> None:
    """No byte beyond the length is taken."""
    address = tus.begin(10).headers["location"]
    assert tus.send(address, 0, b"x" * 11).status_code == 409
    assert tus.offset(address) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum(tus: Tus, algorithm: str) -> None:
    """Bytes that are what was sent are taken; of others nothing is, and what was there stays."""
    data = a_file()
    address = tus.begin(len(data)).headers["location"]
    told = checksum(data[:5000], algorithm)
    assert tus.send(address, 0, data[:5000], upload_checksum=told).status_code == 204
    told = checksum(data[5000:], algorithm)
    spoilt = tus.send(address, 5000, b"x" + data[5001:], upload_checksum=told)
    assert spoilt.status_code == 460
    assert spoilt.json()["type"] == "urn:dateline:checksum-mismatch"
    assert spoilt.headers["tus-resumable"] == "1.0.0"
    assert tus.offset(address) == 5000
    answer = tus.send(address, 5000, data[5000:], upload_checksum=told)
    assert answer.status_code == 204
    assert answer.headers["upload-offset"] == str(len(data))
    assert tus.settled(address.rpartition("/")[2])["state"] == "ready"


def test_more_than_was_said_with_a_checksum(tus: Tus) -> None:
    """No byte beyond the length is taken, right though the checksum is."""
    address = tus.begin(10).headers["location"]
    piece = b"x" * 11
    assert tus.send(address, 0, piece, upload_checksum=checksum(piece)).status_code == 409
    assert tus.offset(address) == 0


@pytest.mark.parametrize(
    "told",
    ["md5 CY9rzUYh03PK3k6DJie09g==", "sha1", "sha1 !", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", ""],
)
def test_no_checksum_that_is_known(tus: Tus, told: str) -> None:
    """Of another kind, of another length, or none at all: 400, and nothing is taken."""
    address = tus.begin(10).headers["location"]
    answer = tus.send(address, 0, b"x" * 10, upload_checksum=told)
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:dateline:wrong-checksum"
    assert tus.offset(address) == 0


def test_given_up(tus: Tus) -> None:
    """Deleted, it is gone; a picture can't be given up."""
    address = tus.begin(100).headers["location"]
    assert tus.request("DELETE", address).status_code == 204
    assert tus.request("HEAD", address).status_code == 404
    found = tus.picture(a_file(size=(60, 40)))
    assert tus.request("DELETE", f"/api/uploads/{found['id']}").status_code == 409


def test_only_its_sender(tus: Tus, other: Tus) -> None:
    """To everybody else an upload does not exist, and its id can't be taken."""
    mine = str(uuid.uuid4())
    address = tus.begin(100, mine).headers["location"]
    assert other.request("HEAD", address).status_code == 404
    assert other.send(address, 0, b"x").status_code == 404
    assert other.request("DELETE", address).status_code == 404
    assert other.begin(100, mine).status_code == 409
    assert tus.offset(address) == 0


def test_without_a_token(client: httpx2.Client) -> None:
    """Nobody who is not known sends or sees anything."""
    stranger = Tus(client, None)
    assert stranger.begin(10).status_code == 401
    for method in ("HEAD", "PATCH", "DELETE"):
        assert stranger.request(method, f"/api/uploads/{UNKNOWN}").status_code == 401
    assert stranger.request("GET", "/api/media").status_code == 401
    assert stranger.request("GET", f"/api/media/{UNKNOWN}").status_code == 401
    assert stranger.request("PATCH", f"/api/media/{UNKNOWN}").status_code == 401


@pytest.mark.parametrize("length", [0, 50 * 1024 * 1024 + 1, 10**14])
def test_sizes(tus: Tus, length: int) -> None:
    """Nothing empty and nothing over the limit is begun; the answer says the limit."""
    answer = tus.begin(length)
    assert answer.status_code == 422
    assert "50 MiB" in answer.json()["detail"]


@pytest.mark.parametrize(
    "filename",
    ["../../etc/passwd", "/etc/passwd", "..", ".", "", "a\\b.jpg", "a\0.jpg", "a\n.jpg", "x" * 201],
)
def test_path_names(tus: Tus, filename: str) -> None:
    """A name that is a path, or none, is refused."""
    answer = tus.begin(10, filename=filename)
    assert answer.status_code == 422
    assert "not a path" in answer.json()["detail"]


@pytest.mark.parametrize("upload_id", ["..", "../x", "a" * 36, "", UNKNOWN.upper(), f"{UNKNOWN}\n"])
def test_ids(tus: Tus, upload_id: str) -> None:
    """An id is a UUID and nothing else."""
    answer = (
        tus.begin(10, upload_id)
        if upload_id
        else tus.request(
            "POST", "/api/uploads", upload_length="10", upload_metadata="filename YQ=="
        )
    )
    assert answer.status_code == 422


def test_protocol(tus: Tus, client: httpx2.Client, token: str) -> None:
    """Another version is 412, and every answer says which version it is; another type is 415."""
    headers = {"authorization": f"Bearer {token}"}
    answer = client.post("/api/uploads", headers=headers)
    assert answer.status_code == 412
    assert answer.headers["tus-version"] == "1.0.0"
    address = tus.begin(10).headers["location"]
    assert tus.send(address, 0, b"x", content_type="image/jpeg").status_code == 415
    assert tus.request("PATCH", address, b"x", **OCTETS, upload_offset="-1").status_code == 422
    bad = tus.request("POST", "/api/uploads", upload_length="1", upload_metadata="filename !")
    assert bad.status_code == 422


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.html", "<script>alert(1)</script>")
    return out.getvalue()


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def _moving(kind: str) -> bytes:
    out = io.BytesIO()
    mode = "P" if kind == "GIF" else "RGB"
    one, two = a_picture((60, 40), mode=mode), a_picture((60, 40), mode=mode).rotate(180)
    one.save(out, kind, save_all=True, append_images=[two])
    return out.getvalue()


def _damaged(data: bytes) -> bytes:
    return data[:-200] + b"\x55" * 200


ATTACKS = {
    "an SVG with a script": (SVG, "SVG"),
    "an SVG": (SVG[21:].replace(b"<script>alert(1)</script>", b""), "SVG"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "HTML"),
    "a ZIP": (_zip(), "ZIP"),
    "the head of a PDF": (b"%PDF-1.7\n", "breaks off"),
    "a PDF of nothing": (b"%PDF-1.7\n%%EOF\n", "damaged"),
    "a PDF with a password": (a_pdf(encryption=Encryption(owner="sesame")), "encrypted"),
    "a ZIP behind a PDF": (a_pdf() + _zip(), "behind"),
    "a page behind a PDF": (a_pdf() + b"<script>alert(1)</script>", "behind"),
    "a page in a text": (b"Hello.<script>alert(1)</script>", "hides"),
    "a table with a formula": (b"a,b\n1,=1+1\n", "formula"),
    "a text of an old program": ("Größe".encode("cp1252"), "UTF-8"),
    "a program": (b"MZ\x90\0" + b"\0" * 60, "program"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "film"),
    "a HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    "bytes": (b"\0\1\2\3" * 40, "not taken"),
    "nothing": (b"\n", "nothing"),
    "a page behind a JPEG": (a_file() + b"<script>alert(1)</script>", "behind"),
    "a ZIP behind a JPEG": (a_file() + _zip(), "behind"),
    "a ZIP behind a PNG": (a_file("PNG") + _zip(), "behind"),
    "words behind a GIF": (a_file("GIF") + b"GIF", "behind"),
    "words behind a WebP": (a_file("WEBP") + b"more", "behind"),
    "a page in a JPEG's comment": (a_file(comment=b"<script>alert(1)</script>"), "hides"),
    "half a JPEG": (a_file()[:4000], "breaks off"),
    "half a PNG": (a_file("PNG")[:500], "breaks off"),
    "a PNG of noise": (a_file("PNG").replace(b"IDAT", b"IDAT" + b"U" * 40, 1), "breaks off"),
    "a damaged AVIF": (_damaged(a_file("AVIF")), "damaged"),
    "a moving GIF": (_moving("GIF"), "moves"),
    "a moving PNG": (_moving("PNG"), "moves"),
    "a moving WebP": (_moving("WEBP"), "moves"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks(tus: Tus, server: Server, name: str) -> None:
    """What is neither picture nor document, or not only that, is refused with words, whatever it is
    called; nothing of it is served, and nothing of it stays."""
    data, words = ATTACKS[name]
    found = tus.settled(tus.upload(data))
    assert found["state"] == "refused", found
    assert words in found["reason"]
    assert found["media"] is None
    assert found["renditions"] == []
    assert not (server.data / "originals" / found["id"]).exists()
