"""A newsroom that writes through the API, over a real connection to a real server."""

import itertools
import os
from collections.abc import Mapping
from typing import Any

import httpx2

_numbers = itertools.count(1)
BYLINE = [{"name": "Ada Peeters", "organisation": "The Lantern", "place": "Ghent"}]


class Newsroom:
    """Sends what it is told to, with a token or without. Answers come back as they are."""

    def __init__(self, client: httpx2.Client, token: str | None) -> None:
        self.client = client
        self.token = token

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx2.Response:
        """A request; `body` is sent as JSON, `content` as it is."""
        fields = dict(headers or {})
        if self.token:
            fields["authorization"] = f"Bearer {self.token}"
        if key:
            fields["idempotency-key"] = key
        if if_match:
            fields["if-match"] = if_match
        if content is not None:
            fields.setdefault("content-type", "application/json")
            return self.client.request(method, path, content=content, headers=fields)
        return self.client.request(method, path, json=body, headers=fields)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(path, headers=headers)

    def open(self, status: str | None = "live", **fields: object) -> "Coverage":
        """A new coverage under a name of its own."""
        slug = f"storm-{os.getpid()}-{next(_numbers)}"
        body = {"slug": slug, "title": "Storm over Ghent", "timezone": "Europe/Brussels", **fields}
        assert self.send("POST", "/api/coverages", body).status_code == 201
        coverage = Coverage(self, slug)
        if status:
            assert coverage.set_status(status).status_code == 200
        return coverage


class Coverage:
    """One coverage of a newsroom."""

    def __init__(self, newsroom: Newsroom, slug: str) -> None:
        self.newsroom = newsroom
        self.slug = slug
        self.path = f"/api/coverages/{slug}"

    @property
    def seq(self) -> int:
        return int(self.newsroom.get(self.path).json()["seq"])

    def set_status(self, status: str, **how: Any) -> httpx2.Response:
        return self.newsroom.send("POST", f"{self.path}/status", {"status": status}, **how)

    def publish(self, **fields: object) -> dict[str, Any]:
        """A post that is published; what the server said about it."""
        answer = self.newsroom.send("POST", f"{self.path}/posts", a_post(**fields))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def act(self, post: str, action: str, body: object = None, **how: Any) -> httpx2.Response:
        return self.newsroom.send("POST", f"{self.path}/posts/{post}/{action}", body, **how)

    def revise(self, post: str, body: object, **how: Any) -> httpx2.Response:
        return self.newsroom.send("PATCH", f"{self.path}/posts/{post}", body, **how)

    def post(self, post: str) -> dict[str, Any]:
        return dict(self.newsroom.get(f"{self.path}/posts/{post}").json())


def a_post(**fields: object) -> dict[str, object]:
    """The body of a post; fields that are None are left out."""
    body = {
        "blocks": [{"type": "paragraph", "html": "The wind turned to the <em>west</em>."}],
        "byline": BYLINE,
        **fields,
    }
    return {name: value for name, value in body.items() if value is not None}
