"""Deltas: the same changes as on the stream, as documents that any cache may keep."""

import msgspec
import pytest

from integration.pages import read_page
from integration.readers import IMMUTABLE, OPEN, Change, Delta, Stream, View, check_delta
from integration.server import Server
from integration.wire import Answer, connected, fetch
from integration.writers import Desk

pytestmark = pytest.mark.anyio


async def test_a_full_range_never_changes(server: Server, token: str, slug: str) -> None:
    """A full range of 64 may be kept for ever, and has the same bytes whatever comes later."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    post = await desk.publish("First report")
    await desk.publish_until(64)
    first = await fetch(server.port, f"/live/{slug}/changes/0")
    middle = await fetch(server.port, f"/live/{slug}/changes/20")
    assert first.headers["cache-control"] == f"public, {IMMUTABLE}"
    assert middle.headers["cache-control"] == f"public, {IMMUTABLE}"
    assert first.json()["seq"] == 64
    assert first.json()["next"] == f"/live/{slug}/changes/64"
    await desk.revise(post["id"], 1, correction="It was the second report")
    await desk.act(post["id"], "pin")
    await desk.act(post["id"], "withdraw", reason="It was wrong")
    await desk.publish_until(200)
    server.restart()
    assert (await fetch(server.port, f"/live/{slug}/changes/0")).body == first.body
    assert (await fetch(server.port, f"/live/{slug}/changes/20")).body == middle.body


async def test_the_open_tail_is_kept_for_a_second(server: Server, token: str, slug: str) -> None:
    """The last range is fresh for a second and can be asked for by its ETag."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    await desk.publish("First report")
    target = f"/live/{slug}/changes/0"
    tail = await fetch(server.port, target)
    assert tail.headers["cache-control"] == f"public, {OPEN}"
    assert tail.headers["content-type"].startswith("application/json")
    assert tail.json()["next"] is None
    same = await fetch(server.port, target, headers={"if-none-match": tail.headers["etag"]})
    assert (same.status, same.body) == (304, b"")
    assert same.headers["etag"] == tail.headers["etag"]
    assert same.headers["cache-control"] == tail.headers["cache-control"]
    await desk.publish("Second report")
    more = await fetch(server.port, target, headers={"if-none-match": tail.headers["etag"]})
    assert more.status == 200
    assert more.headers["etag"] != tail.headers["etag"]
    assert more.json()["seq"] == 4


async def test_nothing_new_is_an_empty_delta(server: Server, token: str, slug: str) -> None:
    """Who has everything gets no changes and keeps the seq."""
    await Desk(server.port, token, slug).open()
    delta = (await fetch(server.port, f"/live/{slug}/changes/2")).json()
    assert delta == {"seq": 2, "next": None, "changes": []}


async def test_a_delta_has_the_last_state_of_each_post(
    server: Server, token: str, slug: str
) -> None:
    """Several changes of a post in one range come as one, where the last of them was."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    post = await desk.publish("One dead")
    other = await desk.publish("Wind from the west")
    await desk.revise(post["id"], 1, blocks=[{"type": "paragraph", "html": "Two injured"}])
    last = await desk.act(post["id"], "pin")
    delta = (await fetch(server.port, f"/live/{slug}/changes/0")).json()
    changes = [(change["seq"], change.get("post")) for change in delta["changes"]]
    assert changes == [(2, None), (other["seq"], other["id"]), (last["seq"], post["id"])]
    newest = delta["changes"][-1]
    assert newest["pinned"] is True
    assert newest["revision"] == 2
    assert "Two injured" in newest["html"]
    assert "One dead" not in newest["html"]


async def test_stream_and_delta_have_the_same_bytes(server: Server, token: str, slug: str) -> None:
    """A change has one encoding, whichever way it travels."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    await desk.publish_until(70)
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug)
        await stream.until(lambda s: len(s.got) >= 70)
    streamed = {int(event.id): event.data.encode() for event in stream.got}
    for after in (0, 64):
        answer = await fetch(server.port, f"/live/{slug}/changes/{after}")
        for raw in check_delta(answer, slug, after).changes:
            assert bytes(raw) == streamed[msgspec.json.decode(raw, type=Change).seq]


async def test_deltas_lead_to_the_page(server: Server, token: str, slug: str) -> None:
    """Following `next` to the end gives exactly the page's posts."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    posts = [await desk.publish(f"Report {n}", pinned=n % 20 == 0) for n in range(150)]
    for n, post in enumerate(posts[::7]):
        if n % 2:
            await desk.act(post["id"], "withdraw", reason="It was wrong")
        else:
            await desk.revise(post["id"], 1, headline=f"Corrected {n}", correction="A name")
    view = View()
    target: str | None = f"/live/{slug}/changes/0"
    while target:
        delta = _checked(await fetch(server.port, target), slug, view.seq)
        for raw in delta.changes:
            view.put(msgspec.json.decode(raw, type=Change))
        view.seq, target = delta.seq, delta.next
    page = await read_page(server.port, slug)
    assert view.seq == page.seq
    assert view.posts == page.articles
    assert view.ids() == list(page.articles)


@pytest.mark.parametrize("after", ["99", "-1", "abc", "1.5", "99999999999999999999999"])
async def test_a_wrong_cursor_is_refused(server: Server, token: str, slug: str, after: str) -> None:
    """There are no changes after what never was, and no cache keeps that answer."""
    await Desk(server.port, token, slug).open()
    answer = await fetch(server.port, f"/live/{slug}/changes/{after}")
    assert 400 <= answer.status < 500
    assert answer.headers["cache-control"] == "no-store"


def _checked(answer: Answer, slug: str, after: int) -> Delta:
    assert answer.status == 200
    return check_delta(answer, slug, after)
