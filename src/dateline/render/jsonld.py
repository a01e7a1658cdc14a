"""A page's posts as schema.org's LiveBlogPosting, for search engines: data within the page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from dateline.domain.blocks import Picture, pictures
from dateline.domain.coverage import Coverage
from dateline.domain.people import Byline
from dateline.domain.plain import plain_text
from dateline.domain.posts import Post
from dateline.render.environment import iso
from dateline.render.language import language_of
from dateline.render.sharing import TITLE, coverage_url, media_url, post_url, shortened, withdrawn

# Within a script element, HTML looks for its end; within old scripts, two separators end a line.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def live_blog(
    coverage: Coverage,
    posts: Iterable[Post],
    *,
    origin: str,
    newsroom: str,
    updated_at: datetime | None = None,
) -> str:
    """JSON that stands in a script element as it is: no text in it can close the element."""
    url = coverage_url(coverage, origin)
    made = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": url,
        "url": url,
        "headline": coverage.title,
        "description": coverage.summary or coverage.title,
        "inLanguage": coverage.language,
        "coverageStartTime": coverage.started_at and iso(coverage.started_at),
        "coverageEndTime": coverage.ended_at and iso(coverage.ended_at),
        "datePublished": iso(coverage.opened_at),
        "dateModified": iso(updated_at or coverage.updated_at),
        "publisher": {"@type": "Organization", "name": newsroom, "url": f"{origin}/"},
        "liveBlogUpdate": [_update(post, coverage, origin) for post in posts],
    }
    return msgspec.json.encode(_filled(made)).decode().translate(_ESCAPES)


def _update(post: Post, coverage: Coverage, origin: str) -> dict[str, Any]:
    url = post_url(post, coverage, origin)
    made: dict[str, Any] = {
        "@type": "BlogPosting",
        "@id": url,
        "url": url,
        "datePublished": iso(post.published_at),
        "dateModified": iso(post.updated_at),
    }
    if post.status != "published":
        headline = withdrawn(language_of(coverage.language))
        return made | {"headline": headline, "articleBody": post.reason or ""}
    content = post.content
    words = plain_text(content)
    shown = [one for block in content.blocks for one in pictures(block)]
    places = dict.fromkeys(one.place for one in content.byline if one.place)
    return _filled(
        made
        | {
            "headline": content.headline or shortened(" ".join(words.split()), TITLE),
            "articleBody": words or content.headline,
            "inLanguage": content.language or coverage.language,
            "author": [_person(one) for one in content.byline],
            "image": [_image(one, origin) for one in shown],
            "keywords": list(content.topics),
            "contentLocation": [{"@type": "Place", "name": place} for place in places],
            "correction": [
                {"@type": "CorrectionComment", "text": one.note, "datePublished": iso(one.time)}
                for one in post.corrections
            ],
        }
    )


def _person(one: Byline) -> dict[str, Any]:
    at = one.organisation and {"@type": "Organization", "name": one.organisation}
    return _filled({"@type": "Person", "name": one.name, "affiliation": at})


def _image(one: Picture, origin: str) -> dict[str, Any]:
    url = media_url(one, origin)
    return _filled(
        {
            "@type": "ImageObject",
            "url": url,
            "contentUrl": url,
            "caption": one.caption,
            "creditText": one.credit,
            "width": one.width,
            "height": one.height,
        }
    )


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """Only what there is: an empty value says something, and nothing true."""
    return {name: value for name, value in made.items() if value not in (None, [], "")}
