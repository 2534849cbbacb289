"""Which handles an editor may have and when they may change, and by when an application is answered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

SHORTEST, LONGEST = 3, 30
ANSWER_WITHIN = timedelta(days=5)
# Decided for the shop (docs/decisions/0033): an address people wrote down does not move every other week, and
# whoever kept one finds the same person for a year at least.
CHANGE_EVERY = timedelta(days=90)
KEPT_FOR = timedelta(days=365)
MOST_OUTFIT_PIECES = 5
_FORM = re.compile(r"[a-z0-9](?:[a-z0-9]|[-_.](?=[a-z0-9]))*")

# fmt: off
# Words people take for the shop itself, or that an address may want one day.
RESERVED = frozenset(
    {
        "about", "account", "accounts", "admin", "administrator", "all", "api", "apply", "assets",
        "bag", "billing", "cart", "catalog", "catalogue", "checkout", "claims", "coach",
        "commissions", "community", "contact", "customer", "demo", "editor", "editors", "event",
        "events", "everyone", "feed", "finance", "foundation", "go", "handle", "health", "help",
        "home", "info", "journal", "lead", "learn", "legal", "links", "login", "look", "looks",
        "mail", "me", "media", "members", "moderator", "news", "null", "office", "official",
        "order", "orders", "owner", "pay", "payments", "payout", "payouts", "press", "privacy",
        "programme", "returns", "root", "sales", "sandbox", "search", "security", "service", "set",
        "settings", "shop", "signin", "signout", "signup", "staff", "statement", "statements",
        "static", "store", "stores", "stripe", "studio", "style", "styleguide", "support", "system",
        "team", "terms", "test", "undefined", "user", "users", "vetrina", "webhook", "webhooks",
        "window", "www", "you",
    }
)
# fmt: on

# Whoever has one of these within a handle (`marta-staff`) speaks for the shop.
_SPEAKS = frozenset({"admin", "moderator", "official", "staff", "support"})

# What is read as the same sign. Minimal on purpose: only what fools a reader of a shared link.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "2": "z", "8": "b"})


def plain_handle(wish: str) -> str:
    """The handle as it would stand in an address: lower case, no accents, no leading @.

    A letter of another alphabet stays and fits no handle: dropped, it would give somebody a name they never
    wrote, and `аdmin` with a Cyrillic а would become `dmin`.
    """
    parts = unicodedata.normalize("NFKD", wish.strip().lstrip("@").lower())
    return "".join(one for one in parts if not unicodedata.combining(one)).replace(" ", "-")


def handle_fits(handle: str) -> bool:
    """True when `handle` has the right length and signs (letters, digits, single - _ . inside)."""
    return SHORTEST <= len(handle) <= LONGEST and _FORM.fullmatch(handle) is not None


def handle_shape(handle: str) -> str:
    """What a hurried eye sees: separators gone, 0 is o, 1 and i are l, rn is m, vv is w.

    Two handles of the same shape cannot live side by side (`giu1ia` beside `giulia`).
    """
    bare = re.sub(r"[-_.]", "", handle).translate(_ALIKE)
    return bare.replace("rn", "m").replace("vv", "w")


_RESERVED_SHAPES = frozenset(handle_shape(word) for word in RESERVED)


def is_reserved(handle: str) -> bool:
    """True for words that belong to the shop, and for what looks like one."""
    return handle_shape(handle) in _RESERVED_SHAPES


def shape_of_name(name: str) -> str:
    """How the name of the shop or of a brand looks as a handle: `Lana & Co.` is `lanaco`."""
    return handle_shape(re.sub(r"[^a-z0-9]", "", plain_handle(name)))


def speaks_for(handle: str, shop: str) -> bool:
    """True for the name of the shop, and for a handle of which it, or a word of staff, is a part."""
    parts = {handle_shape(part) for part in re.split(r"[-_.]", handle)} | {handle_shape(handle)}
    return not parts.isdisjoint({shape_of_name(shop), *map(handle_shape, _SPEAKS)})


def next_change(changed_at: datetime | None) -> datetime | None:
    """From when a handle may change again; None when it never did."""
    return changed_at + CHANGE_EVERY if changed_at else None


def suggest_handle(name: str, taken_shapes: Collection[str]) -> str:
    """A free handle made of a name: `giulia`, `giulia-ferri`, `giulia-ferri-3`, ..."""
    words = re.sub(r"[^a-z0-9]+", "-", plain_handle(name)).strip("-").split("-")
    full = "-".join(word for word in words if word)[: LONGEST - 4].strip("-") or "editor"
    wishes = [words[0], full, *(f"{full}-{number}" for number in range(2, 10_000))]
    for wish in wishes:
        if handle_fits(wish) and not is_reserved(wish) and handle_shape(wish) not in taken_shapes:
            return wish
    raise ValueError("Ten thousand people of one name: choose a handle by hand.")


def answer_due(applied_at: datetime) -> datetime:
    """By when a person has promised to answer."""
    return applied_at + ANSWER_WITHIN
