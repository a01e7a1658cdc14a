"""Pictures in posts and in the library: what readers get, what is found, what a takedown takes."""

import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from drawing import a_file
from integration.server import Server
from tus import Tus

from .newsroom import Coverage, Newsroom, a_post

WORDS = {"caption": "The hall", "credit": "T. Maes", "alt": "An empty hall"}


@pytest.fixture
def tus(client: httpx2.Client, token: str) -> Tus:
    return Tus(client, token)


def an_image(media: str, **changes: object) -> dict[str, object]:
    return {"type": "image", "media": media, **WORDS, **changes}


def change(tus: Tus, picture: str, body: object) -> httpx2.Response:
    return tus.client.patch(f"/api/media/{picture}", json=body, headers=tus.headers)


def files_of(server: Server, picture: dict[str, Any]) -> list[Path]:
    names = [one["url"] for one in picture["renditions"]] + [picture["square"]]
    return [server.data / "media" / url.rpartition("/")[2] for url in names]


def test_in_a_post(tus: Tus, coverage: Coverage) -> None:
    """A post that names a picture shows it in every format and width, each of them served."""
    picture = tus.picture(a_file(size=(2000, 1000)))
    assert [one["width"] for one in picture["renditions"][::3]] == [480, 960, 1600, 2000]
    post = coverage.publish(blocks=[an_image(picture["media"])])
    (block,) = coverage.post(post["id"])["blocks"]
    assert (block["width"], block["height"]) == (1600, 800)
    assert block["widths"] == [480, 960, 1600, 2000]
    page = coverage.newsroom.get(f"/live/{coverage.slug}").text
    assert page.count("<picture>") == 1
    for one in picture["renditions"]:
        assert f"{one['url']} {one['width']}w" in page
        answer = coverage.newsroom.get(one["url"])
        assert answer.headers["content-type"] == one["type"]
        with Image.open(BytesIO(answer.content)) as shown:
            assert shown.size == (one["width"], one["height"])


def test_in_a_gallery(tus: Tus, coverage: Coverage) -> None:
    """So do the pictures of a gallery."""
    picture = tus.picture(a_file(size=(600, 400)))
    images = [{"media": picture["media"], **WORDS}, {"media": picture["id"], **WORDS}]
    post = coverage.publish(blocks=[{"type": "gallery", "images": images}])
    (block,) = coverage.post(post["id"])["blocks"]
    assert [one["media"] for one in block["images"]] == [picture["media"]] * 2
    assert [one["widths"] for one in block["images"]] == [[480, 600]] * 2


def test_by_the_id_of_its_upload(tus: Tus, coverage: Coverage) -> None:
    """Who writes without a network knows only the id; published, the post has the name."""
    picture = tus.picture(a_file())
    post = coverage.publish(blocks=[an_image(picture["id"])])
    (block,) = coverage.post(post["id"])["blocks"]
    assert block["media"] == picture["media"]
    assert block["widths"]


def test_an_unknown_id(tus: Tus, coverage: Coverage) -> None:
    """An id that stands for no picture, or for a refused one, is refused with a pointer."""
    refused = tus.settled(tus.upload(b"no picture"))
    for picture_id in (str(uuid.uuid4()), refused["id"]):
        answer = coverage.newsroom.send(
            "POST", f"{coverage.path}/posts", a_post(blocks=[an_image(picture_id)])
        )
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "#/blocks/0/media"


def test_a_file_put_there_by_hand(server: Server, coverage: Coverage) -> None:
    """It is shown as the one file it is, whatever widths somebody says it has."""
    (server.data / "media" / "by-hand.webp").write_bytes(a_file("WEBP"))
    image = an_image("by-hand.webp", width=1200, height=800, widths=[480])
    post = coverage.publish(blocks=[image])
    (block,) = coverage.post(post["id"])["blocks"]
    assert "widths" not in block
    assert (block["width"], block["height"]) == (1200, 800)
    assert "<picture>" not in coverage.newsroom.get(f"/live/{coverage.slug}").text
    assert coverage.newsroom.get("/media/by-hand.webp").status_code == 200


def test_published_from_a_draft(tus: Tus, coverage: Coverage, newsroom: Newsroom) -> None:
    """A draft that names a picture publishes it with its widths."""
    picture = tus.picture(a_file())
    path = f"{coverage.path}/drafts/0197a1b2-7c3d-7e4f-8a5b-{uuid.uuid4().hex[:12]}"
    content = {"content": a_post(blocks=[an_image(picture["id"])])}
    assert newsroom.send("PUT", path, content, headers={"if-none-match": "*"}).status_code == 201
    published = newsroom.send("POST", f"{path}/publish", {})
    assert published.status_code == 201, published.text
    (block,) = coverage.post(published.json()["id"])["blocks"]
    assert block["media"] == picture["media"]
    assert block["widths"]


def test_found_by_its_words(tus: Tus) -> None:
    """By file name, caption, credit and alt text, without accents; the newest first, in pages."""
    word = f"zebra{uuid.uuid4().hex[:8]}"
    ids = [tus.picture(a_file(size=(60, 40)), f"{word} {n}.jpg")["id"] for n in range(3)]
    assert change(tus, ids[0], {"caption": "Škoda at the gate"}).status_code == 200
    assert _found(tus, q=word) == ids[::-1]
    assert _found(tus, q=f"{word} skoda") == ids[:1]
    assert _found(tus, q=f"{word} nothing") == []
    assert _found(tus, q='"; --') == []
    first = tus.client.get("/api/media", params={"q": word, "limit": 2}, headers=tus.headers).json()
    assert [one["id"] for one in first["pictures"]] == ids[:0:-1]
    second = tus.client.get(first["next"], headers=tus.headers).json()
    assert [one["id"] for one in second["pictures"]] == ids[:1]
    assert second["next"] is None


def test_said_better(tus: Tus) -> None:
    """Caption and alt text change at once and no file with them."""
    picture = tus.picture(a_file(size=(60, 40)))
    answer = change(tus, picture["id"], {"caption": "The hall", "alt": "Empty"})
    assert answer.status_code == 200
    after = answer.json()
    assert (after["caption"], after["alt"], after["state"]) == ("The hall", "Empty", "ready")
    assert after["media"] == picture["media"]


def test_cropped(tus: Tus, coverage: Coverage, server: Server) -> None:
    """A crop makes new files under a new name; posts that are out keep theirs."""
    picture = tus.picture(a_file(size=(1600, 1200)))
    coverage.publish(blocks=[an_image(picture["media"])])
    assert change(tus, picture["id"], {"crop": [0.5, 0, 0.5, 0.5]}).status_code == 200
    after = tus.settled(picture["id"])
    assert after["media"] != picture["media"]
    assert (after["width"], after["height"]) == (1600, 1200)
    largest = after["renditions"][-1]
    assert (largest["width"], largest["height"]) == (800, 600)
    with Image.open(BytesIO(tus.client.get(largest["url"]).content)) as shown:
        red, green, _blue = shown.convert("RGB").getpixel((400, 300))
        assert green > red, "the upper right field is green"
    assert all(file.exists() for file in files_of(server, picture))
    assert change(tus, picture["id"], {"crop": None}).status_code == 200
    assert tus.settled(picture["id"])["media"] == picture["media"]


def test_what_matters(tus: Tus) -> None:
    """The small square is cut around the focal point."""
    picture = tus.picture(a_file(size=(1200, 400)))
    assert change(tus, picture["id"], {"focal": [1, 0.5]}).status_code == 200
    after = tus.settled(picture["id"])
    with Image.open(BytesIO(tus.client.get(after["square"]).content)) as shown:
        assert shown.size == (400, 400)
        red, green, _blue = shown.convert("RGB").getpixel((20, 20))
        assert green > red, "only the right half shows"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"crop": [0, 0, 1.2, 1]}, "#/crop/2"),
        ({"crop": [0.6, 0, 0.6, 1]}, "#/crop"),
        ({"crop": [0, 0, 0, 0]}, "#/crop"),
        ({"crop": [0, 0, 1]}, "#/crop"),
        ({"focal": [-1, 0]}, "#/focal/0"),
        ({"caption": "x" * 2001}, "#/caption"),
        ({"credit": "x" * 301}, "#/credit"),
        ({"caption": "\0"}, "#/caption"),
        ({"media": "other.jpg"}, "#/media"),
    ],
)
def test_what_can_not_be_said(tus: Tus, body: object, pointer: str) -> None:
    """What does not fit is refused with a pointer, and nothing changes."""
    picture = tus.picture(a_file(size=(60, 40)))
    answer = change(tus, picture["id"], body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert tus.settled(picture["id"]) == picture


def test_nothing_to_say_of_a_refused_one(tus: Tus) -> None:
    """A refused picture can't be changed; one that is not there, neither."""
    refused = tus.settled(tus.upload(b"no picture"))
    assert change(tus, refused["id"], {"caption": "x"}).status_code == 409
    assert change(tus, str(uuid.uuid4()), {"caption": "x"}).status_code == 404


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
    assert _found(tus, q=word) == []


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


def _found(tus: Tus, **params: str) -> list[str]:
    answer = tus.client.get("/api/media", params=params, headers=tus.headers)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["pictures"]]
