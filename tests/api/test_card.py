"""The picture that is drawn of a coverage and of each update."""

import io

import pytest
from PIL import Image

from .newsroom import Coverage, Newsroom


def picture(newsroom: Newsroom, path: str) -> Image.Image:
    answer = newsroom.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def reds(image: Image.Image) -> int:
    """How many points are of the live red, or near it."""
    points = image.tobytes()
    triples = zip(points[::3], points[1::3], points[2::3], strict=True)
    return sum(r > 150 and g < 60 and b < 70 for r, g, b in triples)


def test_a_coverage(newsroom: Newsroom, coverage: Coverage) -> None:
    """A coverage's picture has the size that its page tells, and red only while it is live."""
    path = f"/live/{coverage.slug}/card.png"
    live = picture(newsroom, path)
    assert live.size == (1200, 630)
    assert reds(live) > 100
    coverage.set_status("ended")
    assert reds(picture(newsroom, path)) == 0


@pytest.mark.parametrize(
    "headline",
    ["The dike holds", "Łódź and Kraków wait 🌧", "عاصفة فوق غنت", "word " * 60, "w" * 250, "嵐"],
)
def test_an_update(newsroom: Newsroom, coverage: Coverage, headline: str) -> None:
    """Whatever its headline is written in, and however long it is, there is a picture."""
    post = coverage.publish(headline=headline[:190].strip())["id"]
    assert picture(newsroom, f"/live/{coverage.slug}/p/{post}/card.png").size == (1200, 630)


def dark(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many points of ink there are in a part of it."""
    return sum(image.crop(box).convert("L").histogram()[:80])


def test_arabic(newsroom: Newsroom) -> None:
    """A coverage in Arabic has its title, joined, at the right edge; its dot is on the left."""
    coverage = newsroom.open(language="ar", title="عاصفة فوق غنت")
    image = picture(newsroom, f"/live/{coverage.slug}/card.png")
    left, right = (0, 150, 600, 300), (600, 150, 1200, 300)
    assert dark(image, right) > 2000
    assert dark(image, left) < dark(image, right) / 2
    assert reds(image.crop((0, 0, 600, 110))) > 100
    assert reds(image.crop((600, 0, 1200, 110))) == 0


def test_arabic_within_another_language(newsroom: Newsroom) -> None:
    """Words in Arabic on an English card are written as well."""
    plain = newsroom.open(title="The storm over Ghent")
    mixed = newsroom.open(title="The storm عاصفة over Ghent")
    title = (0, 150, 1200, 320)
    without, with_it = (
        dark(picture(newsroom, f"/live/{one.slug}/card.png"), title) for one in (plain, mixed)
    )
    assert with_it > without + 300


def test_kept(newsroom: Newsroom, coverage: Coverage) -> None:
    """Who has it gets 304 until what it shows changes; other updates change nothing."""
    post = coverage.publish(headline="The dike holds")["id"]
    path = f"/live/{coverage.slug}/p/{post}/card.png"
    first = newsroom.get(path)
    assert first.headers["cache-control"] == "public, max-age=300"
    coverage.publish()
    etag = first.headers["etag"]
    assert newsroom.get(path, **{"if-none-match": etag}).status_code == 304
    coverage.act(post, "withdraw", {"reason": "Not so."})
    withdrawn = newsroom.get(path, **{"if-none-match": etag})
    assert withdrawn.status_code == 200
    assert withdrawn.content != first.content


def test_after_a_takedown(newsroom: Newsroom, coverage: Coverage) -> None:
    """What was taken down has no picture any more; what never was has none either."""
    post = coverage.publish(headline="secret")["id"]
    path = f"/live/{coverage.slug}/p/{post}/card.png"
    assert newsroom.get(path).status_code == 200
    coverage.act(post, "redact")
    assert newsroom.get(path).status_code == 410
    assert newsroom.get(f"/live/{coverage.slug}/p/nothing/card.png").status_code == 404
    assert newsroom.get("/live/nothing/card.png").status_code == 404
