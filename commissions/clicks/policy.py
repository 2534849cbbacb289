"""What is a visit by a person, and how a person is recognised for a day without being known."""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

# Compiled once: about 1,500 patterns. Programs that say nothing of themselves are no shoppers either.
_BOTS = re.compile("|".join(entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA))
DRIVEN = "HeadlessChrome/"
DIGEST = 16
SIGNATURE = 12


@functools.lru_cache(maxsize=4096)
def is_bot(user_agent: str) -> bool:
    """Does a program say that it is one? An empty name counts as one."""
    return not user_agent or _BOTS.search(user_agent) is not None


def counts(method: str, headers: Callable[[str], str | None], *, driven: bool = False) -> bool:
    """Is this request a person opening a page?

    Not a HEAD, not a prefetch or prerender (nobody may ever see it), not a picture or a frame somebody
    put on another page to collect credit (Fetch Metadata), not a bot or a link preview. `driven` lets a
    browser count that a program drives and that says so: for the demo, which is shown and tried that way.
    """
    if method != "GET" or headers("Sec-Purpose") or headers("Purpose") or headers("X-Moz"):
        return False
    if (headers("Sec-Fetch-Mode") or "navigate") != "navigate":
        return False
    if (headers("Sec-Fetch-Dest") or "document") != "document":
        return False
    agent = headers("User-Agent") or ""
    return not is_bot(agent.replace(DRIVEN, "Chrome/") if driven else agent)


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
