"""An uploaded picture comes in the format and width that the screen needs, and moves nothing."""

import httpx2
import pytest

from drawing import a_file
from integration.server import Server
from tus import Tus

from .conftest import Visit
from .newsroom import Coverage, paragraph
from .reading import expect_live

pytestmark = pytest.mark.browser
WORDS = {"caption": "The square at noon", "credit": "T. Maes", "alt": "A square"}
_SHOWN = "image => image.complete && image.currentSrc.split('/').pop()"


@pytest.mark.parametrize(("width", "scale", "expected"), [(390, 1, 480), (1280, 2, 1600)])
def test_only_what_the_screen_needs(
    visit: Visit, server: Server, coverage: Coverage, width: int, scale: int, expected: int
) -> None:
    """Chromium takes the AVIF whose width fits column and screen, that one file and no other; its
    place is kept before it is there."""
    with httpx2.Client(base_url=server.address, timeout=60) as client:
        picture = Tus(client, server.token()).picture(a_file(size=(3000, 2000)))
    image = {"type": "image", "media": picture["media"], **WORDS}
    coverage.publish("The square", blocks=[image, paragraph("It is full.")])
    page = visit(viewport={"width": width, "height": 800}, device_scale_factor=scale)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/media/" in one.url else None)
    page.goto(coverage.path)
    expect_live(page)
    shown = page.locator(".picture img")
    name = page.wait_for_function(_SHOWN, arg=shown.element_handle()).json_value()
    stem = picture["media"].rpartition("-")[0]
    assert name == f"{stem}-{expected}.avif"
    assert [url.rpartition("/")[2] for url in asked] == [name]
    box = shown.bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 1.5) < 0.01
