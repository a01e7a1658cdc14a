"""The sentences by which the server refuses something to people, as the catalogues have them.

They stand where they are raised, and the API says them in English. What is put in becomes a
placeholder that is named after it: `f"There is no time zone “{name}”. …"` is
`There is no time zone “%(name)s”. …`. Nothing else in these rooms is a whole sentence.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("domain", "desk", "auth", "media", "web/desk")
# Of a room that otherwise speaks to readers, or to programs.
_FILES = ("web/session.py",)
# They speak to programs, or the desk has words of its own for what they say.
_OF_THE_API = ("shapes.py", "cautions.py", "app.py")
# Who writes a program reads English; the desk itself never asks in such a way.
_FOR_PROGRAMS = re.compile(
    r"`|\b(?:GET|HEAD|UUID|If-\w+|token|uploads?|id)\b|count from 0|would be more|storage|can't be written"
)
_SENTENCE = re.compile(r"[A-Z“].* .*[.!]", re.DOTALL)


def sentences(root: Path) -> Iterator[tuple[Path, str]]:
    """Each with the file that says it."""
    house = root / "src/dateline"
    rooms = [path for room in ROOMS for path in sorted((house / room).glob("*.py"))]
    for path in (*rooms, *(house / name for name in _FILES)):
        if path.name in _OF_THE_API:
            continue
        for words in _said(ast.parse(path.read_text())):
            if _SENTENCE.fullmatch(words) and not _FOR_PROGRAMS.search(words):
                yield path, words


def _said(tree: ast.AST) -> Iterator[str]:
    """All strings of a file but its docstrings, from the top."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.JoinedStr):
            yield _with_places(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        else:
            yield from _said(node)


def _with_places(text: ast.JoinedStr) -> str:
    made, seen = "", set[str]()
    for part in text.values:
        if isinstance(part, ast.Constant):
            made += str(part.value)
        else:
            name = _name(part)
            while name in seen:
                name += "_"
            seen.add(name)
            made += f"%({name})s"
    return made


def _name(part: ast.AST) -> str:
    """After the last word of what is put in: `draft.version` is `version`."""
    for node in ast.walk(part):
        if isinstance(node, ast.Attribute):
            return node.attr.lower().strip("_")
        if isinstance(node, ast.Name):
            return node.id.lower().strip("_")
    return "value"
