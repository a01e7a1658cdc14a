"""Another site's player, in a page of ours that allows that one site and nothing else."""

import pytest

from .newsroom import Coverage, Newsroom

TUBE = {"type": "embed", "url": "https://youtu.be/aqz-KE-bpKQ", "title": "A <b>film</b>"}
CHART = {
    "type": "embed",
    "url": "https://chart.example/7",
    "title": "A chart",
    "frame": "https://frame.chart.example/7?a=1&b=2",
}
WORDS = {"type": "paragraph", "html": "See for yourself."}


def published(coverage: Coverage, *blocks: object) -> tuple[str, str]:
    """The id of a post with these blocks, and where its players stand."""
    post = coverage.publish(blocks=list(blocks))["id"]
    return post, f"/live/{coverage.slug}/p/{post}/player"


def test_it_allows_one_site(newsroom: Newsroom, coverage: Coverage) -> None:
    """The address that the page names shows that block's player; the policy names its host."""
    _, players = published(coverage, WORDS, TUBE, CHART)
    page = newsroom.get(f"/live/{coverage.slug}")
    assert f'data-frame="{players}/1"' in page.text
    assert f'data-frame="{players}/2"' in page.text
    assert "frame-src 'self';" in page.headers["content-security-policy"]
    for number, host, frame in (
        (1, "www.youtube-nocookie.com", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        (2, "frame.chart.example", "https://frame.chart.example/7?a=1&amp;b=2"),
    ):
        answer = newsroom.get(f"{players}/{number}")
        assert answer.status_code == 200
        policy = answer.headers.get_list("content-security-policy")
        assert len(policy) == 1
        sources = dict(part.split(" ", 1) for part in policy[0].split("; "))
        assert sources["default-src"] == "'none'"
        assert sources["frame-src"] == f"https://{host}"
        assert sources["frame-ancestors"] == "'self'"
        assert answer.text.count("<iframe") == 1
        assert f'src="{frame}"' in answer.text
        assert "allow-top-navigation" not in answer.text
        assert "<b>" not in answer.text


def test_where_nothing_plays(newsroom: Newsroom, coverage: Coverage) -> None:
    """A block that is no embed, one that there is not, and an unknown post are 404."""
    _, players = published(coverage, WORDS, {"type": "embed", "url": "https://example.org/"})
    for path in (f"{players}/0", f"{players}/1", f"{players}/2", f"{players}/-1", f"{players}/x"):
        assert newsroom.get(path).status_code == 404, path
    assert newsroom.get(f"/live/{coverage.slug}/p/nothing/player/0").status_code == 404


@pytest.mark.parametrize(
    ("action", "body", "status"), [("withdraw", {"reason": "Not so."}, 404), ("redact", None, 410)]
)
def test_it_goes_with_its_post(
    newsroom: Newsroom, coverage: Coverage, action: str, body: object, status: int
) -> None:
    """What was withdrawn or taken down plays nothing any more."""
    post, players = published(coverage, TUBE)
    assert newsroom.get(f"{players}/0").status_code == 200
    coverage.act(post, action, body)
    assert newsroom.get(f"{players}/0").status_code == status


@pytest.mark.parametrize(
    "frame",
    [
        "http://frame.example/7",
        "https://127.0.0.1/7",
        "https://frame.example:8443/7",
        "https://me@frame.example/7",
        "https://frame.example; script-src 'unsafe-inline'/7",
        "javascript:x()",
    ],
)
def test_what_is_no_player(newsroom: Newsroom, coverage: Coverage, frame: str) -> None:
    """Only a whole https address with a host's name is taken as one; else the field is told."""
    sent = {"blocks": [{**CHART, "frame": frame}], "byline": [{"name": "Ada Peeters"}]}
    answer = newsroom.send("POST", f"{coverage.path}/posts", sent)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/blocks/0/frame"
