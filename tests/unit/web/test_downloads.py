"""What a document is called on a reader's computer, whatever its post calls it."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.web.downloads import attachment


@pytest.mark.parametrize(
    ("title", "name", "plain"),
    [
        ("The ruling", None, "The ruling.pdf"),
        ("Le communiqué", "Le communiqué.pdf", "Le communique.pdf"),
        ("نص الحكم", "نص الحكم.pdf", "document.pdf"),
        ("../../etc/passwd", None, "etc passwd.pdf"),
        ('A "quoted"; name\\', None, "A quoted ; name.pdf"),
        ("C:\\Users\\ada", None, "C Users ada.pdf"),
        ("gpj.\u202efdp", None, "gpj.fdp.pdf"),
        ("One\r\nSet-Cookie: a=b", None, "OneSet-Cookie a=b.pdf"),
        (" ... ", None, "document.pdf"),
        ("100 % of it?", None, "100 of it.pdf"),
    ],
)
def test_names(title: str, name: str | None, plain: str) -> None:
    """Readable, in its own letters, and nothing that a system or a header takes for more."""
    made = attachment(title, ".pdf")
    assert made.startswith(f'attachment; filename="{plain}"')
    if name:
        assert unquote(made.partition("filename*=UTF-8''")[2]) == name
    else:
        assert "filename*" not in made


def test_a_long_one() -> None:
    """It is cut between words."""
    assert attachment("word " * 60, ".csv") == f'attachment; filename="{"word " * 15}word.csv"'


@given(st.text(max_size=400))
def test_any_title(title: str) -> None:
    """Of any title a header of visible ASCII is made, in which nothing is closed too early."""
    made = attachment(title, ".txt")
    assert made.isascii()
    assert made.isprintable()
    assert made.count('"') == 2
    assert len(made) < 1200
