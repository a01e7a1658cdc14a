"""What other people's pages get of a coverage: who may read it, who may frame it, and what."""

import re

import pytest

from .newsroom import Coverage, Newsroom

ORIGIN = {"origin": "https://paper.example"}


def rules(policy: str) -> dict[str, str]:
    return dict(rule.strip().split(" ", 1) for rule in policy.split(";"))


def test_the_frame(newsroom: Newsroom, coverage: Coverage) -> None:
    """The newest posts, pinned ones first; it may stand anywhere and loads nothing but ours."""
    ids = [coverage.publish(headline=f"Update {n}")["id"] for n in range(4)]
    coverage.act(ids[0], "pin")
    answer = newsroom.get(f"/embed/{coverage.slug}?posts=2", **ORIGIN)
    assert answer.status_code == 200
    assert [one[2:] for one in re.findall(r'<article id="([^"]+)"', answer.text)] == [
        ids[0], ids[3], ids[2],
    ]  # fmt: skip
    policy = rules(answer.headers["content-security-policy"])
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == "'none'"
    assert "frame-src" not in policy
    assert {policy[kind] for kind in ("script-src", "style-src", "img-src", "connect-src")} == {
        "'self'"
    }


def test_how_many(newsroom: Newsroom, coverage: Coverage) -> None:
    """One to thirty; more or less is brought there, no number is told so."""
    for n in range(3):
        coverage.publish(headline=f"Update {n}")
    for asked, shown in (("0", 3), ("2", 2), ("999", 3)):
        page = newsroom.get(f"/embed/{coverage.slug}?posts={asked}").text
        assert page.count("<article") == shown
    assert newsroom.get(f"/embed/{coverage.slug}?posts=many").status_code == 400
    assert newsroom.get("/embed/none").status_code == 404


def test_the_colours_that_are_asked_for(newsroom: Newsroom, coverage: Coverage) -> None:
    """Dark or light by address; anything else is as the device."""
    for asked, shown in (("dark", ["dark"]), ("light", ["light"]), ('"><script>', [])):
        page = newsroom.client.get(f"/embed/{coverage.slug}", params={"scheme": asked}).text
        assert re.findall(r'data-scheme="([^"]*)"', page) == shown


def test_a_takedown(newsroom: Newsroom, coverage: Coverage) -> None:
    """What was taken down is not there, and neither is a kept answer that has it."""
    post = coverage.publish(headline="Secret words")["id"]
    first = newsroom.get(f"/embed/{coverage.slug}")
    assert "Secret words" in first.text
    coverage.act(post, "redact")
    again = newsroom.get(f"/embed/{coverage.slug}", **{"if-none-match": first.headers["etag"]})
    assert again.status_code == 200
    assert "Secret words" not in again.text


@pytest.mark.parametrize("name", ["live", "resize"])
def test_the_scripts(newsroom: Newsroom, name: str) -> None:
    """They have an address that stays, may be read by any page, and are asked for anew soon."""
    answer = newsroom.get(f"/embed/{name}.js", **ORIGIN)
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"].startswith("public, max-age=300")
    known = {"if-none-match": answer.headers["etag"]}
    assert newsroom.get(f"/embed/{name}.js", **known).status_code == 304


def test_who_may_read(newsroom: Newsroom, coverage: Coverage) -> None:
    """Frame, stream and delta are open to every page, whatever they answer; nothing else is."""
    coverage.publish()
    slug = coverage.slug
    open_ = [
        f"/embed/{slug}",
        f"/live/{slug}/changes/0",
        f"/live/{slug}/changes/9999",
        f"/live/{slug}/stream?after=9999",
        "/live/none/changes/0",
    ]
    closed = [
        "/",
        f"/live/{slug}",
        f"/live/{slug}/feed.json",
        f"/api/coverages/{slug}",
        f"/api/coverages/{slug}/events",
        "/desk/sign-in",
        "/oembed",
    ]
    # Twice: the second time comes from what is kept ready, past the framework.
    for path in (*open_, *open_, *closed, *closed):
        headers = newsroom.get(path, **ORIGIN).headers
        expected = ["*"] if path in open_ else []
        assert headers.get_list("access-control-allow-origin") == expected, path
        assert "access-control-allow-credentials" not in headers
        framed = rules(headers["content-security-policy"])["frame-ancestors"]
        assert (framed == "*") == path.startswith("/embed/"), path
        assert len(headers.get_list("content-security-policy")) == 1
