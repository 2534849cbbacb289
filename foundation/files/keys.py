"""What a stored file is called: the hash of its content and what kind of file it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from foundation.errors import NotFound

# What we serve, and as what. Anything that a browser could run is not on the list.
TYPES = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".ics": "text/calendar",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
}
# The end of a key that `/media` does not serve: only a guarded page reads such a file (see `private.py`).
PRIVATE = "-private"
KEY = re.compile(rf"[0-9a-f]{{40}}\.[a-z0-9]{{3,4}}(?:{PRIVATE})?")
# All keys in parts, so that nobody has to hold the names of all files at once.
SHELVES = tuple("0123456789abcdef")
A_YEAR = 365 * 24 * 3600
# A key never changes its content, so whoever has the file never has to ask again.
FOR_EVER = f"public, max-age={A_YEAR}, immutable"


def key_for(data: bytes, suffix: str) -> str:
    """The key of this content, e.g. `3f…a1.webp`; `suffix` begins with a dot and is one of `TYPES`."""
    if suffix not in TYPES:
        raise ValueError(f"We do not serve files that end in {suffix!r}.")
    return hashlib.sha256(data).hexdigest()[:40] + suffix


def is_key(name: str) -> bool:
    """Whether a name has the form of a key."""
    return KEY.fullmatch(name) is not None and PurePath(name).suffix.removesuffix(PRIVATE) in TYPES


def is_private(key: str) -> bool:
    """Whether only a guarded page may read it."""
    return key.endswith(PRIVATE)


def checked(key: str) -> str:
    """The key itself; raises `NotFound` for anything that has not the form of one."""
    if not is_key(key):
        raise NotFound()
    return key


def type_of(key: str) -> str:
    """As what a stored file is served."""
    return TYPES[PurePath(checked(key)).suffix.removesuffix(PRIVATE)]
