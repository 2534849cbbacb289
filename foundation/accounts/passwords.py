"""Passwords: argon2id with the library's present parameters, upgraded when somebody signs in."""

from __future__ import annotations

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

HASHER = PasswordHasher()


@functools.cache
def _nobodys_hash() -> str:
    """Verified against when there is no account, so that both answers take the same time."""
    return HASHER.hash("nobody")


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; without a hash it takes as long and says no."""
    try:
        return HASHER.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    return HASHER.check_needs_rehash(password_hash)
