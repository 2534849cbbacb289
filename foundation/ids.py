"""Names that leave the house: nobody can guess the next one or count ours from them."""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid

# No 0/o, 1/l/i, u/v: codes are read aloud and typed from paper.
ALPHABET = "23456789abcdefghjkmnpqrstwxyz"


def token() -> str:
    """A secret of 128 bits for an address: whoever has it may see the page."""
    return secrets.token_urlsafe(16)


def code(length: int = 7) -> str:
    """A short public code, e.g. of a share link; 7 characters are 17 thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def unique() -> uuid.UUID:
    """A random identity for a fact, a click or a visit."""
    return uuid.uuid4()


def slug(text: str, limit: int = 80) -> str:
    """Words for an address: lower-case ASCII, hyphens, at most `limit` characters; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:limit].rstrip("-")
