"""Posts as the entries of a feed: what all formats say of a post. How they say it is theirs.

An entry keeps its id for ever; a change of the post is the same entry with a later `updated`. A
withdrawn post stays, as a notice without its words. One that was taken down is not here.
"""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from dateline.domain.blocks import File, each_picture, pictures
from dateline.domain.content import Source
from dateline.domain.coverage import Coverage
from dateline.domain.plain import plain_text
from dateline.domain.posts import Post
from dateline.render.environment import environment_of
from dateline.render.language import Language, direction_of, language_of
from dateline.render.sharing import withdrawn
from dateline.render.statuses import verification_words

LONGEST_TITLE = 100
# Our own addresses, as the blocks' template writes them. Nobody's words can look like these: in
# them “<” is escaped where it stands in text, and the quotation mark where it stands in an address.
_OWN = re.compile(r'<(img src|a href)="(?=/)')


class Feed(Struct, frozen=True):
    """What a feed is made of. `origin` is the site's public address, without a slash at its end."""

    coverage: Coverage
    posts: list[Post]
    """Published and withdrawn ones, newest first."""
    removed: list[Post]
    """What is left of those that were taken down: ids and times."""
    origin: str
    topic: str | None = None

    @property
    def title(self) -> str:
        return f"{self.coverage.title}: {self.topic}" if self.topic else self.coverage.title

    @property
    def url(self) -> str:
        """Of the page for people."""
        return f"{self.origin}/live/{self.coverage.slug}"

    @property
    def updated(self) -> datetime:
        changes = [post.updated_at for post in [*self.posts, *self.removed]]
        return max([self.coverage.updated_at, *changes])

    def url_as(self, ending: str) -> str:
        """Of the feed itself, in the format of that ending."""
        query = f"?{urlencode({'topic': self.topic})}" if self.topic else ""
        return f"{self.url}/feed.{ending}{query}"

    def entries(self) -> "list[Entry]":
        return [_entry(post, self) for post in self.posts]


class Entry(Struct, frozen=True):
    """One post, as HTML and as text with its corrections and sources.

    What a withdrawal takes back (names, topics, pictures, documents) is empty then.
    """

    id: str
    url: str
    title: str
    html: str
    text: str
    published: datetime
    updated: datetime
    authors: list[str]
    topics: list[str]
    images: list[str]
    documents: list[File]
    """Those of which the format and the size are known."""
    language: str


_TEMPLATE = "entry.html.j2"


def _entry(post: Post, feed: Feed) -> Entry:
    content = post.content
    language = language_of(feed.coverage.language)
    stands = post.status == "published"
    return Entry(
        id=urn(post),
        url=f"{feed.url}/p/{post.id}",
        title=_title(post, language),
        html=entry_html(post, feed),
        text=_text(post, feed.coverage.timezone, language),
        published=post.published_at,
        updated=post.updated_at,
        authors=[person.name for person in content.byline] if stands else [],
        topics=list(content.topics) if stands else [],
        images=[
            media_url(picture.media, feed)
            for block in (content.blocks if stands else ())
            for picture in pictures(block)
        ],
        documents=[
            block
            for block in (content.blocks if stands else ())
            if isinstance(block, File) and block.format and block.size
        ],
        language=(content.language if stands else None) or feed.coverage.language,
    )


def urn(post: Post) -> str:
    """The post's id, as a URI that does not change with the site's address (RFC 9562)."""
    return f"urn:uuid:{post.id}"


def entry_html(post: Post, feed: Feed) -> str:
    """The post for other people's pages: whole addresses, no ids, nothing of ours around it."""
    # Which rendition fits is a question of our page's columns: elsewhere it is the one file.
    blocks = tuple(
        each_picture(block, lambda one: replace(one, widths=(), focal=None))
        for block in post.content.blocks
    )
    coverage = feed.coverage
    html = (
        environment_of(coverage.language)
        .get_template(_TEMPLATE)
        .render(
            post=replace(post, content=replace(post.content, blocks=blocks)),
            zone=coverage.timezone,
            notice=withdrawn_line(post, language_of(coverage.language)),
        )
    )
    html = _OWN.sub(rf'<\1="{feed.origin}', html.strip())
    # Who shows it may have no place to say which way it runs.
    is_rtl = direction_of(post.content.language or coverage.language) == "rtl"
    return f'<div dir="rtl">{html}</div>' if is_rtl else html


def media_url(media: str, feed: Feed) -> str:
    return f"{feed.origin}/media/{media}"


def withdrawn_line(post: Post, language: Language) -> str:
    """The notice in the place of a post that was withdrawn."""
    _ = language.gettext
    reason = (post.reason or "").rstrip(". ")
    if not reason:
        return _("This update was withdrawn.")
    return _("This update was withdrawn: %(reason)s.") % {"reason": reason}


def moment(time: datetime) -> str:
    """2021-06-14T15:40:00.123456Z (RFC 3339): so fine that two changes never seem to be one."""
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _text(post: Post, zone: str, language: Language) -> str:
    if post.status == "withdrawn":
        return withdrawn_line(post, language)
    said = language.gettext("Correction, %(when)s:")
    corrections = [
        f"{said % {'when': language.full(one.time, zone)}} {one.note}" for one in post.corrections
    ]
    lines = [plain_text(post.content), *corrections, _sources(post.content.sources, language)]
    return "\n".join(line for line in lines if line)


def _sources(sources: tuple[Source, ...], language: Language) -> str:
    # Like the page: what is confirmed needs no word.
    told = [
        one.name
        if one.verification == "confirmed"
        else f"{one.name} ({verification_words(one.verification, language)})"
        for one in sources
    ]
    if not told:
        return ""
    said = language.ngettext("Source: %(names)s", "Sources: %(names)s", len(told))
    return said % {"names": language.comma().join(told)}


def _title(post: Post, language: Language) -> str:
    if post.status == "withdrawn":
        return withdrawn(language)
    line = post.content.headline or " ".join(plain_text(post.content).split())
    if post.content.headline or len(line) <= LONGEST_TITLE:
        return line
    # Cut between words; where a script has no spaces, anywhere.
    return line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
