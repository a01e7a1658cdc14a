"""A theme's templates are read before any page is, and what is wrong with them is said."""

from pathlib import Path

import pytest

from dateline.domain.errors import Invalid
from dateline.render.theme import LOADER, use_templates


def folder(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text)
    return tmp_path


def test_one_that_stands_in_for_none(tmp_path: Path) -> None:
    """A slip of the pen in a name is not passed over in silence."""
    with pytest.raises(Invalid, match=r"pages\.html\.j2 stands in for no template.*page\.html"):
        use_templates(folder(tmp_path, "pages.html.j2", ""))


def test_one_that_cannot_be_parsed(tmp_path: Path) -> None:
    """The file and the line are named, and nothing of the theme is used."""
    before = list(LOADER.loaders)
    with pytest.raises(Invalid, match=r"page\.html\.j2, line 2"):
        use_templates(folder(tmp_path, "page.html.j2", "\n{% if %}"))
    assert LOADER.loaders == before
