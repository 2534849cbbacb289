"""Where files lie and what they are called.

The key is the hash of the content, so the same picture is kept once, an address never changes its meaning,
and a file written for a change that was rolled back harms nobody.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from foundation import settings
from foundation.errors import NotFound

# What we serve, and as what. Anything that a browser could run is not on the list.
TYPES = {
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".ics": "text/calendar",
}
KEY = re.compile(r"[0-9a-f]{40}\.[a-z]{3,4}")
PREFIX = "/media/"


def store(data: bytes, suffix: str) -> str:
    """Keep `data` and give its key, e.g. `3f…a1.webp`; `suffix` begins with a dot and is one of `TYPES`."""
    if suffix not in TYPES:
        raise ValueError(f"We do not serve files that end in {suffix!r}.")
    key = hashlib.sha256(data).hexdigest()[:40] + suffix
    target = path_of(key)
    if target.exists():
        return key
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved into place: a reader never sees half a file, nor does a crash leave one.
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return key


def path_of(key: str) -> Path:
    """Where the file of a key lies; raises `NotFound` for anything that is not the form of a key."""
    if not KEY.fullmatch(key) or Path(key).suffix not in TYPES:
        raise NotFound()
    return settings.current().media_dir / key[:2] / key


def url_of(key: str) -> str:
    """The address of a stored file on our own host."""
    return PREFIX + key
