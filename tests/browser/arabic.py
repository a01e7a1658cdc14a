"""A coverage in Arabic, told as an Arab newsroom would: English names, quotes and posts in it."""

import json
from pathlib import Path

from .newsroom import Coverage, Newsroom

TOLD = json.loads(Path(__file__).with_name("arabic.json").read_text())


def arabic(newsroom: Newsroom, slug: str) -> Coverage:
    """Told up to its last post: live, with a correction, a withdrawal and a briefing."""
    coverage = newsroom.open(slug, **TOLD["coverage"])
    posts = [coverage.publish(**post) for post in TOLD["posts"]]
    withdrawn = coverage.publish(TOLD["withdrawal"]["headline"])
    coverage.withdraw(withdrawn, TOLD["withdrawal"]["reason"])
    correction = TOLD["correction"]
    coverage.correct(
        posts[correction["post"]], correction["note"], headline=correction["headline"] + "."
    )
    coverage.brief(**TOLD["briefing"])
    return coverage
