"""The desk's pages that need no script (sign in, choose a password, take an invitation), the shell
of its application, and the words that this says in another language than English.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from dateline.render.environment import environment_of
from dateline.render.language import codes, language_of
from dateline.render.page import Assets


@dataclass(frozen=True, slots=True)
class Speech:
    """A script that brings the desk's application the words of one language."""

    name: str
    """With a hash of its body: `de-1f0c9a7e.js`."""
    body: bytes


def desk_html(template: str, values: Mapping[str, object], assets: Assets, lang: str) -> bytes:
    """A page by the name of its template, such as `sign-in`."""
    return (
        environment_of(lang)
        .get_template(f"desk-{template}.html.j2")
        .render({**values, "assets": assets})
        .encode()
    )


@cache
def desk_speech(code: str) -> Speech | None:
    """None for English, which the application speaks by itself."""
    language = language_of(code)
    if not language.desk_words:
        return None
    refusals = json.dumps(language.refusals, ensure_ascii=False, separators=(",", ":"))
    told = f'"tag":"{language.tag}","words":{language.desk_words},"refusals":{refusals}'
    body = f"globalThis.DATELINE_SPEECH={{{told}}};\n"
    digest = sha256(body.encode()).hexdigest()[:8]
    return Speech(f"{language.tag}-{digest}.js", body.encode())


@cache
def desk_speeches() -> Mapping[str, Speech]:
    """All there are, by their names."""
    found = (desk_speech(code) for code in codes())
    return {one.name: one for one in found if one}
