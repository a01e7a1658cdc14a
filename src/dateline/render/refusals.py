"""What a refusal says in another language.

It is raised in English, with what it is about put in; the catalogues have the sentence with places
(`scripts/refusals.py`). The desk's application does this for itself: `frontend/desk/refusals.ts`.
"""

import re
from functools import cache

from dateline.render.language import Language

_PLACE = re.compile(r"%\((\w+)\)s")


def refusal(words: str, language: Language) -> str:
    """The same in that language; as it was where the catalogue has no such sentence."""
    said = language.gettext(words)
    if said != words:
        return said
    found = ((pattern.fullmatch(words), said) for pattern, said in _patterns(language))
    return next((_filled(said, match) for match, said in found if match), words)


def _filled(sentence: str, found: re.Match[str]) -> str:
    return _PLACE.sub(lambda place: found[place[1]], sentence)


@cache
def _patterns(language: Language) -> list[tuple[re.Pattern[str], str]]:
    """Of the sentences in which something is put in."""
    return [
        (_pattern(english), sentence)
        for english, sentence in language.refusals.items()
        if _PLACE.search(english)
    ]


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    texts, names = parts[::2], parts[1::2]
    made = re.escape(texts[0])
    for name, text in zip(names, texts[1:], strict=True):
        made += f"(?P<{name}>.+?){re.escape(text)}"
    return re.compile(made, re.DOTALL)
