"""Secrets that are shown once: made of 256 random bits, and kept only as their hash."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(_BYTES)


def hash_of(secret: str) -> bytes:
    """What is stored. Looking it up by this, the time it takes tells nothing of the secret."""
    return hashlib.sha256(secret.encode()).digest()


def derived(secret: str, purpose: str) -> str:
    """Another secret that the first one can't be found from; the same each time."""
    made = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def is_same(given: str, expected: str) -> bool:
    """Compared in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode(), expected.encode())
