"""What machines are given, held against the standards by tools that are not ours."""

from pathlib import Path

import extruct
import pytest
from lxml import etree

from builders import Desk, a_byline, a_paragraph, a_post, a_source, an_image
from dateline.domain.commands import ChangeStatus, RedactPost, RevisePost, WithdrawPost
from dateline.render.entries import Feed
from dateline.render.feeds import atom
from unit.render import pages

pytestmark = pytest.mark.anyio
ORIGIN = "https://live.example.org"
ATOM = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@pytest.fixture
async def desk() -> Desk:
    """A coverage in which all that a feed tells of has happened."""
    desk = await pages.a_desk(summary="Two days.")
    await desk.do(ChangeStatus("live"))
    picture = (a_paragraph("It <b>began</b>."), an_image())
    for n, post in enumerate(
        (
            a_post(headline="One", blocks=picture, sources=(a_source(),)),
            a_post(headline="Two", byline=(a_byline(name="Ana Reyes"), a_byline())),
            a_post(headline="Three", topics=("Cyber", "Ukraine & Russia")),
            a_post(headline="Four"),
        ),
        1,
    ):
        await desk.do(post, n)
    await desk.do(RevisePost(headline="One, at ten", correction="At ten, not nine."), 1, seen=1)
    await desk.do(WithdrawPost(reason="Of another summit."), 2)
    await desk.do(RedactPost(), 4)
    return desk


async def test_atom_by_its_grammar(desk: Desk) -> None:
    """A feed with a correction, a withdrawal and a takedown is valid Atom with a tombstone."""
    page = await pages.page_of(desk)
    posts = page.listed(before=page.seq + 1, limit=100)
    feed = Feed(pages.coverage_of(page), posts, page.redacted(limit=100), ORIGIN, None)
    found = etree.fromstring(atom(feed))
    ATOM.assertValid(found)
    assert len(found.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")) == 1
    # The grammar is one that can say no.
    found.remove(found.find("{http://www.w3.org/2005/Atom}id"))
    assert not ATOM.validate(found)


async def test_what_a_search_engine_extracts(desk: Desk) -> None:
    """A crawler finds the live blog with its updates, and what a card for sharing needs."""
    page = await pages.page_of(desk)
    html = pages.live(page, origin=ORIGIN)
    found = extruct.extract(html, base_url=ORIGIN, syntaxes=["json-ld", "opengraph"])
    (blog,) = found["json-ld"]
    assert blog["@type"] == "LiveBlogPosting"
    assert blog["coverageStartTime"]
    assert {one["@type"] for one in blog["liveBlogUpdate"]} == {"BlogPosting"}
    told = {one["headline"]: one for one in blog["liveBlogUpdate"]}
    assert told["One, at ten"]["datePublished"] < told["One, at ten"]["dateModified"]
    assert "Four" not in str(blog)
    (card,) = found["opengraph"]
    properties = dict(card["properties"])
    assert {"og:title", "og:url", "og:image", "og:type", "og:description"} <= set(properties)
    assert properties["og:url"].startswith(f"{ORIGIN}/live/")
