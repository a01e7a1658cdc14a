"""What a reader has missed, from the seq that they have seen."""

from .newsroom import Newsroom


def test_what_came_after(newsroom: Newsroom) -> None:
    """Updates and key events after a seq are counted; the oldest of them is named."""
    coverage = newsroom.open()
    first = coverage.publish()
    path = f"/live/{coverage.slug}"
    second = coverage.publish(headline="A turn", key=True)
    coverage.publish()
    answer = newsroom.get(f"{path}/since/{first['seq']}")
    assert answer.json() == {
        "seq": coverage.seq,
        "count": 2,
        "keys": 1,
        "first": f"{path}/p/{second['id']}",
    }
    assert answer.headers["cache-control"] == "public, max-age=1"


def test_who_has_seen_everything(newsroom: Newsroom) -> None:
    """A correction of what was seen is nothing new, and a seq ahead of the log no error."""
    coverage = newsroom.open()
    post = coverage.publish()
    seen = coverage.seq
    coverage.revise(post["id"], {"correction": "Later.", "headline": "Later"})
    for seq in (seen, 10**12):
        told = newsroom.get(f"/live/{coverage.slug}/since/{seq}").json()
        assert told == {"seq": coverage.seq, "count": 0, "keys": 0, "first": None}


def test_what_was_taken_down_is_not_missed(newsroom: Newsroom) -> None:
    """A post that is gone is not counted."""
    coverage = newsroom.open()
    seen = coverage.seq
    post = coverage.publish(headline="A libel", key=True)
    coverage.act(post["id"], "redact")
    assert newsroom.get(f"/live/{coverage.slug}/since/{seen}").json()["count"] == 0
    assert newsroom.get(f"/live/{coverage.slug}/since/{seen}").json()["keys"] == 0


def test_what_is_no_seq(newsroom: Newsroom) -> None:
    """An address that names no seq, or no coverage, is no address."""
    coverage = newsroom.open()
    assert newsroom.get(f"/live/{coverage.slug}/since/now").status_code == 404
    assert newsroom.get("/live/there-is-none/since/1").status_code == 404
