"""A newsroom with a token: what happens on the page begins here, through the HTTP API."""

from dataclasses import dataclass
from typing import Any

import httpx2

TIMEZONE = "Europe/Brussels"
LEGIBLE = (
    "The leaders came out of the hall one after the other, said nothing to the microphones, and "
    "drove away over the wet square. What they had agreed in the six hours before was read out "
    "at midnight by a spokesman, from a single sheet of paper, without questions."
)


@dataclass
class Post:
    """A published post, at the revision that the newsroom last saw."""

    id: str
    revision: int
    seq: int
    headline: str

    @property
    def selector(self) -> str:
        return f'[id="p-{self.id}"]'


class Coverage:
    """One coverage, and all that a reporter can do to it."""

    def __init__(self, api: httpx2.Client, slug: str, title: str) -> None:
        self.slug = slug
        self.title = title
        self.posts: list[Post] = []
        self._api = api

    @property
    def path(self) -> str:
        return f"/live/{self.slug}"

    @property
    def url(self) -> str:
        return str(self._api.base_url).rstrip("/") + self.path

    def html(self, query: str = "") -> str:
        """The page as a reader without JavaScript gets it."""
        answer = self._api.get(self.path + query)
        answer.raise_for_status()
        return answer.text

    def publish(self, headline: str = "", text: str = LEGIBLE, **fields: Any) -> Post:
        number = len(self.posts) + 1
        headline = headline or f"Update {number}: the talks go on"
        body = {
            "headline": headline,
            "blocks": [paragraph(text)],
            "byline": [{"name": "Ana Reyes", "place": "Brussels"}],
            **fields,
        }
        told = self._send("POST", "/posts", body)
        self.posts.append(Post(told["id"], told["revision"], told["seq"], headline))
        return self.posts[-1]

    def publish_many(self, count: int) -> list[Post]:
        return [self.publish() for _ in range(count)]

    def revise(self, post: Post, **fields: Any) -> None:
        headers = {"if-match": f'"{post.revision}"'}
        self._noted(post, self._send("PATCH", f"/posts/{post.id}", fields, headers))

    def correct(self, post: Post, note: str, **fields: Any) -> None:
        self.revise(post, correction=note, **fields)

    def withdraw(self, post: Post, reason: str) -> None:
        self.act(post, "withdraw", reason=reason)

    def act(self, post: Post, action: str, **fields: Any) -> None:
        """pin, unpin, key, unkey, redact …"""
        self._noted(post, self._send("POST", f"/posts/{post.id}/{action}", fields))

    def set_status(self, status: str) -> None:
        self._send("POST", "/status", {"status": status})

    def describe(self, **fields: Any) -> None:
        self._send("PATCH", "", fields)

    def order(self, *posts: Post) -> None:
        """Set the order of the pinned posts."""
        self._send("PUT", "/pins", {"posts": [post.id for post in posts]})

    def brief(self, **fields: Any) -> None:
        self._send("PUT", "/briefing", fields)

    def _noted(self, post: Post, told: dict[str, Any]) -> None:
        post.revision, post.seq = told["revision"], told["seq"]

    def _send(
        self, method: str, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        address = f"/api/coverages/{self.slug}{path}"
        answer = self._api.request(method, address, json=body, headers=headers or {})
        assert answer.is_success, f"{method} {address}: {answer.status_code} {answer.text}"
        return dict(answer.json())


class Newsroom:
    """Opens coverages on one server."""

    def __init__(self, address: str, token: str) -> None:
        headers = {"authorization": f"Bearer {token}"}
        self._api = httpx2.Client(base_url=address, headers=headers, timeout=30)

    def open(
        self,
        slug: str,
        title: str = "Two summits in three days",
        *,
        status: str = "live",
        **fields: object,
    ) -> Coverage:
        summary = "Thirty leaders meet on Monday; on Wednesday two presidents do."
        body = {"slug": slug, "title": title, "timezone": TIMEZONE, "summary": summary, **fields}
        answer = self._api.post("/api/coverages", json=body)
        assert answer.status_code == 201, answer.text
        coverage = Coverage(self._api, slug, title)
        if status != "scheduled":
            coverage.set_status("live")
        if status not in ("scheduled", "live"):
            coverage.set_status(status)
        return coverage

    def known(self, slug: str, title: str) -> Coverage:
        """One that is open already."""
        return Coverage(self._api, slug, title)

    def close(self) -> None:
        self._api.close()


def paragraph(html: str) -> dict[str, str]:
    return {"type": "paragraph", "html": html}


def picture(media: str = "geneva-dusk.webp", **fields: Any) -> dict[str, Any]:
    """One of the demo's pictures, as an image block."""
    return {
        "type": "image",
        "media": media,
        "caption": "The lake in the last light, before the motorcades.",
        "credit": "Illustration: The Continental",
        "alt": "A fountain before dark mountains under an orange sky",
        "width": 1520,
        "height": 950,
        **fields,
    }
