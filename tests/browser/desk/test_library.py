"""The newsroom's pictures: found, sent, described, cropped, pointed at; and what readers get."""

import io
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from api.people import Someone, somebody
from api.test_media_rights import as_sender
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import until
from drawing import a_file
from integration.server import Server

from .conftest import Desk, enter, posts_of, write

pytestmark = pytest.mark.browser


@pytest.fixture
def library(visit: Visit, server: Server) -> Any:
    """Open the library as somebody."""

    def _library(person: Someone, **options: Any) -> Page:
        page = visit(rough=True, **options)  # Chromium tells each HEAD as broken off
        enter(page, person, server.address)
        page.goto("/desk/pictures")
        page.locator(".library .shots").wait_for(state="attached")
        return page

    return _library


def a_picture(person: Someone, filename: str, **said: object) -> dict[str, Any]:
    """A picture in the library that somebody has sent, with what is said of it."""
    tus = as_sender(person)
    picture = tus.picture(a_file(size=(1200, 600)), filename)
    if said:
        answer = person.send("PATCH", f"/api/media/{picture['id']}", said)
        assert answer.status_code == 200, answer.text
    return tus.settled(str(picture["id"]))


def shot(page: Page, name: str) -> Any:
    return page.locator(".shots li").filter(has_text=name)


def test_sent_found_and_described(library: Any, reporter: Someone, tmp_path: Path) -> None:
    """A picture is dropped, shows what is missing, is described, and is found by its words."""
    file = tmp_path / "quay-at-noon.jpg"
    file.write_bytes(a_file())
    page = library(reporter)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add pictures").click()
    chooser.value.set_files(file)
    shot(page, "quay-at-noon.jpg").get_by_text("No credit. No alt text.").wait_for()
    shot(page, "quay-at-noon.jpg").get_by_role("button").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Caption").fill("The quay at noon")
    sheet.get_by_label("Credit", exact=True).fill("Ana Reyes")
    sheet.get_by_label("For those who can't see it").fill("An empty quay")
    sheet.get_by_label("Copyright").fill("© 2021 Herald")
    sheet.get_by_label("How it came to be").select_option(label="Photograph, digital")
    sheet.get_by_role("button", name="Save").click()
    sheet.get_by_text("Saved", exact=True).wait_for()
    sheet.get_by_role("button", name="Close").click()
    expect(shot(page, "The quay at noon").locator(".lacks")).to_have_count(0)
    page.get_by_label("Find by words").fill("nobody has said this")
    page.get_by_text("No picture has all of these words.").wait_for()
    page.get_by_label("Find by words").fill("quay herald")
    expect(page.locator(".shots li")).to_have_count(1)
    (found,) = reporter.send("GET", "/api/media?q=quay").json()["pictures"]
    assert found["digital_source_type"].endswith("/digitalCapture")


def test_dropped_and_pasted(library: Any, reporter: Someone) -> None:
    """Pictures come in by drop and by paste; what is none comes back with the reason."""
    page = library(reporter)
    page.evaluate(DROP, ["drop", "dropped.jpg", list(a_file(size=(60, 40)))])
    page.evaluate(DROP, ["paste", "pasted.jpg", list(a_file(size=(61, 40)))])
    shot(page, "dropped.jpg").locator("img").wait_for()
    shot(page, "pasted.jpg").locator("img").wait_for()
    page.evaluate(DROP, ["drop", "not.jpg", list(b"<svg onload=alert(1)>")])
    refused = page.locator(".coming li", has_text="not.jpg")
    expect(refused).to_contain_text("Refused: This is a file of another kind (SVG)")
    refused.get_by_role("button", name="Dismiss").click()
    expect(refused).to_have_count(0)


DROP = """([kind, name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }));
  const goal = document.querySelector(".library");
  goal.dispatchEvent(kind === "drop"
    ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_older_ones(library: Any, reporter: Someone) -> None:
    """The library is read in pages; older ones come when they are asked for."""
    tus = as_sender(reporter)
    sent = [tus.upload(a_file(size=(20 + n, 20)), f"many {n}.jpg") for n in range(50)]
    for picture in sent:
        assert tus.settled(picture)["state"] == "ready"
    page = library(reporter)
    page.get_by_label("Find by words").fill("nothing like it")
    page.get_by_text("No picture has all of these words.").wait_for()
    page.get_by_label("Find by words").fill("many")
    expect(page.locator(".shots li")).to_have_count(48)
    page.get_by_role("button", name="Older pictures").click()
    expect(page.locator(".shots li")).to_have_count(50)
    expect(page.get_by_role("button", name="Older pictures")).to_have_count(0)


def test_what_readers_get(
    library: Any, visit: Visit, coverage: Coverage, editor: Someone, client: httpx2.Client
) -> None:
    """By keys alone a picture is pointed at and cropped; readers get what the preview shows."""
    a_picture(editor, "by-keys.jpg", caption="By keys", credit="T. Maes", alt="Fields")
    page = library(editor)
    shot(page, "By keys").get_by_role("button").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Focal point", exact=True).and_(sheet.locator("g")).focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(sheet.get_by_label("Percent from the left")).to_have_value("71")
    expect(sheet.get_by_label("Percent from the top")).to_have_value("40")
    sheet.get_by_role("button", name="Crop").focus()
    page.keyboard.press("Enter")
    sheet.get_by_label("Upper left corner").focus()
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    expect(sheet.get_by_label("Left, in percent")).to_have_value("50")
    red, green, *_ = sheet.locator("canvas").first.evaluate(UPPER_LEFT)
    assert green > red, "the upper field that is left is green"
    page.keyboard.press("Control+Enter")
    sheet.get_by_text("Saved", exact=True).wait_for()
    expect(sheet.get_by_text("Its files are being made anew.")).to_have_count(0)
    (picture,) = editor.send("GET", "/api/media?q=by-keys").json()["pictures"]
    assert (picture["focal"], picture["crop"]) == ([0.71, 0.4], [0.5, 0, 0.5, 1])
    images = [
        {"media": picture["media"], "caption": "One", "credit": "T. Maes", "alt": "Fields"},
        {"media": picture["media"], "caption": "Two", "credit": "T. Maes", "alt": "Fields"},
    ]
    coverage.publish(blocks=[{"type": "gallery", "images": images}])
    reader = visit()
    reader.goto(coverage.path)
    shown = reader.locator(".gallery img").first
    shown.scroll_into_view_if_needed()
    # 0.71 of the whole is 0.42 of the crop: the nearest of the quarters is the middle.
    assert shown.evaluate("it => getComputedStyle(it).objectPosition") == "50% 50%"
    assert shown.evaluate("it => getComputedStyle(it).objectFit") == "cover"
    box = shown.bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 1.5) < 0.02
    largest = client.get(picture["renditions"][-1]["url"])
    with Image.open(io.BytesIO(largest.content)) as image:
        assert image.size == (600, 600)


UPPER_LEFT = "it => [...it.getContext('2d').getImageData(20, 20, 1, 1).data]"


def test_dragged(library: Any, editor: Someone) -> None:
    """By mouse: a click points, corners and the whole crop are dragged, the form is chosen."""
    a_picture(editor, "dragged.jpg")
    page = library(editor)
    shot(page, "dragged.jpg").get_by_role("button").click()
    sheet = page.get_by_role("dialog")
    frame = sheet.locator("desk-frame svg")
    area = frame.bounding_box()
    assert area
    frame.click(position={"x": area["width"] * 0.25, "y": area["height"] * 0.75})
    expect(sheet.get_by_label("Percent from the left")).to_have_value("25")
    expect(sheet.get_by_label("Percent from the top")).to_have_value("75")
    sheet.get_by_role("button", name="Crop").click()
    drag(page, area, (1, 1), (0.5, 0.5))
    expect(sheet.get_by_label("Width, in percent")).to_have_value("50")
    expect(sheet.get_by_label("Height, in percent")).to_have_value("50")
    drag(page, area, (0.25, 0.25), (0.45, 0.35))
    expect(sheet.get_by_label("Left, in percent")).to_have_value("20")
    expect(sheet.get_by_label("Top, in percent")).to_have_value("10")
    sheet.get_by_label("Form").select_option(label="Square")
    expect(sheet.get_by_label("Width, in percent")).to_have_value("50")
    expect(sheet.get_by_label("Height, in percent")).to_have_value("100")
    sheet.get_by_label("Width, in percent").fill("40")
    sheet.get_by_label("Width, in percent").blur()
    sheet.get_by_role("button", name="The whole picture").click()
    expect(sheet.get_by_label("Width, in percent")).to_have_value("100")


def drag(page: Page, area: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    def at(where: tuple[float, float]) -> tuple[float, float]:
        x, y = where
        return area["x"] + x * area["width"], area["y"] + y * area["height"]

    page.mouse.move(*at(start))
    page.mouse.down()
    page.mouse.move(*at(end), steps=4)
    page.mouse.up()


def test_two_at_once(library: Any, editor: Someone) -> None:
    """Who saves second is told, sees theirs, keeps their own words, and decides."""
    picture = a_picture(editor, "two-at-once.jpg")
    page = library(editor)
    shot(page, "two-at-once.jpg").get_by_role("button").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Caption").fill("Mine")
    said = {"caption": "Theirs", "credit": "T. Maes"}
    assert editor.send("PATCH", f"/api/media/{picture['id']}", said).status_code == 200
    sheet.get_by_role("button", name="Save").click()
    sheet.get_by_text("Theirs: Caption: “Theirs”. Save again to keep yours.").wait_for()
    expect(sheet.get_by_label("Caption")).to_have_value("Mine")
    expect(sheet.get_by_label("Credit", exact=True)).to_have_value("T. Maes")
    sheet.get_by_role("button", name="Save").click()
    sheet.get_by_text("Saved", exact=True).wait_for()
    now = editor.send("GET", f"/api/media/{picture['id']}").json()
    assert (now["caption"], now["credit"]) == ("Mine", "T. Maes")


def test_nothing_written_is_lost_by_a_key(library: Any, editor: Someone) -> None:
    """Escape leaves what is not saved only when it is hit again."""
    a_picture(editor, "escape.jpg")
    page = library(editor)
    shot(page, "escape.jpg").get_by_role("button").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Caption").fill("Half a thought")
    page.keyboard.press("Escape")
    sheet.get_by_text("You have changed something and not saved it.").wait_for()
    expect(sheet.get_by_label("Caption")).to_have_value("Half a thought")
    sheet.get_by_role("button", name="Close without saving").click()
    expect(sheet).to_have_count(0)


def test_somebody_else_s(library: Any, editor: Someone, reporter: Someone) -> None:
    """A reporter sees others' pictures, and is told who can change them."""
    a_picture(editor, "an-editor-s.jpg", credit="T. Maes")
    page = library(reporter)
    shot(page, "an-editor-s.jpg").get_by_role("button").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("Who sent it can change this, and every editor.").wait_for()
    expect(sheet.get_by_label("Credit", exact=True)).to_be_disabled()
    expect(sheet.get_by_role("button", name="Save")).to_have_count(0)
    expect(sheet.get_by_role("button", name="Crop")).to_have_count(0)


@pytest.mark.parametrize(
    ("role", "here", "seen"), [("viewer", "reporter", 2), ("contributor", "contributor", 1)]
)
def test_of_one_coverage(
    library: Any,
    coverage: Coverage,
    editor: Someone,
    server: Server,
    client: httpx2.Client,
    role: str,
    here: str,
    seen: int,
) -> None:
    """Who files in one coverage alone sees the library; who was invited there, what they sent."""
    person = somebody(server, client, role)
    members = f"/api/coverages/{coverage.slug}/members/{person.id}"
    assert editor.send("PUT", members, {"role": here}).status_code == 200
    name = f"of-one-{role}"
    a_picture(editor, f"{name}-theirs.jpg", credit=name)
    a_picture(person, f"{name}-own.jpg", credit=name)
    page = library(person)
    page.get_by_role("searchbox").fill(name)
    expect(shot(page, name)).to_have_count(seen)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_from_the_post(
    desk: Desk, coverage: Coverage, editor: Someone, tmp_path: Path, size: tuple[int, int]
) -> None:
    """A picture in the composer opens the same sheet; its new files and words come into the post,
    and the post's own words stay."""
    name = f"in-a-post-{size[0]}.jpg"
    file = tmp_path / name
    file.write_bytes(a_file(size=(1200, 600)))
    page = desk(editor, coverage, rough=True, viewport={"width": size[0], "height": size[1]})
    write(page, "With a picture to crop", "Text.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture", exact=True).click()
    chooser.value.set_files(file)
    page.get_by_label("Caption: what is to be seen").fill("The post's own words")
    page.get_by_role("button", name="Crop, focal point, rights …").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Credit", exact=True).fill("Ana Reyes")
    sheet.get_by_label("Caption").fill("The library's words")
    sheet.get_by_label("For those who can't see it").fill("Two fields")
    sheet.get_by_role("button", name="Crop").click()
    sheet.get_by_label("Width, in percent").fill("50")
    sheet.get_by_role("button", name="Save").click()
    sheet.get_by_text("Saved", exact=True).wait_for()
    sheet.get_by_role("button", name="Back to the post").click()
    expect(page.locator(".picture-sheet")).to_have_count(0)
    expect(page.get_by_label("Credit", exact=True)).to_have_value("Ana Reyes")
    page.locator("#headline").press("Control+Enter")
    page.locator("#readers article img").first.wait_for(state="attached")
    (post,) = posts_of(editor, coverage)
    picture = post["blocks"][-1]
    assert picture["caption"] == "The post's own words"
    assert (picture["credit"], picture["alt"]) == ("Ana Reyes", "Two fields")
    assert (picture["width"], picture["height"]) == (600, 600)
    (found,) = editor.send("GET", f"/api/media?q={name}").json()["pictures"]
    assert found["media"] == picture["media"]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_into_a_post(
    desk: Desk, coverage: Coverage, editor: Someone, size: tuple[int, int]
) -> None:
    """A picture of the newsroom is looked for and put into a post, with what is said of it."""
    words = {"caption": "The lake at dusk.", "credit": "T. Maes", "alt": "A jet of water."}
    made = a_picture(editor, f"lake-{size[0]}.jpg", **words)
    viewport = {"width": size[0], "height": size[1]}
    page = desk(editor, coverage, rough=True, viewport=viewport)
    write(page, "Evening in Geneva", "It is warm.")
    page.locator("[data-tool=library]").click()
    choice = page.get_by_role("dialog", name="From the library")
    expect(choice.get_by_role("searchbox")).to_be_focused()
    choice.get_by_role("searchbox").fill(f"lake-{size[0]}")
    expect(choice.locator(".shots li")).to_have_count(1)
    choice.get_by_role("button", name="The lake at dusk.").click()
    expect(choice).to_have_count(0)
    page.get_by_role("button", name="Publish", exact=True).click()
    until(page, lambda: posts_of(editor, coverage), "it is published")
    picture = posts_of(editor, coverage)[0]["blocks"][-1]
    assert {name: picture[name] for name in words} == words
    assert picture["media"] == made["media"]
