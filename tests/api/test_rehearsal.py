"""A rehearsal: for the public it is not there, at whatever address; for the desk all works."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from dateline.web.routes import ROUTES
from integration.server import Server

from .newsroom import Coverage, Newsroom, a_post
from .people import Someone, somebody
from .test_drafts import Drafter, an_id

SECRET, WORD = "Xylophoneword", "kazoos"
NOWHERE = "no-such-coverage"


@pytest.fixture(scope="module")
def editor(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "editor")


@pytest.fixture(scope="module")
def staged(client: httpx2.Client, token: str) -> tuple[Coverage, str]:
    """A rehearsal with all that a coverage can have, and a post of it."""
    newsroom = Newsroom(client, token)
    coverage = newsroom.open(title=SECRET, summary=SECRET, rehearsal=True)
    words = [{"type": "paragraph", "html": f"{SECRET} with {WORD}"}]
    post = coverage.publish(headline=SECRET, topics=[SECRET], key=True, blocks=words)["id"]
    newsroom.send("PUT", f"{coverage.path}/briefing", {"summary": SECRET})
    Drafter(newsroom, coverage).create(an_id(), a_post(headline=SECRET))
    return coverage, post


def addresses(slug: str, post: str) -> Iterator[str]:
    """Every address that takes GET, with what stands for its parameters filled in."""
    filled = {"slug": slug, "post_id": post, "draft_id": post}
    for handler in ROUTES:
        if "GET" in map(str, handler.http_methods):
            for path in handler.paths:
                yield re.sub(
                    r"\{(\w+):?\w*\}", lambda found: filled.get(found[1], "0"), path
                ).replace("//", "/")


def test_nothing_of_it_is_public(
    client: httpx2.Client, staged: tuple[Coverage, str], editor: Someone
) -> None:
    """Before and after the desk has looked at it, by no address a word, a name or a hint."""
    coverage, post = staged
    extra = [f"/search?q={WORD}", f"/oembed?url={client.base_url}/live/{coverage.slug}"]
    extra += [f"/live/{coverage.slug}/search?q={WORD}", f"/live/{coverage.slug}?at=2199-01-01Z"]
    private = [path for path in addresses(coverage.slug, post) if coverage.slug in path]
    assert len(private) > 15
    for _ in range(2):
        for path in [*addresses(coverage.slug, post), *extra]:
            if path == "/metrics":
                continue  # for who runs the server
            answer = client.get(path)
            assert SECRET not in answer.text, path
            if coverage.slug not in path:
                assert coverage.slug not in answer.text, path
            else:
                assert answer.status_code in (401, 404), path
        for path in private:
            with client.stream("GET", path, headers=_cookie(editor)) as answer:
                assert answer.status_code < 500, path


def test_it_looks_as_if_it_were_not_there(
    client: httpx2.Client, staged: tuple[Coverage, str]
) -> None:
    """Every address and method answers strangers as for a coverage that there is not."""
    coverage, post = staged
    pairs = zip(addresses(coverage.slug, post), addresses(NOWHERE, post), strict=True)
    for path, nowhere in pairs:
        if path == nowhere:
            continue
        there, none = client.get(path), client.get(nowhere)
        assert there.status_code == none.status_code, path
        assert there.text.replace(coverage.slug, NOWHERE) == none.text, path
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answers = [client.request(method, one, json={}) for one in (path, nowhere)]
            assert answers[0].status_code == answers[1].status_code, (method, path)


def test_the_desk_sees_it(
    client: httpx2.Client, staged: tuple[Coverage, str], editor: Someone
) -> None:
    """By cookie or token the page, the feeds, the stream and the API; no cache keeps any of it."""
    coverage, post = staged
    for path in (
        f"/live/{coverage.slug}",
        f"/live/{coverage.slug}/changes/0",
        f"/live/{coverage.slug}/feed.atom",
        f"/live/{coverage.slug}/p/{post}/history",
        f"/live/{coverage.slug}/search?q={SECRET}",
        f"/api/coverages/{coverage.slug}/posts",
        f"/api/coverages/{coverage.slug}/events",
    ):
        for headers in (_cookie(editor), {"authorization": f"Bearer {coverage.newsroom.token}"}):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, path
            assert SECRET in answer.text
            assert "no-store" in answer.headers["cache-control"]
            assert answer.headers["x-robots-tag"] == "noindex"
    page = client.get(f"/live/{coverage.slug}", headers=_cookie(editor)).text
    assert "Rehearsal: only the desk sees this" in page
    with client.stream("GET", f"/live/{coverage.slug}/stream", headers=_cookie(editor)) as stream:
        assert stream.status_code == 200
    listed = client.get("/api/coverages", headers=_cookie(editor)).json()["coverages"]
    assert coverage.slug in [one["slug"] for one in listed if one["rehearsal"]]


def test_who_does_not_see_it(
    server: Server, client: httpx2.Client, staged: tuple[Coverage, str]
) -> None:
    """A token of another coverage, a wrong one, a contributor of another coverage."""
    coverage, _ = staged
    made = server.command("token", "create", "other", "--coverage", "another-one")
    contributor = somebody(server, client, "contributor")
    for headers in (
        {"authorization": f"Bearer {made.stdout.strip()}"},
        {"authorization": "Bearer dl_wrong"},
        _cookie(contributor),
    ):
        assert client.get(f"/live/{coverage.slug}", headers=headers).status_code == 404
        listed = client.get("/api/coverages", headers=headers).json()["coverages"]
        assert coverage.slug not in [one["slug"] for one in listed]


def test_not_beside_a_public_one(newsroom: Newsroom, staged: tuple[Coverage, str]) -> None:
    """A public coverage can't name it as related."""
    body = {"related": [staged[0].slug]}
    assert newsroom.send("PATCH", newsroom.open().path, body).status_code == 422


def test_a_page_that_was_public_is_kept_for_nobody(newsroom: Newsroom) -> None:
    """Made a rehearsal before its first post, the ready page is given to nobody any more."""
    coverage = newsroom.open()
    page = f"/live/{coverage.slug}"
    for _ in range(3):
        assert newsroom.get(page).status_code == 200
    newsroom.send("PATCH", coverage.path, {"rehearsal": True})
    assert newsroom.get(page).status_code == 404
    newsroom.send("PATCH", coverage.path, {"rehearsal": False})
    assert newsroom.get(page).status_code == 200


def _cookie(who: Someone) -> dict[str, str]:
    return {"cookie": f"__Host-session={who.cookie}"}
