"""Passwords: argon2id, in threads of their own, a few at a time."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dateline.domain.errors import Invalid, Unavailable

LEAST = 12
MOST = 256
AT_ONCE = 2
"""Each takes 64 MiB while it is being worked out (RFC 9106, second recommended option)."""
MOST_WAITING = 20

T = TypeVar("T")


class Passwords:
    """Makes and checks hashes. One object for a process, for it bounds what is done at once."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
        self._waiting = 0
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        return await self._run(self._hasher.hash, _normal(password))

    async def is_right(self, hashed: str | None, password: str) -> bool:
        """Whether this is the password. Without a hash it takes as long and the answer is no."""
        # Made at the first need, and of nothing that anybody knows.
        if self._nobodys is None:
            self._nobodys = await self.hash("nobody")
        found = await self._run(self._matches, hashed or self._nobodys, _normal(password))
        return found and hashed is not None

    def is_old(self, hashed: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(hashed)

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., T], *given: str) -> T:
        if self._waiting >= MOST_WAITING:
            raise Unavailable("Too many people sign in at once. Try again in a moment.")
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, work, *given)
        finally:
            self._waiting -= 1


def check_new(password: str, *about: str | None) -> None:
    """Whether it can be a password; `about` are the person's own names and addresses.

    :raises Invalid: it is too short, too long, or too easily guessed.
    """
    if len(_normal(password)) < LEAST:
        raise Invalid(f"A password has at least {LEAST} characters. Several words do well.")
    if len(password) > MOST:
        raise Invalid(f"A password has at most {MOST} characters.")
    plain = _normal(password).casefold()
    if len(set(plain)) < 5 or any(one and plain in one.casefold() for one in about):
        raise Invalid("This is too easily guessed. Take several words that don't belong together.")


def _normal(password: str) -> str:
    """The same characters, whichever way a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)
