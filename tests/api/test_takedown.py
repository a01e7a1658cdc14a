"""What a takedown takes of pictures, what it leaves, and how it tells when it is done."""

import uuid

import httpx2
import pytest

from drawing import a_file
from integration.server import Server
from tus import Tus

from .newsroom import Coverage, Newsroom, a_post
from .people import somebody
from .test_media import a_draft, an_image, change, files_of, found_by


@pytest.fixture
def tus(client: httpx2.Client, token: str) -> Tus:
    return Tus(client, token)


def test_taken_down(tus: Tus, coverage: Coverage, server: Server) -> None:
    """With its post a picture goes: files, original, and what the library knew."""
    word = f"unspeakable{uuid.uuid4().hex[:8]}"
    picture = tus.picture(a_file(), f"{word}.jpg")
    post = coverage.publish(blocks=[an_image(picture["media"])])
    original = server.data / "originals" / picture["id"]
    assert original.exists()
    assert coverage.act(post["id"], "redact").status_code == 200
    assert not original.exists()
    assert not [file for file in files_of(server, picture) if file.exists()]
    assert tus.client.get(picture["renditions"][0]["url"]).status_code == 404
    assert tus.request("GET", f"/api/media/{picture['id']}").status_code == 404
    assert tus.request("HEAD", f"/api/uploads/{picture['id']}").status_code == 404
    assert found_by(tus, q=word) == []


def test_taken_down_but_shown_elsewhere(tus: Tus, coverage: Coverage, server: Server) -> None:
    """What another post shows stays until that goes too; also what it showed before."""
    picture = tus.picture(a_file())
    one = coverage.publish(blocks=[an_image(picture["media"])])
    other = coverage.publish(blocks=[an_image(picture["media"])])
    other_body = {"blocks": a_post()["blocks"]}
    assert coverage.revise(other["id"], other_body, if_match='"1"').status_code == 200
    assert coverage.act(one["id"], "redact").status_code == 200
    assert all(file.exists() for file in files_of(server, picture))
    assert coverage.act(other["id"], "redact").status_code == 200
    assert not [file for file in files_of(server, picture) if file.exists()]


def test_taken_down_with_another_crop_out(tus: Tus, coverage: Coverage, server: Server) -> None:
    """Of a picture that is out in two crops, the one that was taken down goes."""
    picture = tus.picture(a_file())
    one = coverage.publish(blocks=[an_image(picture["media"])])
    change(tus, picture["id"], {"crop": [0, 0, 0.5, 0.5]})
    cropped = tus.settled(picture["id"])
    coverage.publish(blocks=[an_image(cropped["media"])])
    assert coverage.act(one["id"], "redact").status_code == 200
    assert not [file for file in files_of(server, picture) if file.exists()]
    assert all(file.exists() for file in files_of(server, cropped))
    assert (server.data / "originals" / picture["id"]).exists()


def test_taken_down_by_hand(server: Server, coverage: Coverage) -> None:
    """A file that was put there by hand goes with its post as well."""
    file = server.data / "media" / "gone.webp"
    file.write_bytes(a_file("WEBP"))
    post = coverage.publish(blocks=[an_image("gone.webp")])
    assert coverage.act(post["id"], "redact").status_code == 200
    assert not file.exists()


@pytest.mark.parametrize("named_by", ["media", "id"])
@pytest.mark.parametrize("is_scheduled", [False, True], ids=["draft", "scheduled"])
def test_not_what_a_draft_shows(
    tus: Tus,
    coverage: Coverage,
    newsroom: Newsroom,
    server: Server,
    named_by: str,
    is_scheduled: bool,
) -> None:
    """A picture that only a draft still names stays whole, and the draft is published with it."""
    picture = tus.picture(a_file())
    post = coverage.publish(blocks=[an_image(picture["media"])])
    path = a_draft(coverage, newsroom, [an_image(picture[named_by])])
    if is_scheduled:
        at = {"publish_at": "2099-01-01T00:00:00Z"}
        assert newsroom.send("POST", f"{path}/schedule", at).status_code == 200
    assert coverage.act(post["id"], "redact").status_code == 200
    assert all(file.exists() for file in files_of(server, picture))
    assert (server.data / "originals" / picture["id"]).exists()
    assert report(coverage, post["id"])["kept"] == 1
    if is_scheduled:
        assert newsroom.send("POST", f"{path}/unschedule", {}).status_code == 200
    published = newsroom.send("POST", f"{path}/publish", {})
    assert published.status_code == 201, published.text
    (block,) = coverage.post(published.json()["id"])["blocks"]
    assert block["media"] == picture["media"]


def test_what_only_its_own_draft_shows(
    tus: Tus, coverage: Coverage, newsroom: Newsroom, server: Server
) -> None:
    """A change that was being written goes with its post, and so does the picture in it."""
    picture = tus.picture(a_file())
    post = coverage.publish()
    path = f"{coverage.path}/drafts/0197a1b2-7c3d-7e4f-8a5b-{uuid.uuid4().hex[:12]}"
    content = {
        "content": a_post(blocks=[an_image(picture["id"])]),
        "post": post["id"],
        "based_on": 1,
    }
    assert newsroom.send("PUT", path, content, headers={"if-none-match": "*"}).status_code == 201
    assert coverage.act(post["id"], "redact").status_code == 200
    assert not [file for file in files_of(server, picture) if file.exists()]
    assert not (server.data / "originals" / picture["id"]).exists()


def test_it_tells_when_it_is_done(tus: Tus, coverage: Coverage) -> None:
    """The report says what was emptied, which addresses caches may hold, and that it is done."""
    picture = tus.picture(a_file())
    post = coverage.publish(blocks=[an_image(picture["media"])])
    path = f"{coverage.path}/posts/{post['id']}/takedown"
    assert coverage.newsroom.send("GET", path).status_code == 404
    assert coverage.act(post["id"], "redact").status_code == 200
    told = report(coverage, post["id"])
    assert told["done"], told
    steps = {one["what"]: one for one in told["steps"]}
    assert set(steps) == {"log", "drafts", "search", "pages", "disk", "files"}
    assert steps["log"]["count"] == 1
    assert steps["files"]["count"] == len(picture["renditions"]) + 1
    assert told["kept"] == 0
    addresses = {one["url"] for one in picture["renditions"]} | {post["url"]}
    assert addresses <= set(told["purge"])


def test_the_report_is_for_who_takes_down(
    server: Server, client: httpx2.Client, coverage: Coverage
) -> None:
    """Who may take posts down reads it; nobody else."""
    post = coverage.publish()
    assert coverage.act(post["id"], "redact").status_code == 200
    path = f"{coverage.path}/posts/{post['id']}/takedown"
    found = {
        role: somebody(server, client, role).send("GET", path).status_code
        for role in ("administrator", "editor", "reporter", "viewer")
    }
    assert found == {"administrator": 200, "editor": 200, "reporter": 403, "viewer": 403}
    assert client.get(path).status_code == 401


def report(coverage: Coverage, post: str) -> dict[str, object]:
    answer = coverage.newsroom.send("GET", f"{coverage.path}/posts/{post}/takedown")
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told
