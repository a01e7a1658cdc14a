"""The pages are valid HTML, their style valid CSS: by the Nu HTML checker, offline."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest

from integration.server import Server

from .everything import Everything

# Beside the browser tests, for their coverage in which everything has happened.
pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
FRONTEND, THEMES = ROOT / "frontend", ROOT / "docs/themes"
# An update may have no headline; it is named by its time then.
MEANT = ".*Article lacks heading.*"
CHECKER = FRONTEND / "node_modules/vnu-jar/build/dist/vnu.jar"


def test_all_pages_are_valid(everything: Everything, server: Server, tmp_path: Path) -> None:
    """No error and no warning on any page."""
    with httpx2.Client(base_url=server.address, timeout=30) as client:
        for name, (path, _) in everything.pages.items():
            (tmp_path / f"{name}.html").write_bytes(client.get(path).content)
    assert checked(sorted(tmp_path.iterdir())) == []


def test_all_style_is_valid() -> None:
    """No error in the style of the pages, nor in the themes that newsrooms are shown."""
    styles = sorted([*(FRONTEND / "styles").glob("*.css"), *THEMES.glob("*/*.css")])
    assert len(styles) > 10
    assert checked(styles) == []


def test_the_checker_is_awake(tmp_path: Path) -> None:
    """What is wrong is found, or the tests above would prove nothing."""
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><div></p>")
    (tmp_path / "wrong.css").write_text("p { colour: red }")
    for wrong in tmp_path.iterdir():
        assert checked([wrong])


def checked(files: list[Path]) -> list[str]:
    """What the checker has to say of files that are all HTML or all CSS."""
    java = shutil.which("java")
    if not java:
        missing = "There is no Java: run scripts/system-packages. NO MARKUP HAS BEEN CHECKED."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    options = ["--format", "json", "--exit-zero-always", "--stdout", "--skip-info-messages"]
    options += [f"--{files[0].suffix[1:]}", "--filterpattern", MEANT]
    made = subprocess.run(
        [java, "-jar", CHECKER, *options, *files],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [told(one) for one in json.loads(made.stdout)["messages"]]


def told(message: dict[str, Any]) -> str:
    where = f"{Path(message['url']).name}:{message.get('lastLine')}"
    return f"{where}: {message['message']} {message.get('extract', '')!r}"
