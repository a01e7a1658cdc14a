"""Documents from a device into a post, on a desk and on a telephone, and on to readers."""

import random
from pathlib import Path

import pytest
from pikepdf import Pdf, Stream
from playwright.sync_api import FileChooser, Page, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import until
from integration.server import Server
from papers import CSV, a_pdf, plain, with_author

from .conftest import Desk, address_of, break_third_piece, enter, expect_sent, posts_of, write

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TITLE = "Title: what it is"


@pytest.fixture(scope="module")
def ruling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several pieces large, with the name of who made it."""

    def heavy(pdf: Pdf) -> None:
        pdf.pages[0].Thumb = Stream(pdf, random.Random(1).randbytes(1_700_000))

    path = tmp_path_factory.mktemp("papers") / "Az-333-21.pdf"
    path.write_bytes(a_pdf(3, with_author, heavy))
    assert path.stat().st_size > 3 * 512 * 1024
    return path


def test_on_a_desk(
    desk: Desk, visit: Visit, coverage: Coverage, editor: Someone, ruling: Path
) -> None:
    """A PDF is added by the button, needs a title, is published, and a reader takes it away under
    that title, without the name of who made it."""
    page = desk(editor, coverage, rough=True)  # Chromium tells each HEAD as broken off
    write(page, "The court has ruled", "The text is out.")
    pick(page, ruling)
    block = page.locator("figure.block-file")
    expect(block).to_contain_text("Az-333-21.pdf")
    page.get_by_text("A file has no title.").wait_for()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    block.get_by_label(TITLE).fill("The ruling")
    expect(block).to_contain_text("PDF, 3 pages, ")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator("#readers article .file").wait_for()
    (post,) = posts_of(editor, coverage)
    assert (post["blocks"][-1]["title"], post["blocks"][-1]["pages"]) == ("The ruling", 3)
    # Chromium tells of a way to a download that it was broken off.
    check_download(visit(rough=True), coverage)
    check_download(visit(rough=True, java_script_enabled=False), coverage)


def check_download(page: Page, coverage: Coverage) -> None:
    page.goto(f"/live/{coverage.slug}")
    file = page.locator("article .file")
    expect(file).to_contain_text("PDF, 3 pages, ")
    with page.expect_download() as found:
        file.get_by_role("link", name="The ruling").click()
    assert found.value.suggested_filename == "The ruling.pdf"
    data = Path(found.value.path()).read_bytes()
    assert b"SECRET" not in plain(data)
    assert b"(Page 3)" in plain(data)


def test_on_a_telephone(
    desk: Desk, coverage: Coverage, editor: Someone, ruling: Path, tmp_path: Path
) -> None:
    """In a plain field a file is a line with its fields below; it is called otherwise, one is taken
    out again, and the other is published."""
    table = tmp_path / "seats.csv"
    table.write_bytes(CSV)
    page = desk(editor, coverage, rough=True, **PHONE)
    write(page, "The court has ruled", "The text is out.")
    for file in (ruling, table):
        pick(page, file)
    pieces = page.locator("desk-text > .file")
    expect(pieces).to_have_count(2)
    expect(page.locator("#plain-text")).to_have_value(
        "The text is out.\n\n[[1: file]]\n\n[[2: file]]\n\n"
    )
    pieces.nth(0).get_by_label(TITLE).fill("A first name")
    expect(pieces.nth(0)).to_contain_text("PDF, 3 pages, ")
    pieces.nth(1).get_by_label(TITLE).fill("The seats")
    expect(pieces.nth(1)).to_contain_text("CSV, ")
    pieces.nth(0).get_by_label(TITLE).fill("The ruling")
    pieces.nth(1).get_by_role("button", name="Take out").click()
    expect(pieces).to_have_count(1)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect_sent(page)
    until(page, lambda: len(posts_of(editor, coverage)) == 1, "it is published")
    (post,) = posts_of(editor, coverage)
    assert [one["type"] for one in post["blocks"]] == ["paragraph", "file"]
    assert post["blocks"][1]["title"] == "The ruling"


def test_a_network_that_breaks(
    visit: Visit, server: Server, coverage: Coverage, editor: Someone, ruling: Path
) -> None:
    """It breaks during the third piece and the tab dies: the upload goes on from there by itself,
    and the post that waits for it goes out after it."""
    page = visit(rough=True)
    enter(page, editor, server.address)
    page.goto(address_of(coverage))
    break_third_piece(page)
    write(page, "Sent from the road", "With the ruling.")
    pick(page, ruling)
    page.get_by_label(TITLE).fill("The ruling")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#headline")).to_have_value("")
    page.get_by_text("No network.").wait_for()
    page.context.unroute("**/api/uploads/**")
    page.close()
    fresh = page.context.new_page()
    fresh.goto(address_of(coverage))
    expect(fresh.locator("#readers article .file a")).to_have_text("The ruling", timeout=60_000)
    (post,) = posts_of(editor, coverage)
    assert post["blocks"][-1]["pages"] == 3


def test_dropped_and_refused(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """What is dropped becomes a picture or a file by what it is called; what is not taken says what
    to send instead, and can be taken out."""
    page = desk(editor, coverage, rough=True)
    write(page, "With files", "Text.")
    page.evaluate(DROP, ["ruling.pdf", "application/pdf", list(a_pdf())])
    page.evaluate(DROP, ["notes.docx", "application/msword", list(b"PK\3\4" + b"\0" * 99)])
    page.evaluate(DROP, ["photo.jpg", "image/jpeg", list(a_pdf())])
    files = page.locator("figure.block-file")
    expect(files).to_have_count(2)
    refused = files.filter(has_text="notes.docx")
    expect(refused).to_contain_text("Save it as PDF, or a table as CSV, and send that.")
    refused.get_by_role("button", name="Take out").click()
    picture = page.locator("figure.block-image")
    expect(picture).to_contain_text("Refused: This is a document, and not a picture.")
    picture.get_by_role("button", name="Take out").click()
    page.get_by_label(TITLE).fill("The ruling")
    page.keyboard.press("Control+Enter")
    expect_sent(page)
    until(page, lambda: len(posts_of(editor, coverage)) == 1, "it is published")
    (post,) = posts_of(editor, coverage)
    assert [one["type"] for one in post["blocks"]] == ["paragraph", "file"]


DROP = """([name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const goal = document.querySelector(".text");
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  goal.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def test_by_keys(desk: Desk, coverage: Coverage, editor: Someone, ruling: Path) -> None:
    """The menu at the cursor has it too, and everything about it is reached by Tab."""
    page = desk(editor, coverage, rough=True)
    # Said so early that the browser has heard it when the key comes.
    asked: list[FileChooser] = []
    page.on("filechooser", lambda chooser: asked.append(chooser))
    write(page, "By keys", "Text.")
    page.keyboard.press("Enter")
    page.keyboard.type("/fil")
    page.get_by_role("option", name="File").wait_for()
    page.keyboard.press("Enter")
    until(page, lambda: asked, "it asks for a file")
    asked[0].set_files(ruling)
    title = page.get_by_label(TITLE)
    title.focus()
    page.keyboard.type("The ruling")
    expect(page.locator("figure.block-file")).to_contain_text("PDF, 3 pages, ")
    expect(title).to_have_value("The ruling")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Take out")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("figure.block-file")).to_have_count(0)


def test_among_the_pictures_is_none(
    desk: Desk, coverage: Coverage, editor: Someone, ruling: Path
) -> None:
    """Who chooses a picture from the library sees pictures only."""
    page = desk(editor, coverage, rough=True)
    write(page, "With a file", "Text.")
    pick(page, ruling)
    expect(page.locator("figure.block-file")).to_contain_text("PDF, 3 pages, ")
    page.get_by_role("button", name="From the library").click()
    sheet = page.get_by_role("dialog")
    sheet.locator(".shots, .notice").first.wait_for()
    expect(sheet.get_by_text("Az-333-21.pdf")).to_have_count(0)


def pick(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="File", exact=True).click()
    chooser.value.set_files(file)
