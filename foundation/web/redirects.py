"""Where a form may send its reader back to: our own pages, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

CONTROLS = "".join(map(chr, range(33))) + "\x7f"


def own_path(target: str, host: str) -> str:
    """The part of `target` that lies on our own host, or "/".

    Browsers drop tabs and line breaks inside an address and read a backslash as a slash, so both are put
    right before anything is checked: `/\\evil.example` and `/%09/evil.example` must not leave the house.
    """
    cleaned = "".join(sign for sign in target if sign not in CONTROLS).replace("\\", "/")
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return "/"
    if parts.scheme not in {"", "http", "https"} or (parts.netloc and parts.netloc != host):
        return "/"
    if parts.scheme and not parts.netloc:
        return "/"
    return urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, ""))
