"""The desk's pages that need no script: sign in, choose a password, take an invitation."""

from collections.abc import Mapping

from dateline.render.environment import environment_of
from dateline.render.language import SOURCE
from dateline.render.page import Assets


def desk_html(template: str, values: Mapping[str, object], assets: Assets) -> bytes:
    """A page by the name of its template, such as `sign-in`."""
    # The desk speaks English.
    return (
        environment_of(SOURCE)
        .get_template(f"desk-{template}.html.j2")
        .render({**values, "assets": assets})
        .encode()
    )
