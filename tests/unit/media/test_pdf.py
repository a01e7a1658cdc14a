"""What readers get of a PDF: its pages, and nothing that tells of people or does something."""

from io import BytesIO

import pytest
from pikepdf import Dictionary, Encryption, ObjectStreamMode, Pdf, Stream
from PIL import Image

from dateline.media.kinds import Refused
from dateline.media.pdf import MOST_PAGES, clean_pdf
from papers import (
    SECRET,
    Change,
    a_pdf,
    plain,
    with_actions,
    with_attachment,
    with_author,
    with_form,
    with_photo,
    with_remark,
    with_script,
)

LADEN = {
    "who made it, with what": with_author,
    "scripts": with_script,
    "files within": with_attachment,
    "actions": with_actions,
    "who remarked something": with_remark,
    "forms": with_form,
    "photographs": with_photo,
}


@pytest.mark.parametrize("what", LADEN)
def test_what_is_left_behind(what: str) -> None:
    """Nothing of it is in the new file, however it is unpacked."""
    before = a_pdf(2, LADEN[what])
    assert SECRET in plain(before), "else there is nothing to find"
    after, pages = clean_pdf(before)
    assert pages == 2
    assert SECRET not in plain(after)


def test_what_stays() -> None:
    """The pages, links to the web, notes, what was filled in, and the pictures."""
    before = a_pdf(3, *LADEN.values())
    after, pages = clean_pdf(before)
    assert pages == 3
    words = plain(after)
    for kept in (b"(Page 1)", b"(Page 3)", b"https://example.org/one", b"See page 3", b"C-333/21"):
        assert kept in words
    with Pdf.open(BytesIO(after)) as pdf:
        for name in ("/Im0", "/Im1"):
            stream = pdf.pages[0].Resources.XObject[name]
            with Image.open(BytesIO(stream.read_raw_bytes())) as image:
                red, green, _ = image.convert("RGB").getpixel((5, 5))
                assert red > green, "the upper left field is red"


def test_earlier_versions_are_gone() -> None:
    """What was deleted before, or never belonged to a page, does not come along."""

    def forgotten(pdf: Pdf) -> None:
        held = pdf.make_indirect(Dictionary(Words=f"{SECRET.decode()} of a version before"))
        pdf.Root.PieceInfo = Dictionary(Old=held)

    before = a_pdf(1, forgotten)
    assert SECRET in plain(before)
    after, _ = clean_pdf(before + b"\n% " + SECRET + b"\n%%EOF\n")
    assert SECRET not in plain(after)


def test_fonts_with_such_names() -> None:
    """What whoever made the file calls a font or a picture is no reason to drop it; and nothing is
    kept by being called a font."""

    def named(pdf: Pdf) -> None:
        fonts = pdf.pages[0].Resources.Font
        fonts["/AA"] = fonts["/JS"] = fonts["/F"]
        pdf.pages[0].Resources["/Font"] = pdf.make_indirect(fonts)
        pdf.pages[0].Contents = Stream(pdf, b"BT /AA 24 Tf (One) Tj /JS 9 Tf (Two) Tj ET")
        pdf.pages[1].Resources["/Font"] = pdf.Root

    before = a_pdf(2, with_script, with_attachment, named)
    after, _ = clean_pdf(before)
    assert SECRET not in plain(after)
    with Pdf.open(BytesIO(after)) as pdf:
        assert {"/AA", "/JS"} <= set(pdf.pages[0].Resources.Font.keys())


def test_cleaned_twice() -> None:
    """The same file becomes the same file: no time and no number of this machine is in it."""
    before = a_pdf(2, with_author)
    assert clean_pdf(before) == clean_pdf(before)


def needs_its_program(pdf: Pdf) -> None:
    pdf.Root.NeedsRendering = True


def without_pages(pdf: Pdf) -> None:
    del pdf.pages[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_pdf(encryption=Encryption(user="open", owner="sesame")), "encrypted"),
        (a_pdf(encryption=Encryption(user="", owner="sesame")), "encrypted"),
        (a_pdf(1, needs_its_program), "only one program"),
        (a_pdf(1, without_pages), "no page"),
        (b"%PDF-1.7\nhello\n%%EOF\n", "damaged"),
    ],
)
def test_what_is_refused(data: bytes, words: str) -> None:
    """One that can't be looked into, or shows nothing, is refused with words."""
    with pytest.raises(Refused, match=words):
        clean_pdf(data)


def test_too_many_pages() -> None:
    """A book is no document of a post."""

    def often(pdf: Pdf) -> None:
        for _ in range(MOST_PAGES):
            pdf.pages.append(pdf.pages[0])

    with pytest.raises(Refused, match="2001 pages; 2000 are allowed"):
        clean_pdf(a_pdf(1, often))


def test_deep_within() -> None:
    """A dictionary in a dictionary, ten thousand times, is no reason to break."""
    depth = 10_000
    laden = b"<</A " * depth + b"null" + b">>" * depth
    data = a_pdf().replace(b"/Type /Catalog", b"/Type /Catalog /X " + laden, 1)
    with pytest.raises(Refused):
        clean_pdf(data)


@pytest.mark.parametrize("change", [with_script, with_actions])
def test_in_objects_that_are_packed(change: Change) -> None:
    """What stands in streams of objects is found as well."""
    out = BytesIO()
    with Pdf.open(BytesIO(a_pdf(1, change))) as pdf:
        pdf.save(out, object_stream_mode=ObjectStreamMode.generate)
    assert SECRET not in plain(clean_pdf(out.getvalue())[0])
