"""Loaded by schemathesis, whose generated keys would otherwise repeat."""

import itertools
import re
from typing import Any

import schemathesis

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_numbers = itertools.count()


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """An Idempotency-Key is for one command: a second command with it is 422 and tests nothing."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and _KEY.fullmatch(key):
        case.headers["Idempotency-Key"] = f"schemathesis-{next(_numbers)}"
