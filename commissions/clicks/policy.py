"""What is a visit by a person, and how a person is recognised for a day without being known."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from foundation.web.readers import counts, is_bot

__all__ = ["counts", "is_bot"]
DIGEST = 16
SIGNATURE = 12


def visitor_hash(salt: bytes, address: str, user_agent: str) -> bytes:
    """A name for a visitor that holds for a day: a hash of address and browser, neither of them kept, under
    the random salt of that day. Once the salt is gone nobody can try addresses against it.
    """
    message = f"{address}\n{user_agent}".encode()
    return hmac.digest(salt, message, hashlib.sha256)[:DIGEST]


def hour_of(moment: datetime) -> datetime:
    """The full hour a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def via_token(secret: str, code: str, visitor: bytes) -> str:
    """What the link's address carries, in case the browser loses the cookie on the way.

    It names the link and nothing of the visit: whoever pastes the address begins a visit of their own. It is
    signed together with the visitor's hash of the day, which is not in it: copied to somebody elsewhere, or
    used tomorrow, it opens nothing.
    """
    return f"{code}.{_signature(secret, code, visitor)}"


def read_via(secret: str, token: str, visitor: bytes) -> str | None:
    """The code of a token that is ours, of today and this visitor's; None for any other text."""
    if len(token) > 80 or not token.isascii() or token.count(".") != 1:
        return None
    code, signature = token.split(".")
    if not hmac.compare_digest(signature, _signature(secret, code, visitor)):
        return None
    return code


def _signature(secret: str, code: str, visitor: bytes) -> str:
    message = f"{code}.".encode() + visitor
    return hmac.digest(secret.encode() + b"clicks.via", message, hashlib.sha256).hex()[: 2 * SIGNATURE]
