"""The one tree of errors. It knows no HTTP: `web/errors.py` alone maps it to answers.

Every message says what happened, why, and what to do next.
"""


class DatelineError(Exception):
    """The root. `detail` is one or two sentences for a person."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Invalid(DatelineError):
    """Input that breaks a rule. `pointer` is a JSON pointer (RFC 6901) to the field."""

    def __init__(self, detail: str, pointer: str = "") -> None:
        super().__init__(detail)
        self.pointer = pointer


class NotFound(DatelineError):
    """There is no such coverage, post or file."""


class Gone(DatelineError):
    """It was there and was removed on purpose (a legal takedown)."""


class Conflict(DatelineError):
    """The state of things does not allow this command."""


class Stale(DatelineError):
    """The caller changed a version that is no longer the newest; `current` is, where it helps."""

    def __init__(self, detail: str, current: object = None) -> None:
        super().__init__(detail)
        self.current = current


class VersionRequired(DatelineError):
    """The caller has to say which version it changes."""


class KeyReused(DatelineError):
    """An idempotency key came back with another request."""


class NotAllowed(DatelineError):
    """The caller is known and may not do this."""


class Unauthenticated(DatelineError):
    """The caller is not known."""


class TooMany(DatelineError):
    """Too much at once. `retry_after` is in seconds."""

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(DatelineError):
    """The house can't do it now (disk full, shutting down); nothing was lost or half done."""

    def __init__(self, detail: str, retry_after: int = 5) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ChecksumMismatch(DatelineError):
    """What arrived is not what was sent; nothing of it was kept."""


class Damaged(DatelineError):
    """Stored or imported data that can't be read as what it should be."""
