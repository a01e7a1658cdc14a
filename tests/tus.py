"""A tus 1.0.0 client, as small as the desk's, and what it needs to be cut off in the middle."""

import hashlib
import time
import uuid
from base64 import b64encode
from typing import Any

import httpx2

DONE_SECONDS = 60.0


def checksum(piece: bytes, algorithm: str = "sha256") -> str:
    """As `Upload-Checksum` has it."""
    return f"{algorithm} {b64encode(hashlib.new(algorithm, piece).digest()).decode()}"


def metadata(upload_id: str, filename: str = "hall.jpg") -> str:
    values = {"filename": filename, "id": upload_id}
    return ",".join(f"{name} {b64encode(v.encode()).decode()}" for name, v in values.items())


class Tus:
    """One sender of pictures."""

    def __init__(self, client: httpx2.Client, token: str | None) -> None:
        self.client = client
        self.token = token
        self.headers = {"tus-resumable": "1.0.0"}
        if token:
            self.headers["authorization"] = f"Bearer {token}"

    def request(
        self, method: str, path: str, content: bytes = b"", **headers: str
    ) -> httpx2.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(
            method, path, content=content or None, headers=self.headers | named
        )

    def begin(
        self, length: int, upload_id: str | None = None, filename: str = "hall.jpg"
    ) -> httpx2.Response:
        told = metadata(upload_id or str(uuid.uuid4()), filename)
        return self.request("POST", "/api/uploads", upload_length=str(length), upload_metadata=told)

    def send(self, address: str, at: int, piece: bytes, **headers: str) -> httpx2.Response:
        kind = {"content_type": "application/offset+octet-stream"}
        return self.request("PATCH", address, piece, upload_offset=str(at), **(kind | headers))

    def offset(self, address: str) -> int:
        answer = self.request("HEAD", address)
        assert answer.status_code == 200, answer
        return int(answer.headers["upload-offset"])

    def upload(self, data: bytes, filename: str = "hall.jpg") -> str:
        """Send all of it at once; the picture's id."""
        begun = self.begin(len(data), filename=filename)
        assert begun.status_code == 201, begun.text
        address = begun.headers["location"]
        sent = self.send(address, 0, data)
        assert sent.status_code == 204, sent.text
        return address.rpartition("/")[2]

    def settled(self, picture_id: str) -> dict[str, Any]:
        """What became of it, as soon as anything has."""
        until = time.monotonic() + DONE_SECONDS
        while time.monotonic() < until:
            answer = self.request("GET", f"/api/media/{picture_id}")
            assert answer.status_code == 200, answer.text
            found: dict[str, Any] = answer.json()
            if found["state"] != "processing":
                return found
            time.sleep(0.05)
        raise AssertionError(f"still processing: {found}")

    def picture(self, data: bytes, filename: str = "hall.jpg") -> dict[str, Any]:
        """A picture that is ready."""
        found = self.settled(self.upload(data, filename))
        assert found["state"] == "ready", found
        return found
