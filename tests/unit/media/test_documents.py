"""What is no picture is a document of three formats by its bytes, or is refused with what to do."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.media.documents import format_of
from dateline.media.kinds import Refused, is_picture
from drawing import a_file
from papers import CSV, TEXT, a_pdf


def a_zip(name: str = "word/document.xml") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "<script>alert(1)</script>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_pdf(), "pdf"),
        (a_pdf() + b"\r\n\0\0", "pdf"),
        (b"\r\n" + a_pdf(), "pdf"),
        (CSV, "csv"),
        (b"\xef\xbb\xbf" + CSV, "csv"),
        (b"a\tb\n1\t2\n", "csv"),
        (b'name,said\r\nAnn,"Yes, and\r\nno"\r\n\r\nBo,-\r\n', "csv"),
        (b"place,change\nGhent,-4.5\nAalst,+3\n@herald,0\n", "csv"),
        (TEXT, "text"),
        (b"Hello, Ann\nBye, Bob\n", "text"),
        (b"One line, no table", "text"),
        (b"A title\nname,seats\nAnn,3\n", "text"),
        ("العدد\n".encode(), "text"),
    ],
)
def test_every_format(data: bytes, kind: str) -> None:
    """A PDF, a table with any delimiter, and words are known for what they are."""
    assert not is_picture(data)
    assert format_of(data) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_zip(), "another kind (ZIP, DOCX, XLSX)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "another kind (DOC, XLS)"),
        (b"{\\rtf1 Hello}", "another kind (RTF)"),
        (b"MZ\x90\0" + b"\0" * 60, "another kind (program)"),
        (b"#!/bin/sh\nrm -rf /\n", "another kind (program)"),
        (b"\x1f\x8b\x08\0", "another kind (GZIP)"),
        (b"<!doctype html><p>Hello", "another kind (HTML, XML)"),
        (b"\xef\xbb\xbf <svg xmlns='http://www.w3.org/2000/svg'/>", "another kind (SVG)"),
        (b"Hello <script>alert(1)</script>", "hides in this text"),
        (b"a,b\n1,<iframe src=x>\n", "hides in this text"),
        (TEXT + a_zip(), "kind that is not taken"),
        (b"\0\1\2\3" * 40, "kind that is not taken"),
        ("Größe;Stück\n1;2\n".encode("cp1252"), "not in UTF-8"),
        ("Größe".encode("utf-16"), "not in UTF-8"),
        (b" \n\n", "nothing in this file"),
        (b"", "nothing in this file"),
        (b'a,b\n1,"=HYPERLINK(""https://example.org"")"\n', "holds a formula"),
        (b"a;b\n1;=cmd|'/C calc'!A0\n", "holds a formula"),
        (b"a;b\n1;@SUM(1)\n", "holds a formula"),
        (b"%PDF-1.7\n1 0 obj", "breaks off"),
        (a_pdf() + a_zip(), "stands behind the end"),
        (a_pdf() + b"<script>alert(1)</script>", "stands behind the end"),
        (a_pdf() + a_zip() + b"\n%%EOF\n", "archive hides in this PDF"),
        (b"<p>" + a_pdf(), "another kind (HTML, XML)"),
        (b"Hello " + a_pdf(), "not in UTF-8"),
    ],
)
def test_what_is_refused(data: bytes, words: str) -> None:
    """All else, what only says that it is one, and what is something else as well, is refused with
    what it is and what to send instead."""
    with pytest.raises(Refused, match=r".+\. .+\.|.+: .+\.") as caught:
        format_of(data)
    assert words in str(caught.value)


def test_pictures_are_none() -> None:
    """What begins as a picture is looked at as one."""
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
        assert is_picture(a_file(kind, (60, 40))[:16])


@given(st.sampled_from((b"%PDF-1.7\n", b"a,b\n", b"\xef\xbb\xbf", b'"', b"")), st.binary())
def test_any_bytes(start: bytes, rest: bytes) -> None:
    """Any bytes are of a format or are refused; nothing else can happen."""
    with suppress(Refused):
        assert format_of(start + rest) in ("pdf", "csv", "text")
