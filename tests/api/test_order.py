"""Which posts a page shows, in both orders, by its address."""

import re

import pytest

from .newsroom import Coverage, Newsroom

PER_PAGE = 30


@pytest.fixture
def many(newsroom: Newsroom) -> tuple[Coverage, list[str]]:
    """Forty posts; the ids, oldest first."""
    coverage = newsroom.open()
    return coverage, [coverage.publish(headline=f"Update {n}.")["id"] for n in range(40)]


def shown(newsroom: Newsroom, path: str) -> list[str]:
    return re.findall(r'<article id="p-([^"]+)"', newsroom.get(path).text)


def test_newest_first(newsroom: Newsroom, many: tuple[Coverage, list[str]]) -> None:
    """Unless asked for otherwise the newest post comes first; `order=newest` says the same."""
    coverage, ids = many
    path = f"/live/{coverage.slug}"
    assert shown(newsroom, path) == ids[: -PER_PAGE - 1 : -1]
    assert shown(newsroom, f"{path}?order=newest") == shown(newsroom, path)


def test_oldest_first(newsroom: Newsroom, many: tuple[Coverage, list[str]]) -> None:
    """The first post comes first; `after` and `before` go on and back, as the page's links do."""
    coverage, ids = many
    path = f"/live/{coverage.slug}?order=oldest"
    page = newsroom.get(path).text
    assert shown(newsroom, path) == ids[:PER_PAGE]
    assert 'rel="prev"' not in page
    on = re.search(r'<link rel="next" href="([^"]+)"', page)
    assert on
    path = on[1].replace("&amp;", "&")
    page = newsroom.get(path).text
    assert shown(newsroom, path) == ids[PER_PAGE:]
    assert 'rel="next"' not in page
    assert f'<link rel="prev" href="/live/{coverage.slug}?order=oldest"' in page
    order = newsroom.get(f"/api/coverages/{coverage.slug}/posts/{ids[35]}").json()["order"]
    path = f"/live/{coverage.slug}?order=oldest&before={order}"
    assert shown(newsroom, path) == ids[5:35]


def test_newer_than_one(newsroom: Newsroom, many: tuple[Coverage, list[str]]) -> None:
    """`after` in the newest order shows the posts that came next, newest first."""
    coverage, ids = many
    order = newsroom.get(f"/api/coverages/{coverage.slug}/posts/{ids[4]}").json()["order"]
    assert shown(newsroom, f"/live/{coverage.slug}?after={order}") == ids[34:4:-1]


def test_after_the_last(newsroom: Newsroom, many: tuple[Coverage, list[str]]) -> None:
    """Where nothing has come after a post yet, a link leads back to it."""
    coverage, _ = many
    page = newsroom.get(f"/live/{coverage.slug}?order=oldest&after={coverage.seq}").text
    assert "<article" not in page
    assert '<link rel="prev"' in page
    assert 'data-head="1"' in page


@pytest.mark.parametrize("query", ["order=sideways", "after=x", "before=-1"])
def test_what_is_no_order(newsroom: Newsroom, query: str) -> None:
    """What can't be meant is answered with the next step."""
    answer = newsroom.get(f"/live/{newsroom.open().slug}?{query}")
    assert answer.status_code == 400
    assert "newest page" in answer.text
