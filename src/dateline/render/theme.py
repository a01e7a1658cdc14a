"""Where templates come from: the newsroom's theme, else the package.

A template can build on the one it stands in for: `{% extends "dateline/page.html.j2" %}`.
"""

from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    TemplateSyntaxError,
)

from dateline.domain.errors import Invalid

_PACKAGE = PackageLoader("dateline.render")
LOADER = ChoiceLoader([PrefixLoader({"dateline": _PACKAGE}), _PACKAGE])


def use_templates(folder: Path) -> None:
    """Let the templates of a folder stand in for the package's: once, before any is rendered.

    :raises Invalid: one of them stands in for none, or can't be read.
    """
    own = FileSystemLoader(folder)
    known = _PACKAGE.list_templates()
    reading = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for name in own.list_templates():
        if name not in known:
            raise Invalid(
                f"{folder / name} stands in for no template. Those are: {', '.join(known)}."
            )
        try:
            reading.parse(own.get_source(reading, name)[0])
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
            raise Invalid(f"{folder / name}{line} can't be read: {error}.") from error
    LOADER.loaders = [own, *LOADER.loaders]
