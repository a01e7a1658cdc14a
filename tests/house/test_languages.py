"""Every word of the interface can be said in every language."""

import gzip
import itertools
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from dateline.render.desk import desk_speeches
from dateline.render.language import codes, read_catalog

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src/dateline/render/templates").glob("*.j2"))
DESK = ROOT / "frontend/desk"
DESK_WORDS = [DESK / "words.ts", *sorted((DESK / "words").glob("*.ts"))]
PARTS = sorted([*(DESK / "parts").rglob("*.ts"), *(DESK / "editor").glob("*.ts")])
STATIC = ROOT / "src/dateline/web/static"
LOADED = ("desk.js", "desk-editor.js", "desk.css")
_STRING = r'"(?:[^"\\]|\\.)*"'
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


def test_each_language_says_it_in_its_own_words() -> None:
    """No two catalogues have more in common than neighbours do."""
    said = {code: read_catalog(code) for code in codes()[1:]}
    for one, other in itertools.combinations(said, 2):
        both = [m for m in said[one] if m.id and len(str(m.id)) > 12]
        same = [m for m in both if m.string == said[other][m.id].string]
        assert len(same) < len(both) / 5, (one, other)


@pytest.mark.parametrize("path", DESK_WORDS, ids=lambda path: path.name)
def test_no_word_stands_bare_in_the_words_of_the_desk(path: Path) -> None:
    """Each string there is marked, but for the names of keys that are the same everywhere."""
    text = re.sub(r"/\*.*?\*/|^import .*?$", "", path.read_text(), flags=re.DOTALL | re.M)
    bare = re.sub(rf"\b_\(\s*{_STRING}|\bcounted\([^,]*,\s*{_STRING},\s*{_STRING}", "", text)
    bare = re.sub(rf"{_STRING}(?=:)", "", bare)  # names, as `"sign-ins": …`
    plain = {"N", "T", "J  K", "what"}
    found = {one.strip('"') for one in re.findall(_STRING, bare) if re.search("[A-Za-z]", one)}
    assert not found - plain
    assert "`" not in bare, "sentences are not glued together: give them placeholders"


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_no_word_stands_bare_in_a_part_of_the_desk(path: Path) -> None:
    """What the desk shows or says to a screen reader comes from its words."""
    text = path.read_text()
    said = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"$]*)"', text)
    said += re.findall(r"<(?:\w+)(?:\s[^<>]*)?>([^<>$`{}]*[A-Za-z]{2,}[^<>$`{}]*)</", text)
    assert not said, "it belongs into words.ts or words/"


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


def test_no_word_is_both_one_and_many() -> None:
    """A word that is counted somewhere is counted everywhere: a catalogue has it in its forms, and
    who asks for the word alone would get all of them."""
    catalogue = (ROOT / "src/dateline/render/locale/de.po").read_text()
    counted = set(re.findall(r'^msgid "(.*)"\nmsgid_plural', catalogue, re.MULTILINE))
    for script in (*DESK_WORDS, ROOT / "frontend/reader/words.ts"):
        alone = set(re.findall(r'\b_\(\s*"((?:[^"\\]|\\.)*)"', script.read_text()))
        assert counted & alone == set(), script
