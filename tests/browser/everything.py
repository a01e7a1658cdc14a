"""One coverage in which everything has happened that can be seen, and each page there is of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .newsroom import Coverage, Newsroom, Post, paragraph, picture

SLUG = "everything"
DAY = "2021-06-14"
PER_PAGE = 30


@dataclass
class Everything:
    """The coverage, the posts that other pages are about, and all pages by what they are."""

    coverage: Coverage
    corrected: Post
    withdrawn: Post
    told_at: datetime

    @property
    def pages(self) -> dict[str, tuple[str, str]]:
        """The path of each, and what only that page has."""
        path, last = self.coverage.path, self.coverage.posts[-1]
        return {
            "front": ("/", ".front .now"),
            "live": (path, "#briefing .agenda"),
            "oldest first": (f"{path}?order=oldest", "[data-order=oldest]"),
            "older": (f"{path}?before={PER_PAGE // 2}", ".pager [rel=prev]"),
            "an update": (f"{path}?at-post={self.coverage.posts[4].id}", "[data-focus]"),
            "topic": (f"{path}?at-post={last.id}&topic=NATO", ".topic-bar"),
            "then": (f"{path}?at={self.told_at:%Y-%m-%dT%H:%M:%S.%fZ}", ".banner"),
            "search": (f"{path}/search?q=talks", ".results li"),
            "search of all": ("/search?q=talks", ".results .where"),
            "search, nothing found": ("/search?q=zebra", ".search .notice"),
            "history of a correction": (f"{path}/p/{self.corrected.id}/history", "ins"),
            "history of a withdrawal": (f"{path}/p/{self.withdrawn.id}/history", ".notice"),
            "embedded": (f"/embed/{self.coverage.slug}", "#posts article"),
            "problem": ("/live/there-is-no-such-coverage", ".problem"),
        }


def everything(newsroom: Newsroom) -> Everything:
    """Open it: more posts than a page holds, every block, mark, change and notice."""
    coverage = newsroom.open(SLUG)
    for hour in range(8):
        for minute in range(0, 60, 15):
            coverage.publish(occurred_at=_at(hour, minute))
    every_block(coverage)
    return Everything(coverage, *changed(coverage), datetime.now(UTC))


def every_block(coverage: Coverage) -> None:
    """Four posts in which every block stands, and each way to say where something is from."""
    coverage.publish(
        "Words in every shape",
        blocks=[
            paragraph('With <strong>weight</strong>, <em>stress</em>, <code>code</code>, <s>no</s> '
                      'and <a href="https://example.org/inline">a link</a>; H<sub>2</sub>O.'),
            {"type": "heading", "text": "What was said"},
            {"type": "list", "items": ["First", "Second"], "ordered": True},
            {"type": "list", "items": ["One", "Other"]},
            {"type": "quote", "text": "We agree.", "speaker": "Ada Peeters", "role": "chair",
             "source": {"name": "Press room", "url": "https://example.org/quote"}},
        ],
        key=True,
        topics=["NATO", "Security & defence"],
        occurred_at=_at(9),
    )  # fmt: skip
    coverage.publish(
        "Pictures and cards",
        blocks=[
            picture(),
            {"type": "gallery", "images": [_bare(picture("library.webp")), _bare(picture())]},
            {"type": "embed", "url": "https://video.example.org/watch/1234567890"},
            {"type": "embed", "url": "https://youtu.be/aqz-KE-bpKQ", "title": "A film"},
            {"type": "link", "url": "https://example.org/report", "title": "The report"},
            {"type": "file", "media": "press-room.webp", "title": "The text of the agreement"},
        ],
        sources=[
            {"name": "The council", "kind": "official", "verification": "confirmed"},
            {"name": "A post", "kind": "social", "url": "https://example.org/post"},
            {"name": "A rumour", "kind": "eyewitness", "verification": "wrong"},
        ],
        key=True,
        topics=["NATO"],
        occurred_at=_at(10),
    )  # fmt: skip
    coverage.publish(
        "Nobody has said so yet",
        sources=[{"name": "An agency", "kind": "wire"}],
        occurred_at=_at(11),
    )
    coverage.publish(
        "What matters most",
        pinned=True,
        byline=[
            {"name": "Ana Reyes", "organisation": "The Continental", "place": "Brussels"},
            {"name": "Tom Maes", "place": "Geneva"},
        ],
        occurred_at=_at(11, 30),
    )


def changed(coverage: Coverage) -> tuple[Post, Post]:
    """A correction, a withdrawal, a post in another language and the briefing."""
    coverage.publish("Une réponse", "Les négociations reprennent.", language="fr",
                     occurred_at=_at(12))  # fmt: skip
    withdrawn = coverage.publish("It was a drill", key=True, occurred_at=_at(13))
    coverage.withdraw(withdrawn, "the agency took it back")
    corrected = coverage.publish(
        "They met for one hour", "In the hall.", topics=["NATO"], occurred_at=_at(14)
    )
    coverage.correct(
        corrected, "It was two hours, not one.",
        headline="They met for two hours", blocks=[paragraph("In the great hall.")],
    )  # fmt: skip
    coverage.publish("The last of the talks", topics=["NATO"], occurred_at=_at(15))
    coverage.brief(
        summary="What is happening.\nAnd why.",
        people=[{"name": "Ada Peeters", "role": "Chair"}, {"name": "Jan Smit"}],
        issues=[{"title": "Money", "text": "Who pays."}, {"title": "Borders"}],
        agenda=[
            {"at": f"{DAY}T10:00:00Z", "title": "Arrival", "place": "Brussels"},
            {"at": f"{DAY}T16:00:00Z", "title": "Dinner", "timezone": "America/New_York"},
        ],
        next="They meet again in a year.",
    )
    return corrected, withdrawn


def _bare(block: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in block.items() if name != "type"}


def _at(hour: int, minute: int = 0) -> str:
    return f"{DAY}T{hour:02}:{minute:02}:00Z"
