"""A coverage as ninjs 3.0 (IPTC's News in JSON).

One composite item, which is valid by the standard's schema, with each post as an associated item.
"""

import msgspec
from msgspec import Struct

from dateline.domain.blocks import File, Picture, pictures
from dateline.domain.posts import Post
from dateline.render.entries import Entry, Feed, media_url, moment
from dateline.render.files import MEDIA_TYPES
from dateline.render.text import byline_text

_SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"


class _Text(Struct, frozen=True, rename="camel", omit_defaults=True):
    value: str
    role: str | None = None
    content_type: str | None = None


class _Named(Struct, frozen=True, omit_defaults=True):
    name: str
    uri: str | None = None


class _Rendition(Struct, frozen=True, rename="camel", omit_defaults=True):
    name: str
    href: str
    content_type: str | None = None
    width: int | None = None
    height: int | None = None
    size_in_bytes: int | None = None


class _Standard(Struct, frozen=True):
    name: str
    version: str
    schema: str


class _Item(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The part of ninjs that we use. `name` is for associated items alone, and needed there."""

    uri: str
    type: str
    name: str | None = None
    standard: _Standard | None = None
    representation_type: str | None = None
    version: str | None = None
    first_created: str | None = None
    version_created: str | None = None
    pub_status: str | None = None
    language: str | None = None
    title: str | None = None
    headlines: list[_Text] = []
    descriptions: list[_Text] = []
    bodies: list[_Text] = []
    by: str | None = None
    located: str | None = None
    subjects: list[_Named] = []
    info_sources: list[_Named] = []
    renditions: list[_Rendition] = []
    associations: "list[_Item]" = []


def ninjs(feed: Feed) -> bytes:
    coverage = feed.coverage
    made = _Item(
        uri=feed.url_as("ninjs"),
        type="composite",
        standard=_Standard("ninjs", "3.0", _SCHEMA),
        # The newest posts, not all there are.
        representation_type="partial",
        first_created=moment(coverage.opened_at),
        version_created=moment(feed.updated),
        pub_status="usable",
        language=coverage.language,
        title=feed.title,
        headlines=[_Text(coverage.title, role="main")],
        descriptions=[_Text(coverage.summary, role="summary")] if coverage.summary else [],
        renditions=[_Rendition("web", feed.url, "text/html")],
        associations=[
            _post(post, entry, feed) for post, entry in zip(feed.posts, feed.entries(), strict=True)
        ],
    )
    return msgspec.json.encode(made)


def _post(post: Post, entry: Entry, feed: Feed) -> _Item:
    item = _Item(
        uri=entry.id,
        type="text",
        name=entry.title,
        representation_type="full",
        version=str(post.revision),
        first_created=moment(entry.published),
        version_created=moment(entry.updated),
        pub_status="usable" if post.status == "published" else "canceled",
        language=entry.language,
        bodies=[
            _Text(entry.html, role="main", content_type="text/html"),
            _Text(entry.text, role="main", content_type="text/plain"),
        ],
        renditions=[_Rendition("web", entry.url, "text/html")],
    )
    if post.status != "published":
        return item
    content = post.content
    return msgspec.structs.replace(
        item,
        headlines=[_Text(content.headline, role="main")] if content.headline else [],
        by=byline_text(content.byline, feed.coverage.language),
        located=next((person.place for person in content.byline if person.place), None),
        subjects=[_Named(topic) for topic in entry.topics],
        info_sources=[_Named(source.name, source.url) for source in content.sources],
        associations=[
            *(_picture(one, feed) for block in content.blocks for one in pictures(block)),
            *(_document(one, feed) for one in entry.documents),
        ],
    )


def _picture(picture: Picture, feed: Feed) -> _Item:
    url = media_url(picture.media, feed)
    return _Item(
        uri=url,
        type="picture",
        name=picture.alt,
        by=picture.credit,
        descriptions=[_Text(picture.caption, role="caption"), _Text(picture.alt, role="alt")],
        renditions=[_Rendition("main", url, width=picture.width, height=picture.height)],
    )


def _document(file: File, feed: Feed) -> _Item:
    url = media_url(file.media, feed)
    kind = MEDIA_TYPES[file.format] if file.format else None
    return _Item(
        uri=url,
        type="text",
        name=file.title,
        headlines=[_Text(file.title, role="main")],
        renditions=[_Rendition("main", url, kind, size_in_bytes=file.size)],
    )
