"""What a page says of an error: its own words where a language has them, else those of its kind."""

from collections.abc import Callable

from dateline.render.language import SOURCE, Language
from dateline.render.refusals import refusal


def told(status: int, title: str, detail: str, language: Language) -> tuple[str, str]:
    """Title and detail. An error speaks English: elsewhere half a page in it helps nobody."""
    if language.locale.language == SOURCE:
        return title, detail
    known = _kinds(language.gettext)
    title, kind = known.get(status) or known[400 if status < 500 else 500]
    said = refusal(detail, language)
    return title, kind if said == detail else said


def _kinds(_: Callable[[str], str]) -> dict[int, tuple[str, str]]:
    return {
        400: (
            _("This can't be shown"),
            _("The address asks for something that there can't be. Go back to the newest page."),
        ),
        403: (
            _("Not allowed"),
            _("This is not allowed here, so nothing was done. Go back, and load the page again."),
        ),
        404: (
            _("Not found"),
            _("There is nothing at this address. See the front page for all coverages."),
        ),
        410: (_("Removed"), _("This update was removed for legal reasons.")),
        500: (
            _("Something went wrong"),
            _("Something went wrong on our side; nothing was changed. Try again in a moment."),
        ),
        503: (
            _("Not available at the moment"),
            _("The server can't answer at the moment. Try again in a moment."),
        ),
    }
