"""The order of the pinned posts over HTTP: set, read, refused with a pointer, as it was before."""

import itertools
import re
from datetime import UTC, datetime

import pytest

from .newsroom import Coverage, Newsroom
from .test_once import a_key

NOBODY = "0179f8e0-0000-7000-8000-000000000001"


@pytest.fixture
def ids(coverage: Coverage) -> list[str]:
    """Three pinned posts as they stand, and one that is not pinned."""
    posts = [coverage.publish(pinned=True)["id"] for _ in range(3)]
    return [*posts[::-1], coverage.publish()["id"]]


def standing(page: str) -> list[str]:
    """The pinned posts of a page, from top to bottom."""
    return re.findall(r'<article id="p-([^"]+)"[^>]* data-pinned', page)


def test_an_order_is_set_and_read(newsroom: Newsroom, coverage: Coverage, ids: list[str]) -> None:
    """API, page, embed and API once more show it; the first one is on top."""
    path = f"{coverage.path}/pins"
    assert newsroom.get(path).json()["posts"] == ids[:3]
    wanted = [ids[1], ids[2], ids[0]]
    answer = newsroom.send("PUT", path, {"posts": wanted})
    url = f"/live/{coverage.slug}#pinned"
    assert answer.status_code == 200
    assert answer.json() == {"slug": coverage.slug, "seq": coverage.seq, "url": url}
    assert newsroom.get(path).json() == {"seq": coverage.seq, "posts": wanted, "url": url}
    for page in (f"/live/{coverage.slug}", f"/embed/{coverage.slug}"):
        assert standing(newsroom.get(page).text) == wanted
    assert newsroom.send("PUT", path, {"posts": wanted}).json() == answer.json()


def test_each_moment_has_its_own(newsroom: Newsroom, coverage: Coverage, ids: list[str]) -> None:
    """The page as it was shows the order of that moment."""
    before = datetime.now(UTC).isoformat()
    newsroom.send("PUT", f"{coverage.path}/pins", {"posts": [ids[2], ids[0]]})
    between = datetime.now(UTC).isoformat()
    coverage.act(ids[2], "unpin")
    for moment, expected in ((before, ids[:3]), (between, [ids[1], ids[2], ids[0]])):
        page = newsroom.client.get(f"/live/{coverage.slug}", params={"at": moment})
        assert standing(page.text) == expected
    assert standing(newsroom.get(f"/live/{coverage.slug}").text) == [ids[1], ids[0]]


def test_stream_and_delta_have_the_same(
    newsroom: Newsroom, coverage: Coverage, ids: list[str]
) -> None:
    """One frame of kind `pins` with the ids, and nothing about the posts themselves."""
    seq = coverage.seq
    newsroom.send("PUT", f"{coverage.path}/pins", {"posts": ids[:3]})
    delta = newsroom.get(f"/live/{coverage.slug}/changes/{seq}").json()
    (frame,) = delta["changes"]
    time = frame.pop("time")
    assert frame == {"seq": seq + 1, "kind": "pins", "posts": ids[:3]}
    coverage.set_status("ended")
    streamed = newsroom.get(f"/live/{coverage.slug}/stream?after={seq}").text
    assert f'data:{{"seq":{seq + 1},"time":"{time}","kind":"pins","posts":["{ids[0]}"' in streamed


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (lambda ids: {"posts": [ids[0], ids[3]]}, "#/posts/1"),
        (lambda ids: {"posts": [ids[0], NOBODY]}, "#/posts/1"),
        (lambda ids: {"posts": [ids[0], ids[1], ids[0]]}, "#/posts/2"),
        (lambda _: {"posts": ["briefing"]}, "#/posts/0"),
        (lambda ids: {"posts": ids[0]}, "#/posts"),
        (lambda _: {"posts": [NOBODY] * 101}, "#/posts"),
        (lambda ids: {"posts": ids[:1], "before": ids[1]}, "#/before"),
        (lambda ids: {"posts": ids[:1], "seen": ids[1]}, "#/seen"),
        (lambda ids: {"posts": ids[:1], "seen": [NOBODY] * 2}, "#/seen/1"),
    ],
)
def test_what_is_no_order(
    newsroom: Newsroom, coverage: Coverage, ids: list[str], body: object, pointer: str
) -> None:
    """A post that is not pinned, not there or named twice, and what is no list of ids at all: 422
    with a pointer, and nothing has changed."""
    seq = coverage.seq
    answer = newsroom.send("PUT", f"{coverage.path}/pins", body(ids))  # type: ignore[operator]
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert coverage.seq == seq


def test_a_post_of_another_coverage(newsroom: Newsroom, coverage: Coverage, ids: list[str]) -> None:
    """It can't be put among these, pinned though it is there."""
    other = newsroom.open().publish(pinned=True)["id"]
    answer = newsroom.send("PUT", f"{coverage.path}/pins", {"posts": [ids[0], other]})
    assert answer.json()["errors"][0]["pointer"] == "#/posts/1"


def test_sent_again(newsroom: Newsroom, coverage: Coverage, ids: list[str]) -> None:
    """With its key it happens once, also when another order was set meanwhile."""
    path, key = f"{coverage.path}/pins", a_key()
    first = newsroom.send("PUT", path, {"posts": [ids[2]]}, key=key)
    newsroom.send("PUT", path, {"posts": [ids[1]]})
    seq = coverage.seq
    assert newsroom.send("PUT", path, {"posts": [ids[2]]}, key=key).content == first.content
    assert coverage.seq == seq


def test_two_at_once(newsroom: Newsroom, coverage: Coverage, ids: list[str]) -> None:
    """Of two who move what they have both seen, the second is told what stands there now; the first
    one may send theirs again."""
    path, seen = f"{coverage.path}/pins", ids[:3]
    first, second = [ids[1], ids[0], ids[2]], [ids[2], ids[0], ids[1]]
    key = a_key()
    body = {"posts": first, "seen": seen}
    answer = newsroom.send("PUT", path, body, key=key)
    assert answer.status_code == 200
    seq = coverage.seq
    refused = newsroom.send("PUT", path, {"posts": second, "seen": seen})
    assert refused.status_code == 412
    assert refused.json()["type"] == "urn:dateline:stale"
    assert refused.json()["current"] == newsroom.get(path).json()
    assert refused.json()["current"]["posts"] == first
    assert newsroom.send("PUT", path, body, key=key).content == answer.content
    assert coverage.seq == seq
    again = newsroom.send("PUT", path, {"posts": second, "seen": first})
    assert again.status_code == 200
    assert newsroom.get(path).json()["posts"] == second


def test_an_order_upon_another(newsroom: Newsroom, coverage: Coverage, ids: list[str]) -> None:
    """Filed one upon the other without a network, both are carried out."""
    path = f"{coverage.path}/pins"
    orders = [ids[:3], [ids[1], ids[0], ids[2]], [ids[1], ids[2], ids[0]]]
    for seen, posts in itertools.pairwise(orders):
        assert newsroom.send("PUT", path, {"posts": posts, "seen": seen}).status_code == 200
    assert newsroom.get(path).json()["posts"] == orders[-1]


def test_where_there_is_nothing(newsroom: Newsroom, coverage: Coverage) -> None:
    """No coverage: 404. No pins: an empty list, and an order of nothing is no event."""
    for method, body in (("GET", None), ("PUT", {"posts": []})):
        answer = newsroom.send(method, "/api/coverages/no-such-coverage/pins", body)
        assert answer.status_code == 404
    seq = coverage.seq
    assert newsroom.get(f"{coverage.path}/pins").json()["posts"] == []
    assert newsroom.send("PUT", f"{coverage.path}/pins", {"posts": []}).json()["seq"] == seq
