"""The catalogues of the interface's words: `make messages` brings them up to date with the source.

`--check` changes nothing and tells what is missing or wrong; `--new nl` begins another language.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from refusals import sentences

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src/dateline/render/locale"
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2)}
SOURCES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "src/dateline/render/templates/*.j2",
        "jinja2.ext:babel_extract",
        KEYWORDS,
        {"trim_blocks": "1", "lstrip_blocks": "1", "silent": "0"},
    ),
    ("src/dateline/render/*.py", "python", KEYWORDS, {}),
    ("src/dateline/web/desk/*.py", "python", KEYWORDS, {}),
    ("frontend/reader/*.ts", "javascript", {"_": None, "counted": (2, 3)}, {}),
    ("frontend/desk/words.ts", "javascript", {"_": None, "counted": (2, 3)}, {}),
    ("frontend/desk/words/*.ts", "javascript", {"_": None, "counted": (2, 3)}, {}),
    ("frontend/desk/speech.ts", "javascript", {"_": None}, {}),
]
_PLACE = re.compile(r"%\((\w+)\)s")


def main(arguments: list[str]) -> str | None:
    """None where all is well, else what is not."""
    if arguments[:1] == ["--new"]:
        code = arguments[1]
        write(Catalog(locale=Locale.parse(code, sep="-")), code)
    source = extracted()
    codes = sorted(path.stem for path in FOLDER.glob("*.po"))
    if arguments != ["--check"]:
        for code in codes:
            catalog = read(code)
            catalog.update(source, no_fuzzy_matching=True)
            write(catalog, code)
    wrong: dict[str, list[str]] = {}
    for code in codes:
        for fault in faults(read(code), source):
            wrong.setdefault(fault, []).append(code)
    if not wrong:
        return None
    lines = [f"{', '.join(codes)}: {fault}" for fault, codes in wrong.items()]
    return "\n".join([*lines, "", "Run `make messages`, then fill in src/dateline/render/locale."])


def extracted() -> Catalog:
    """What the source says, in English."""
    made = Catalog()
    for pattern, method, keywords, options in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            with path.open("rb") as file:
                for _, words, _, _ in extract(method, file, keywords, (), options):
                    made.add(words, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    for path, words in sentences(ROOT):
        made.add(words, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return made


def faults(catalog: Catalog, source: Catalog) -> Iterator[str]:
    for message in source:
        if message.id:
            yield from _faults(message, catalog, catalog.get(message.id))
    for message in catalog:
        if message.id and message.id not in source:
            yield f"nothing says {message.id!r} any more"


def _faults(source: Message, catalog: Catalog, found: Message | None) -> Iterator[str]:
    if found is None:
        yield f"{source.id!r} is missing"
        return
    forms = found.string if isinstance(found.string, tuple) else (found.string,)
    wanted = catalog.num_plurals if isinstance(source.id, tuple) else 1
    if found.fuzzy or len(forms) != wanted or not all(forms):
        yield f"{source.id!r} is not translated (in {wanted} forms)"
        return
    if {path for path, _ in found.locations} != {path for path, _ in source.locations}:
        yield f"{source.id!r} stands in other files by now"
    english = source.id[-1] if isinstance(source.id, tuple) else source.id
    for form in forms:
        # “One new update” needs no figure.
        optional = {"num"} if isinstance(source.id, tuple) else set()
        places = set(_PLACE.findall(str(form)))
        if not places <= set(_PLACE.findall(english)) <= places | optional:
            yield f"{form!r} has other placeholders than {english!r}"
        if str(form) != str(form).strip() and english == english.strip():
            yield f"{form!r} has a space at an end, unlike {english!r}"
        if "<" in str(form):
            yield f"{form!r} has markup in it: that is the templates'"


def read(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code.replace("-", "_"), abort_invalid=True)


def write(catalog: Catalog, code: str) -> None:
    """With the lines that matter at its head: no dates and numbers, which change by themselves."""
    body = BytesIO()
    write_po(body, catalog, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    head = (
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {code}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    (FOLDER / f"{code}.po").write_text(head + body.getvalue().decode().strip() + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
