"""Posts get their cards from a real provider, and only as long as they want them."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from builders import SLUG, Desk, a_post, a_post_id
from dateline.desk.writing import meet
from dateline.domain.blocks import Embed, Paragraph
from dateline.domain.commands import ChangeStatus, RedactPost, RevisePost, WithdrawPost
from dateline.domain.posts import Post
from dateline.enrich import pictures
from dateline.enrich.cards import Cards
from dateline.enrich.embeds import MACHINE, Embeds
from dateline.enrich.fetching import Fetcher
from dateline.store.log import EventLog
from dateline.store.sqlite import open_log

from .provider import Provider, providing

Check = Callable[[Desk, Embeds, Provider], Awaitable[None]]


def a_picture(width: int = 2000, height: int = 1000) -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    Image.new("RGB", (width, height), "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as made:
        made.say(
            "/video",
            '<link rel="alternate" type="application/json+oembed" href="/oembed?of=video">'
            "<title>The page</title>",
        )
        told = {
            "title": "A <b>storm</b>\u202e over\nGhent",
            "author_name": "Ada",
            "provider_name": "Tube",
            "thumbnail_url": "/thumb.jpg",
            "html": '<script>x()</script><iframe src="https://tube.example/7"></iframe>',
        }
        made.say("/oembed", json.dumps(told), "application/json")
        made.say("/thumb.jpg", a_picture(), "image/jpeg")
        yield made


def during(folder: Path, provider: Provider, check: Check) -> None:
    """Run a check with a newsroom's log that has a live coverage."""

    async def run() -> None:
        async with open_log(folder) as log:
            desk = Desk(log)
            await desk.open()
            await desk.do(ChangeStatus("live"))
            await check(desk, following(log, folder, provider), provider)

    asyncio.run(run())


def following(
    log: EventLog, folder: Path, provider: Provider, secret: bytes = b"of this house"
) -> Embeds:
    fetcher = Fetcher(allowed=[("127.0.0.1", provider.port)])

    async def own() -> bytes:
        return secret

    return Embeds(
        log, fetcher, folder / "media", secret=own, cards=Cards(fetcher), pauses=(0.0, 0.0)
    )


def test_nobody_guesses_the_name_of_a_picture(tmp_path: Path) -> None:
    """What is everybody's picture has another name in each house: nobody who has it too can ask a
    server whether a rehearsal shows it."""
    names = []
    for secret in (b"one", b"other", b"one"):
        name, _ = pictures.keep(a_picture(), tmp_path, secret)
        names.append(name)
    assert names[0] == names[2] != names[1]


async def the_post(desk: Desk) -> Post:
    post = (await meet(desk.log, SLUG, a_post_id())).post
    assert post
    return post


def video(provider: Provider) -> Embed:
    return Embed(provider.url("/video"))


def test_card(tmp_path: Path, provider: Provider) -> None:
    """The post is revised, once, by a machine: title, author, provider and our own picture."""

    async def check(desk: Desk, embeds: Embeds, provider: Provider) -> None:
        await embeds.catch_up()
        await desk.do(a_post(blocks=(Paragraph("Look."), video(provider))), 1)
        await embeds.catch_up()
        post = await the_post(desk)
        card = post.content.blocks[1]
        assert isinstance(card, Embed)
        assert (card.title, card.author, card.provider) == (
            "A <b>storm</b> over Ghent", "Ada", "Tube",
        )  # fmt: skip
        assert (card.frame, card.tall) == ("https://tube.example/7", False)
        assert card.picture
        with Image.open(tmp_path / "media" / card.picture) as picture:
            assert (picture.format, picture.size) == ("WEBP", (1200, 600))
            assert not picture.getexif()
        assert (post.revision, post.corrections) == (2, ())
        last = (await desk.log.history(SLUG, [post.id])).records[-1]
        assert last.actor == MACHINE
        asked = len(provider.asked)
        await embeds.catch_up()
        # A start looks back, and finds that all is done.
        await following(desk.log, tmp_path, provider).catch_up()
        assert len(provider.asked) == asked
        assert (await the_post(desk)).revision == 2

    during(tmp_path, provider, check)


def test_published_while_down(tmp_path: Path, provider: Provider) -> None:
    """What was published shortly before the start gets its card."""

    async def check(desk: Desk, embeds: Embeds, provider: Provider) -> None:
        desk.now = datetime.now(UTC)
        await desk.do(a_post(blocks=(video(provider),)), 1)
        await embeds.catch_up()
        assert (await the_post(desk)).revision == 2

    during(tmp_path, provider, check)


def test_open_graph(tmp_path: Path, provider: Provider) -> None:
    """A page without oEmbed says itself what it is."""
    provider.say(
        "/story",
        "<title>No</title><meta content='A &quot;storm&quot;' property=og:title>"
        '<meta property="og:site_name" content="The Lantern">',
    )

    async def check(desk: Desk, embeds: Embeds, provider: Provider) -> None:
        await embeds.catch_up()
        await desk.do(a_post(blocks=(Embed(provider.url("/story")),)), 1)
        await embeds.catch_up()
        assert (await the_post(desk)).content.blocks == (
            Embed(provider.url("/story"), 'A "storm"', provider="The Lantern"),
        )

    during(tmp_path, provider, check)


MEANWHILE = {
    "withdrawn": WithdrawPost("It was about another storm."),
    "taken down": RedactPost(),
    "without it": RevisePost(blocks=(Paragraph("No video."),)),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_gone_meanwhile(tmp_path: Path, provider: Provider, what: str) -> None:
    """A post that does not want its card any more stays as it is, and no picture is left."""
    during(tmp_path, provider, meanwhile(MEANWHILE[what], check_gone(tmp_path)))


def test_revised_meanwhile(tmp_path: Path, provider: Provider) -> None:
    """What somebody has written meanwhile stays, with the card in it."""

    async def then(desk: Desk) -> None:
        post = await the_post(desk)
        card = post.content.blocks[0]
        assert (post.revision, post.content.headline) == (3, "New words")
        assert isinstance(card, Embed)
        assert card.title

    during(tmp_path, provider, meanwhile(RevisePost(headline="New words"), then))


def check_gone(folder: Path) -> Callable[[Desk], Awaitable[None]]:
    async def then(desk: Desk) -> None:
        post = await the_post(desk)
        assert post.revision == 2
        assert not any(isinstance(one, Embed) and one.title for one in post.content.blocks)
        assert list((folder / "media").iterdir()) == []

    return then


def meanwhile(command: object, then: Callable[[Desk], Awaitable[None]]) -> Check:
    """Give the command while the provider is being asked for the picture."""

    async def check(desk: Desk, embeds: Embeds, provider: Provider) -> None:
        loop = asyncio.get_running_loop()
        done = threading.Event()

        def before(path: str) -> None:
            if path == "/thumb.jpg":
                asyncio.run_coroutine_threadsafe(
                    desk.do(command, 1),  # type: ignore[arg-type]
                    loop,
                ).result(10)
                done.set()

        provider.before = before
        await embeds.catch_up()
        await desk.do(a_post(blocks=(video(provider),)), 1)
        await embeds.catch_up()
        assert done.is_set()
        await then(desk)

    return check


def test_failing(tmp_path: Path, provider: Provider) -> None:
    """A provider that fails is asked three times; then the post keeps its link."""
    provider.pages["/video"] = (503, {}, b"")

    async def check(desk: Desk, embeds: Embeds, provider: Provider) -> None:
        await embeds.catch_up()
        await desk.do(a_post(blocks=(video(provider),)), 1)
        for _ in range(5):
            await embeds.catch_up()
        assert len(provider.asked) == 3
        assert (await the_post(desk)).revision == 1

    during(tmp_path, provider, check)


@pytest.mark.parametrize(
    "body",
    [
        b"<svg onload=x()>",
        b"GIF89a" + b"\xff" * 1000,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\2\0\0\0",
        b"",
    ],
    ids=["svg", "broken", "bomb", "empty"],
)
def test_no_picture(tmp_path: Path, provider: Provider, body: bytes) -> None:
    """What is no picture is left out; the words come all the same."""
    provider.say("/thumb.jpg", body, "image/png")

    async def check(desk: Desk, embeds: Embeds, provider: Provider) -> None:
        await embeds.catch_up()
        await desk.do(a_post(blocks=(video(provider),)), 1)
        await embeds.catch_up()
        card = (await the_post(desk)).content.blocks[0]
        assert isinstance(card, Embed)
        assert card.title
        assert card.picture is None

    during(tmp_path, provider, check)
