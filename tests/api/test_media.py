"""Pictures in posts and in the library: what readers get, what is found, what a takedown takes."""

import re
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


def a_draft(coverage: Coverage, newsroom: Newsroom, blocks: list[dict[str, object]]) -> str:
    """Its address."""
    path = f"{coverage.path}/drafts/0197a1b2-7c3d-7e4f-8a5b-{uuid.uuid4().hex[:12]}"
    content = {"content": a_post(blocks=blocks)}
    assert newsroom.send("PUT", path, content, headers={"if-none-match": "*"}).status_code == 201
    return path


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
    refused = tus.settled(tus.upload(b"\0 neither"))
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
    path = a_draft(coverage, newsroom, [an_image(picture["id"])])
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
    assert found_by(tus, q=word) == ids[::-1]
    assert found_by(tus, q=f"{word} skoda") == ids[:1]
    assert found_by(tus, q=f"{word} nothing") == []
    assert found_by(tus, q='"; --') == []
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
    assert after["whole"] == f"/media/{picture['media']}"
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


def test_what_matters_within_a_crop(tus: Tus) -> None:
    """The focal point is told of the whole picture, and holds in what a crop leaves of it."""
    picture = tus.picture(a_file(size=(1600, 400)))
    body = {"focal": [0.6, 0.5], "crop": [0.25, 0, 0.5, 1]}
    assert change(tus, picture["id"], body).status_code == 200
    after = tus.settled(picture["id"])
    with Image.open(BytesIO(tus.client.get(after["square"]).content)) as shown:
        # Of 800 pixels 400 are left out; seven tenths of them on the left.
        pixels = shown.convert("RGB")
        left, right = pixels.getpixel((60, 20)), pixels.getpixel((180, 20))
        assert left[0] > left[1], "left of the middle it is red"
        assert right[1] > right[0], "right of it green"


def test_cut_around_what_matters(tus: Tus, coverage: Coverage) -> None:
    """In a gallery readers see what matters; a picture of which nobody has said so stays whole."""
    picture = tus.picture(a_file())
    other = tus.picture(a_file())
    assert change(tus, picture["id"], {"focal": [0.8, 0.1]}).status_code == 200
    after = tus.settled(picture["id"])
    images = [{"media": one["media"], **WORDS} for one in (after, other)]
    post = coverage.publish(blocks=[{"type": "gallery", "images": images}])
    (block,) = coverage.post(post["id"])["blocks"]
    assert block["images"][0]["focal"] == [0.8, 0.1]
    assert "focal" not in block["images"][1]
    page = coverage.newsroom.get(f"/live/{coverage.slug}").text
    assert page.count('data-x="75" data-y="0"') == 1
    assert page.count("data-x=") == 1


def test_said_while_its_files_are_made(tus: Tus) -> None:
    """What the desk says of a picture that has just come, and what its file says, both stay."""
    picture_id = tus.upload(a_file(size=(1600, 1200)))
    body = {"credit": "T. Maes", "crop": [0, 0, 0.5, 0.5]}
    assert change(tus, picture_id, body).status_code == 200
    after = tus.settled(picture_id)
    assert (after["credit"], after["crop"]) == ("T. Maes", [0, 0, 0.5, 0.5])
    assert (after["width"], after["height"]) == (1600, 1200)
    assert after["renditions"][-1]["width"] == 800
    assert after["whole"]


def test_rights_said_better(tus: Tus) -> None:
    """Another creator, copyright or source type is in new files: rights travel with a picture."""
    picture = tus.picture(a_file())
    body = {
        "creator": "Jo Åberg",
        "copyright": "© 2021 Herald",
        "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    }
    assert change(tus, picture["id"], body).status_code == 200
    after = tus.settled(picture["id"])
    assert {name: after[name] for name in body} == body
    assert after["media"] != picture["media"]
    bytes_ = tus.client.get(after["renditions"][-1]["url"]).content
    assert all(value.encode() in bytes_ for value in body.values())


def test_described_by_two_at_once(tus: Tus) -> None:
    """Who comes second is told, with what stands there now, and nothing of theirs is stored."""
    picture = tus.picture(a_file(size=(60, 40)))
    path = f"/api/media/{picture['id']}"
    seen = tus.request("GET", path).headers["etag"]
    headers = tus.headers | {"if-match": seen}
    assert tus.client.patch(path, json={"caption": "One"}, headers=headers).status_code == 200
    answer = tus.client.patch(path, json={"caption": "Other"}, headers=headers)
    assert answer.status_code == 412
    assert answer.json()["current"]["caption"] == "One"
    now = tus.request("GET", path)
    assert now.json()["caption"] == "One"
    headers = tus.headers | {"if-match": now.headers["etag"]}
    assert tus.client.patch(path, json={"caption": "Other"}, headers=headers).status_code == 200
    headers = tus.headers | {"if-match": '"3"'}
    assert tus.client.patch(path, json={"caption": "x"}, headers=headers).status_code == 422


def test_found_by_the_name_in_a_post(tus: Tus) -> None:
    """A post gives the name of a file; whose it is, is found, also of a crop that is out."""
    picture = tus.picture(a_file())
    change(tus, picture["id"], {"crop": [0, 0, 0.5, 0.5]})
    cropped = tus.settled(picture["id"])
    for media in (picture["media"], cropped["media"]):
        assert found_by(tus, media=media) == [picture["id"]]
    assert found_by(tus, media="other.jpg") == []


def test_where_it_is_used(tus: Tus, coverage: Coverage, newsroom: Newsroom) -> None:
    """Posts that show it, in any crop; posts that showed it before; drafts."""
    picture = tus.picture(a_file())
    path = f"/api/media/{picture['id']}/uses"
    assert tus.request("GET", path).json() == {"uses": [], "hidden": 0}
    shown = coverage.publish(headline="Shown", blocks=[an_image(picture["media"])])
    before = coverage.publish(headline="Shown before", blocks=[an_image(picture["media"])])
    body = {"blocks": a_post()["blocks"]}
    assert coverage.revise(before["id"], body, if_match='"1"').status_code == 200
    a_draft(coverage, newsroom, [an_image(picture["id"])])
    change(tus, picture["id"], {"crop": [0, 0, 0.5, 0.5]})
    tus.settled(picture["id"])
    told = tus.request("GET", path).json()
    assert told["hidden"] == 0
    found = {one["what"]: one for one in told["uses"]}
    assert found["post"]["url"] == shown["url"]
    assert (found["post"]["headline"], found["earlier"]["headline"]) == ("Shown", "Shown before")
    assert found["draft"]["coverage"] == coverage.slug
    assert found["draft"]["url"] is None
    assert len(told["uses"]) == 3


def test_nobody_guesses_its_name(tus: Tus) -> None:
    """The same file sent twice has two names: who has the file can't tell where it lies here."""
    data = a_file(size=(60, 40))
    one, other = tus.picture(data), tus.picture(data)
    assert one["media"] != other["media"]
    assert re.fullmatch(r"[0-9a-f]{32}-60\.jpg", one["media"])


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
    refused = tus.settled(tus.upload(b"\0 neither"))
    assert change(tus, refused["id"], {"caption": "x"}).status_code == 409
    assert change(tus, str(uuid.uuid4()), {"caption": "x"}).status_code == 404


def found_by(tus: Tus, **params: str) -> list[str]:
    """The ids of the pictures that the library lists."""
    answer = tus.client.get("/api/media", params=params, headers=tus.headers)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["pictures"]]
