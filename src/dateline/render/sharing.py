"""How a coverage, or one of its posts, shows where it is shared: title, description, picture."""

from datetime import datetime

from msgspec import Struct

from dateline.domain.blocks import Picture, pictures
from dateline.domain.coverage import Coverage
from dateline.domain.plain import plain_text
from dateline.domain.posts import Post
from dateline.render.language import Language, language_of

TITLE = 90
DESCRIPTION = 200


class Shared(Struct, frozen=True):
    """What a card is made of. `url` and `image_url` are absolute, `author` is for people."""

    title: str
    description: str
    url: str
    published: datetime
    modified: datetime
    author: str | None = None
    image: Picture | None = None
    image_url: str | None = None
    card_url: str = ""
    """The picture that is drawn of it, 1200 x 630."""


def shared_coverage(coverage: Coverage, origin: str, updated_at: datetime | None = None) -> Shared:
    return Shared(
        title=coverage.title,
        description=coverage.summary or coverage.title,
        url=coverage_url(coverage, origin),
        card_url=f"{coverage_url(coverage, origin)}/card.png",
        published=coverage.opened_at,
        modified=updated_at or coverage.updated_at,
    )


def shared_post(post: Post, coverage: Coverage, origin: str) -> Shared:
    """A post's own card; of one that was withdrawn only that it was, and why."""
    url = post_url(post, coverage, origin)
    if post.status != "published":
        return Shared(
            title=withdrawn(language_of(coverage.language)),
            description=post.reason or coverage.title,
            url=url,
            card_url=f"{url}/card.png",
            published=post.published_at,
            modified=post.updated_at,
        )
    words = " ".join(plain_text(post.content).split())
    image = next((one for block in post.content.blocks for one in pictures(block)), None)
    return Shared(
        title=post.content.headline or shortened(words, TITLE),
        description=shortened(words, DESCRIPTION) or coverage.title,
        url=url,
        card_url=f"{url}/card.png",
        published=post.published_at,
        modified=post.updated_at,
        author=", ".join(one.name for one in post.content.byline) or None,
        image=image,
        image_url=media_url(image, origin) if image else None,
    )


def withdrawn(language: Language) -> str:
    return language.gettext("This update was withdrawn")


def coverage_url(coverage: Coverage, origin: str) -> str:
    return f"{origin}/live/{coverage.slug}"


def post_url(post: Post, coverage: Coverage, origin: str) -> str:
    return f"{coverage_url(coverage, origin)}/p/{post.id}"


def media_url(picture: Picture, origin: str) -> str:
    return f"{origin}/media/{picture.media}"


def shortened(words: str, most: int) -> str:
    """The first words, at most so many characters, with an ellipsis where there are more."""
    if len(words) <= most:
        return words
    kept = words[: most - 1].rpartition(" ")[0] or words[: most - 1]
    return kept.rstrip(" ,;:–-") + "…"
