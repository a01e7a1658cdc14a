"""Documents of posts: sent, cleaned, named by a post, taken away by readers, taken down."""

import uuid
from typing import Any

import httpx2
import pytest

from drawing import a_file
from integration.server import Server
from papers import CSV, SECRET, TEXT, a_pdf, plain, with_attachment, with_author, with_script
from tus import Tus

from .newsroom import Coverage, Newsroom, a_post
from .test_media import a_draft, an_image, change, found_by
from .test_media_rights import Team, status, team
from .test_takedown import report

__all__ = ["team"]
RULING = a_pdf(3, with_author, with_script, with_attachment)


@pytest.fixture
def tus(client: httpx2.Client, token: str) -> Tus:
    return Tus(client, token)


def a_block(media: str, title: str = "The ruling", **more: object) -> dict[str, object]:
    return {"type": "file", "media": media, "title": title, **more}


def test_in_a_post(tus: Tus, coverage: Coverage) -> None:
    """A post that names a document says what it is, how long and how large; readers take it away
    under its title, and nothing of who made it is in it."""
    document = tus.picture(RULING, "Az 333-21 from Ms Maes.pdf")
    assert (document["kind"], document["format"], document["pages"]) == ("document", "pdf", 3)
    assert (document["renditions"], document["square"], document["whole"]) == ([], None, None)
    post = coverage.publish(blocks=[a_block(document["media"], "L’arrêt: tout le texte")])
    (block,) = coverage.post(post["id"])["blocks"]
    assert block == a_block(
        document["media"], "L’arrêt: tout le texte", format="pdf", size=document["size"], pages=3
    )
    page = coverage.newsroom.get(f"/live/{coverage.slug}").text
    assert f'href="/media/{document["media"]}">L’arrêt: tout le texte</a>' in page
    assert f"PDF, 3 pages, {round(document['size'] / 1000)} kB" in page
    answer = coverage.newsroom.get(f"/media/{document['media']}")
    assert len(answer.content) == document["size"]
    assert SECRET not in plain(answer.content)
    assert b"(Page 3)" in plain(answer.content)
    headers = answer.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"] == (
        'attachment; filename="Larret tout le texte.pdf"; '
        "filename*=UTF-8''L%E2%80%99arr%C3%AAt%20tout%20le%20texte.pdf"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-length"] == str(document["size"])


@pytest.mark.parametrize(
    ("data", "kind", "media_type"),
    [(CSV, "csv", "text/csv"), (TEXT, "text", "text/plain")],
)
def test_words_and_tables(
    tus: Tus, coverage: Coverage, data: bytes, kind: str, media_type: str
) -> None:
    """Tables and texts are handed on byte for byte."""
    document = tus.picture(data, "whatever.exe")
    assert (document["format"], document["pages"]) == (kind, None)
    coverage.publish(blocks=[a_block(document["media"], "Seats")])
    answer = coverage.newsroom.get(f"/media/{document['media']}")
    assert answer.content == data
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    ending = document["media"].rpartition(".")[2]
    assert answer.headers["content-disposition"] == f'attachment; filename="Seats.{ending}"'


def test_its_name_before_it_is_out(tus: Tus, coverage: Coverage, newsroom: Newsroom) -> None:
    """As long as no post has it, it is called as its file is, and never as on the device of who
    sent it. A revision with another title names it anew."""
    document = tus.picture(RULING, "From Ms Maes.pdf")
    path = f"/media/{document['media']}"
    a_draft(coverage, newsroom, [a_block(document["media"], "Not out")])
    before = coverage.newsroom.get(path).headers["content-disposition"]
    assert before == f'attachment; filename="{document["media"]}"'
    post = coverage.publish(blocks=[a_block(document["media"])])
    blocks = [a_block(document["media"], "The judgment")]
    assert coverage.revise(post["id"], {"blocks": blocks}, if_match='"1"').status_code == 200
    after = coverage.newsroom.get(path).headers["content-disposition"]
    assert after == 'attachment; filename="The judgment.pdf"'


def test_published_from_a_draft(tus: Tus, coverage: Coverage, newsroom: Newsroom) -> None:
    """A draft names it by the id of its upload; a title that is missing is told, and required."""
    document = tus.picture(RULING)
    path = a_draft(coverage, newsroom, [a_block(document["id"], "")])
    (warning,) = newsroom.send("GET", path).json()["warnings"]
    assert (warning["kind"], warning["pointer"]) == ("title", "/blocks/0/title")
    refused = newsroom.send("POST", f"{path}/publish", {})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "#/blocks/0/title"
    path = a_draft(coverage, newsroom, [a_block(document["id"])])
    published = newsroom.send("POST", f"{path}/publish", {})
    assert published.status_code == 201, published.text
    (block,) = coverage.post(published.json()["id"])["blocks"]
    assert (block["media"], block["pages"]) == (document["media"], 3)


def test_each_in_its_block(tus: Tus, coverage: Coverage) -> None:
    """No image shows a document, no file gives away a picture; an unknown id is neither."""
    document, picture = tus.picture(RULING), tus.picture(a_file(size=(60, 40)))
    for block in (
        an_image(document["media"]),
        an_image(document["id"]),
        a_block(picture["media"]),
        a_block(str(uuid.uuid4())),
    ):
        answer = coverage.newsroom.send("POST", f"{coverage.path}/posts", a_post(blocks=[block]))
        assert answer.status_code == 422, block
        assert answer.json()["errors"][0]["pointer"] == "#/blocks/0/media"
    images = [{"media": document["media"], "caption": "a", "credit": "b", "alt": "c"}]
    blocks = [{"type": "gallery", "images": images}]
    answer = coverage.newsroom.send("POST", f"{coverage.path}/posts", a_post(blocks=blocks))
    assert answer.json()["errors"][0]["pointer"] == "#/blocks/0/images/0/media"


def test_put_there_by_hand(server: Server, coverage: Coverage) -> None:
    """It is served under its own name, and nobody can say how large it is."""
    (server.data / "media" / "plan.pdf").write_bytes(a_pdf())
    post = coverage.publish(blocks=[a_block("plan.pdf", format="pdf", size=1, pages=900)])
    assert coverage.post(post["id"])["blocks"] == [a_block("plan.pdf")]
    answer = coverage.newsroom.get("/media/plan.pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="plan.pdf"'
    for name in ("none.pdf", "..%2Fdateline.pdf", "plan.html", ".pdf"):
        assert coverage.newsroom.get(f"/media/{name}").status_code == 404


def test_in_the_library(tus: Tus) -> None:
    """Both kinds are listed, or one of them; of a document words can be said, and no crop."""
    word = f"yak{uuid.uuid4().hex[:8]}"
    document = tus.picture(RULING, f"{word}.pdf")
    picture = tus.picture(a_file(size=(60, 40)), f"{word}.jpg")
    assert found_by(tus, q=word) == [picture["id"], document["id"]]
    assert found_by(tus, q=word, kind="picture") == [picture["id"]]
    assert found_by(tus, q=word, kind="document") == [document["id"]]
    assert tus.request("GET", "/api/media?kind=film").status_code == 422
    one = {"q": word, "limit": 1, "kind": "document"}
    page = tus.client.get("/api/media", params=one, headers=tus.headers).json()
    assert page["next"] is None
    answer = change(tus, document["id"], {"caption": "The ruling", "credit": "The court"})
    assert (answer.status_code, answer.json()["state"]) == (200, "ready")
    assert answer.json()["media"] == document["media"]
    assert change(tus, document["id"], {"crop": [0, 0, 0.5, 0.5]}).status_code == 422
    assert change(tus, document["id"], {"focal": [0, 0]}).status_code == 422


def test_rights(team: Team) -> None:
    """As for pictures: who belongs to the house sees it, who was invited sees their own, and who
    sent it or edits says something of it."""
    document = str(team.reporter.picture(RULING)["id"])
    found = {name: status(getattr(team, name), "GET", document) for name in Team._fields}
    refused = {"contributor": 403, "invited": 403}
    assert found == dict.fromkeys(Team._fields, 200) | refused
    body = {"caption": "The ruling"}
    found = {name: status(getattr(team, name), "PATCH", document, body) for name in Team._fields}
    assert found == dict.fromkeys(Team._fields, 403) | {"editor": 200, "reporter": 200}
    assert team.viewer.begin(100).status_code == 403


def test_taken_down(tus: Tus, coverage: Coverage, server: Server) -> None:
    """The file, the original and what the library knew go with the post that gave it away."""
    document = tus.picture(RULING)
    post = coverage.publish(blocks=[a_block(document["media"])])
    assert coverage.act(post["id"], "redact").is_success
    assert coverage.newsroom.get(f"/media/{document['media']}").status_code == 404
    assert not (server.data / "media" / document["media"]).exists()
    assert not (server.data / "originals" / document["id"]).exists()
    assert tus.request("GET", f"/api/media/{document['id']}").status_code == 404
    told = report(coverage, post["id"])
    assert f"/media/{document['media']}" in told["purge"]  # type: ignore[operator]


def test_taken_down_but_given_away_elsewhere(tus: Tus, coverage: Coverage) -> None:
    """What another post gives away stays, and no longer bears the title of the one that is gone."""
    document = tus.picture(RULING)
    coverage.publish(blocks=[a_block(document["media"], "The ruling")])
    gone = coverage.publish(blocks=[a_block(document["media"], "Slander")])
    assert coverage.act(gone["id"], "redact").is_success
    answer = coverage.newsroom.get(f"/media/{document['media']}")
    assert answer.status_code == 200
    assert "Slander" not in answer.headers["content-disposition"]


def test_where_it_is_used(tus: Tus, coverage: Coverage) -> None:
    """The library tells which posts give it away."""
    document = tus.picture(RULING)
    post = coverage.publish(headline="Ruled", blocks=[a_block(document["media"])])
    (use,) = tus.request("GET", f"/api/media/{document['id']}/uses").json()["uses"]
    assert (use["what"], use["url"]) == ("post", post["url"])


def test_in_feeds(tus: Tus, coverage: Coverage) -> None:
    """Every format hands it on in the way it has for that."""
    document = tus.picture(RULING)
    coverage.publish(headline="Ruled", blocks=[a_block(document["media"])])
    feeds: dict[str, Any] = {
        ending: coverage.newsroom.get(f"/live/{coverage.slug}/feed.{ending}")
        for ending in ("atom", "rss", "json", "ninjs")
    }
    address = f"/media/{document['media']}"
    for answer in feeds.values():
        assert answer.status_code == 200
        assert address in answer.text
    assert 'rel="enclosure"' in feeds["atom"].text
    assert f'length="{document["size"]}" type="application/pdf"' in feeds["rss"].text
    (attachment,) = feeds["json"].json()["items"][0]["attachments"]
    assert attachment["size_in_bytes"] == document["size"]
    (item,) = feeds["ninjs"].json()["associations"][0]["associations"]
    assert item["renditions"][0]["contentType"] == "application/pdf"
