"""A newsroom's own look: the example of the documents, worn by a real server."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from integration.server import serving

EXAMPLE = Path(__file__).parents[2] / "docs" / "themes" / "evening"

SETTINGS = {"DATELINE_THEME": str(EXAMPLE), "DATELINE_NEWSROOM": "The Evening Post & Sons"}


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    data = tmp_path_factory.mktemp("theme") / "data"
    with (
        serving(data, settings=SETTINGS) as server,
        httpx2.Client(base_url=server.address, timeout=10) as client,
    ):
        made = server.command("coverage", "create", "fair", "The autumn fair", "--live")
        assert made.returncode == 0, made.stderr
        yield client


@pytest.mark.parametrize("path", ["/", "/live/fair", "/search", "/nowhere"])
def test_every_page_wears_it(themed: httpx2.Client, path: str) -> None:
    """Its sheet comes after ours, and its line stands in every foot."""
    page = themed.get(path).text
    assert page.index("/static/page-") < page.index("/theme/theme.css?")
    assert "The Evening Post, Harbour Street 4" in page


@pytest.mark.parametrize(
    "path", ["/", "/live/fair", "/search", "/nowhere", "/live/fair/feed.atom", "/sitemap.xml"]
)
def test_every_page_has_its_name(themed: httpx2.Client, path: str) -> None:
    """Readers and machines know the newsroom by its own name, on each page and in each feed."""
    answer = themed.get(path).text
    assert "The Evening Post &amp; Sons" in answer
    assert "Dateline" not in answer


def test_its_sheet_is_served(themed: httpx2.Client) -> None:
    answer = themed.get("/theme/theme.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.content == (EXAMPLE / "theme.css").read_bytes()


@pytest.mark.parametrize(
    "name", ["templates", "base.html.j2", "..%2fevening%2ftheme.css", "%2e%2e", "none.css"]
)
def test_nothing_else_of_the_folder_is(themed: httpx2.Client, name: str) -> None:
    """Templates are not for browsers, and nothing outside of the folder is."""
    assert themed.get(f"/theme/{name}").status_code == 404


def test_without_a_theme_there_is_none(client: httpx2.Client) -> None:
    assert client.get("/theme/theme.css").status_code == 404
    assert "/theme/" not in client.get("/").text
