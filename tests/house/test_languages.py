"""Every word of the interface can be said in every language."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from dateline.render.desk import desk_speeches
from dateline.render.language import codes

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src/dateline/render/templates").glob("*.j2"))
STATIC = ROOT / "src/dateline/web/static"
LOADED = ("desk.js", "desk-editor.js", "desk.css")
# Names, which are the same in all languages; and the id of the stream.
NAMES = {"updates", "Atom", "RSS", "JSON Feed"}


def test_the_catalogues_are_whole() -> None:
    """No string is missing in a catalogue, or differs in its placeholders: `make messages`."""
    command = [sys.executable, "scripts/messages.py", "--check"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_bare_in_a_template(path: Path) -> None:
    """What readers see or hear is marked with `_()`, so that it reaches the catalogues."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
    said = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    said += re.sub(r"<[^>]*>", "\n", text).split("\n")
    bare = [words.strip() for words in said if re.search(r"[A-Za-z]{2}", words)]
    assert not [words for words in bare if words not in NAMES], "mark them with _()"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_bare_in_an_expression(path: Path) -> None:
    """Nor as a string that a template shows: those with a capital or a space are words."""
    for block in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", path.read_text(), flags=re.DOTALL):
        unmarked = re.sub(r"\b(?:_|ngettext)\((?:'[^']*'(?:, )?)+", "", block)
        words = re.findall(r"'((?:[A-Z][a-z]|[a-z]+ [a-z])[^'/=]*)'", unmarked)
        assert not [one for one in words if one not in NAMES], "mark them with _()"


def test_french_leaves_no_colon_alone() -> None:
    """Before : ; ? ! stands a space that no line breaks at."""
    catalogue = (ROOT / "src/dateline/render/locale/fr.po").read_text()
    assert re.findall(r"^msgstr.*? [:;?!»].*$", catalogue, re.MULTILINE) == []


def test_the_desk_stays_small_in_every_language() -> None:
    """All that a first visit loads, with the words of any one language: at most 250 KB packed."""
    named = msgspec.json.decode((STATIC / "manifest.json").read_bytes(), type=dict[str, str])
    packed = sum(_packed((STATIC / named[name]).read_bytes()) for name in LOADED)
    fonts = sum(path.stat().st_size for path in STATIC.glob("*-latin-*.woff2"))
    words = {name: _packed(speech.body) for name, speech in desk_speeches().items()}
    assert len(words) == len(codes()) - 1
    assert packed + fonts + max(words.values()) <= 250 * 1024, words


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, 9))
