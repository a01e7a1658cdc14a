"""Loaded by schemathesis: the bytes of uploads; keys that do not repeat; no false tokens."""

import itertools
import re
from typing import Any

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.media_type("application/offset+octet-stream", st.binary(max_size=64))
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_numbers = itertools.count()


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """An Idempotency-Key is for one command: a second command with it is 422 and tests nothing. Who
    tries thirty false tokens in a minute waits (429); they are tried in test_sign_in."""
    if case.headers:
        case.headers.pop("Authorization", None)
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and _KEY.fullmatch(key):
        case.headers["Idempotency-Key"] = f"schemathesis-{next(_numbers)}"
