"""Words without placeholders, put into a template when it is compiled.

Each language has templates of its own, so `_('Key event')` says the same whenever it is asked: as a
constant it costs nothing, where a call of gettext for each word made posts a half slower.
"""

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from dateline.render.language import Language

_CALL = ("name", "lparen", "string", "rparen")


class ConstantWords(Extension):
    """Reads `_('Key event')` as `'Momento clave'|safe`. A catalogue's words are trusted."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        language = self.environment.globals["interface"]
        assert isinstance(language, Language)
        tokens = list(stream)
        at = 0
        while at < len(tokens):
            call = tokens[at : at + len(_CALL)]
            if tuple(token.type for token in call) == _CALL and call[0].value == "_":
                line = call[2].lineno
                yield Token(line, "string", language.gettext(call[2].value))
                yield Token(line, "pipe", "|")
                yield Token(line, "name", "safe")
                at += len(_CALL)
            else:
                yield tokens[at]
                at += 1
