"""XML by hand: every text that goes into it passes here."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 cannot say at all, escaped or not.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = {'"': "&quot;", "'": "&apos;"}


def words(text: str) -> str:
    """A text as it may stand between tags and in quotes."""
    return escape(_UNSAYABLE.sub("", text), _QUOTES)


def element(name: str, text: str) -> str:
    """`<name>text</name>`, or nothing for an empty text."""
    return f"<{name}>{words(text)}</{name}>" if text else ""


def moment(at: datetime) -> str:
    """A moment as feeds and sitemaps write it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
