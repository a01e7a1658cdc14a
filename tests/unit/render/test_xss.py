"""Whatever somebody writes into whatever field, the page holds the same elements as ever."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import nh3
import pytest

from builders import SLUG, Desk, a_post_id
from dateline.domain import blocks, commands
from dateline.domain import coverage as coverages
from dateline.domain.commands import Command
from dateline.domain.errors import Invalid
from dateline.store.memory import MemoryEventLog
from unit.render import pages
from unit.render.markup import Element, Skeleton, read, skeleton
from unit.render.payloads import ADDRESSES, TEXTS

pytestmark = pytest.mark.anyio

_PICTURE = {"media": "a.webp", "caption": "A hall", "credit": "T. Maes", "alt": "Empty"}
POST: dict[str, Any] = {
    "headline": "They arrive",
    "blocks": [
        {"type": "paragraph", "html": "They <b>came</b>."},
        {"type": "heading", "text": "So far"},
        {"type": "list", "items": ["One", "Two"]},
        {"type": "list", "items": ["One"], "ordered": True},
        {"type": "quote", "text": "We agreed.", "speaker": "J. Doe", "role": "Chair",
         "source": {"name": "NATO", "url": "https://example.org/q"}},
        {"type": "quote", "text": "Yes.", "speaker": "J. Doe", "source": {"name": "NATO"}},
        {"type": "image", **_PICTURE, "width": 16, "height": 9},
        {"type": "gallery", "images": [_PICTURE, _PICTURE]},
        {"type": "embed", "url": "https://example.org/video"},
        {"type": "link", "url": "https://example.org/text", "title": "A text"},
        {"type": "link", "url": "https://example.org/text"},
        {"type": "file", "media": "a.pdf", "title": "All of it"},
    ],
    "byline": [
        {"name": "Ana", "organisation": "Dateline", "place": "Brussels"},
        {"name": "Tom", "place": "Geneva"},
    ],
    "sources": [
        {"name": "NATO", "kind": "official", "verification": "wrong",
         "url": "https://example.org/s"},
        {"name": "A witness", "kind": "eyewitness", "verification": "confirmed"},
    ],
    "topics": ["NATO"],
    "language": "en",
    "occurred_at": "2021-06-14T12:00:00Z",
    "key": True,
}  # fmt: skip
COVERAGE = {
    "slug": SLUG, "title": "The summit", "summary": "Two days.", "language": "en",
    "timezone": "Europe/Brussels",
}  # fmt: skip
BODIES: dict[str, tuple[type, dict[str, Any]]] = {
    "coverage": (commands.OpenCoverage, COVERAGE),
    "description": (commands.DescribeCoverage, {"title": "Day two", "summary": "One day."}),
    "post": (commands.PublishPost, POST),
    "correction": (commands.RevisePost, {"correction": "It was 30."}),
    "withdrawal": (commands.WithdrawPost, {"reason": "It was wrong."}),
    "redaction": (commands.RedactPost, {"reason": "A court order."}),
}
# What a life on the page consists of: a command, its body from those above, the post it is about.
STORY: list[tuple[type, tuple[str, ...], dict[str, Any], int | None]] = [
    (commands.OpenCoverage, ("coverage",), {}, None),
    (commands.DescribeCoverage, (), {"title": "Another", "summary": None}, None),
    (commands.PublishPost, ("post",), {}, 1),
    (commands.PublishPost, ("post",), {"pinned": True}, 2),
    (commands.RevisePost, ("post", "correction"), {"headline": None, "key": False}, 1),
    (commands.PublishPost, ("post",), {}, 3),
    (commands.WithdrawPost, ("withdrawal",), {}, 3),
    (commands.PublishPost, ("post",), {}, 4),
    (commands.RedactPost, ("redaction",), {}, 4),
    (commands.ChangeVerification, (), {"verification": "unconfirmed", "source": 1}, 2),
    (commands.DescribeCoverage, ("description",), {}, None),
]
# Fields that take no free text: what does not fit is refused.
NARROW = {"type", "kind", "verification", "slug", "timezone", "language", "occurred_at", "media"}
INLINE = {"html", "items"}
Path = tuple[str | int, ...]


def leaves(body: Any, path: Path = ()) -> Iterator[Path]:
    """The place of every text in a body."""
    if isinstance(body, str):
        yield path
    elif isinstance(body, dict | list):
        for step, value in body.items() if isinstance(body, dict) else enumerate(body):
            yield from leaves(value, (*path, step))


def with_text(body: Any, path: Path, text: str) -> Any:
    made = msgspec.json.decode(msgspec.json.encode(body))
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = text
    return made


def taken(kind: type, body: dict[str, Any]) -> Command | None:
    """The command as the API decodes it, if it is not refused."""
    try:
        command = msgspec.json.decode(msgspec.json.encode(body), type=kind)
        if isinstance(command, commands.PublishPost | commands.RevisePost):
            for block in command.blocks or ():
                blocks.clean(block, "")
        if isinstance(command, commands.OpenCoverage):
            coverages.open_(None, command)
    except (msgspec.ValidationError, Invalid):
        return None
    return command


@cache
def filled(name: str, payload: str | None) -> tuple[dict[str, Any], set[Path]]:
    """A body with the payload in every field that takes it, and where those are."""
    kind, body = BODIES[name]
    places = set()
    for path in leaves(body) if payload is not None else ():
        for text in (payload, f"https://example.org/{payload}"):
            if taken(kind, made := with_text(body, path, text)):
                body = made
                places.add(path)
                break
    return body, places


async def surfaces(payload: str | None) -> dict[str, str]:
    """The story told with the payload everywhere, on every kind of page."""
    desk = Desk(MemoryEventLog())
    for kind, names, more, post in STORY:
        body = {k: v for name in names for k, v in filled(name, payload)[0].items()} | more
        command = taken(kind, body)
        assert command is not None
        await desk.do(command, post)
    page = await pages.page_of(desk)
    told = {str(post.order): pages.fragments(page, [post])[0] for post in page.posts()}
    middle = page.post(a_post_id(1))
    assert middle
    said = payload or "Words"
    return {
        "live": pages.live(page),
        "older": pages.older(page),
        "post": pages.around(page, middle),
        "front": await pages.front(desk),
        "problem": pages.problem(said, said),
        **told,
    }


def zones(root: Element) -> set[int]:
    """Where somebody's own inline HTML stands: paragraphs and items of lists."""
    found = set()
    for what in root.all("div", class_="what"):
        for one in what.elements:
            if one.tag == "p" and not one.attributes:
                found.add(id(one))
            elif one.tag in ("ol", "ul"):
                found |= {id(item) for item in one.elements}
    return found


def bones(root: Element) -> Skeleton:
    written = zones(root)
    return skeleton(root, lambda one: id(one) in written)


_expected: dict[str, Skeleton] = {}


async def expected() -> dict[str, Skeleton]:
    if not _expected:
        _expected.update({name: bones(read(html)) for name, html in (await surfaces(None)).items()})
    return _expected


@pytest.mark.parametrize("payload", [*TEXTS, *ADDRESSES])
async def test_the_page_keeps_its_shape(payload: str) -> None:
    """In every field at once, the payload adds no element and no attribute to any page."""
    harmless = await expected()
    for name, html in (await surfaces(payload)).items():
        root = read(html)
        assert bones(root) == harmless[name], name
        written = zones(root)
        for element in root:
            check(element)
            if id(element) in written:
                check_inline(element)


def check(element: Element) -> None:
    """Nothing here runs a script or changes the style of the page."""
    for name, value in element.attributes.items():
        assert not name.startswith("on")
        assert name not in ("style", "srcdoc", "formaction", "xlink:href")
        if name in ("href", "src", "action"):
            assert is_safe(value), value
    if element.attributes.get("type") == "application/ld+json":
        (data,) = element.children
        assert not set("<>&") & set(str(data))
    elif element.tag == "script":
        assert (element.attributes["src"], element.text) == ("/static/live.js", "")


def check_inline(written: Element) -> None:
    """Where inline HTML is allowed there is nothing but the subset that is documented."""
    for element in written.elements:
        for one in element:
            assert one.tag in blocks.INLINE_TAGS
            assert set(one.attributes) <= ({"href", "rel"} if one.tag == "a" else set())
            assert one.attributes.get("rel", "noopener nofollow") == "noopener nofollow"
            assert one.attributes.get("href", "http:").startswith(("http:", "https:", "mailto:"))


def is_safe(address: str) -> bool:
    """As browsers read it: without tabs and line feeds, and blank characters around it."""
    plain = "".join(letter for letter in address if letter > " ").lower()
    own = plain.startswith(("/", "#")) and not plain.startswith(("//", "/\\"))
    return own or plain.startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize("payload", [*TEXTS, *ADDRESSES])
async def test_readers_see_what_was_written(payload: str) -> None:
    """What is no HTML is shown letter by letter: nothing is lost, decoded or carried out."""
    body, _ = filled("post", payload)
    command = taken(commands.PublishPost, body)
    desk = await pages.a_desk()
    await desk.do(command, 1)
    article = await pages.the_post(desk)
    shown = article.text
    for written in (body["headline"], body["byline"][0]["name"], body["byline"][1]["place"],
                    body["sources"][0]["name"], body["blocks"][1]["text"],
                    body["blocks"][4]["text"], body["blocks"][6]["caption"]):  # fmt: skip
        assert written in shown
    assert [image.attributes["alt"] for image in article.all("img")] == [
        body["blocks"][6]["alt"],
        *(image["alt"] for image in body["blocks"][7]["images"]),
    ]


@pytest.mark.parametrize("payload", TEXTS)
async def test_another_parser_agrees(payload: str) -> None:
    """A browser's parser finds in each fragment what is written there, and nothing to take out."""
    everything = await surfaces(payload)
    for html in (html for name, html in everything.items() if name.isdigit()):
        root = read(html)
        attributes: dict[str, set[str]] = {}
        for element in root:
            attributes.setdefault(element.tag, set()).update(element.attributes)
        cleaned = nh3.clean(
            html,
            tags=set(attributes) - {""},
            attributes=attributes,
            link_rel=None,
            url_schemes={"http", "https", "mailto"},
            clean_content_tags=set(),
        )
        again = read(cleaned)
        assert skeleton(again) == skeleton(root)
        assert again.text == root.text


@pytest.mark.parametrize("name", BODIES)
def test_the_payloads_come_through(name: str) -> None:
    """The fields under test do take the payloads: the other tests are not empty."""
    _, body = BODIES[name]
    fields = {
        path for path in leaves(body) if not (NARROW | INLINE) & set(path) and path[-1] != "url"
    }
    assert fields
    for payload in (text for text in TEXTS if "\n" not in text and "\t" not in text):
        assert fields <= filled(name, payload)[1]


@pytest.mark.parametrize("payload", [text for text in ADDRESSES if "://[" not in text])
@pytest.mark.parametrize(
    "path", [path for path in leaves(POST) if path[-1] in ("url", "media")], ids=str
)
def test_an_address_leads_to_the_web_or_is_refused(path: Path, payload: str) -> None:
    """Where an address is asked for, only http and https get in, and media are names of files."""
    if taken(commands.PublishPost, with_text(POST, path, payload)):
        assert path[-1] == "url"
        assert payload.startswith("https://example.org/'")


@pytest.mark.parametrize("payload", ADDRESSES)
def test_a_link_within_text_leads_to_the_web_or_nowhere(payload: str) -> None:
    """Inline links keep their words and lose any address that is not http, https or mailto."""
    quoted = payload.replace("&", "&amp;").replace('"', "&quot;")
    for html in (f'<a href="{quoted}">here</a>', f'<a href="{payload}">here</a>'):
        paragraph = read(f"<p>{blocks.sanitise(html)}</p>").one("p")
        assert "here" in paragraph.text
        check_inline(paragraph)


@pytest.mark.parametrize("address", ["/", "?before=2", "#stream", "more.html", "//example.org"])
def test_a_link_within_text_is_the_same_everywhere(address: str) -> None:
    """An address that would mean another place on another page is taken out."""
    assert "href" not in blocks.sanitise(f'<a href="{address}">here</a>')
