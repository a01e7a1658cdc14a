"""The words for where a coverage is, and for how far a source is trusted."""

from dateline.render.language import Language


def status_words(status: str, language: Language) -> str:
    _ = language.gettext
    words = {
        "live": _("Live"),
        "scheduled": _("Scheduled"),
        "paused": _("Paused"),
        "ended": _("Ended"),
    }
    return words[status]


def verification_words(status: str, language: Language) -> str:
    """As they stand within a line."""
    _ = language.gettext
    words = {
        "confirmed": _("confirmed"),
        "unconfirmed": _("unconfirmed"),
        "wrong": _("wrong"),
    }
    return words[status]
