"""Who reads: a person who opens a page, or a program."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

# Compiled once: about 1,500 patterns. Programs that say nothing of themselves are no shoppers either.
_BOTS = re.compile("|".join(entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA))
DRIVEN = "HeadlessChrome/"


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
