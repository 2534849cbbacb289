"""What a bag allows, as arithmetic on values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

MOST_OF_ONE = 99
# Different pieces in one bag. Whoever wants more than that orders twice.
MOST_LINES = 500
# A bag or list of somebody who never signed in: the cookie that knows it is gone after that.
GUEST_KEEPS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece was put into the bag from: a look, a share link, an editor's window.

    `label` is its name in English, `label_it` in Italian where it has one of its own.
    """

    kind: str
    ref: str
    label: str
    label_it: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A piece somebody wants, and how many of it."""

    variant_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Discount:
    """What a package above takes off a bag (slot `cart.discounts`): its name, and how much of which line."""

    label: str
    minor: int
    lines: Mapping[int, int]


def sensible(quantity: int) -> bool:
    """From 1 to 99 of one piece; nothing is taken out by asking for none of it."""
    return 1 <= quantity <= MOST_OF_ONE


def holder_of(visit: str | None, account_id: int | None) -> str:
    """One word for whose bag it is: the account's when somebody is signed in, else the visit's."""
    return f"account:{account_id}" if account_id is not None else f"visit:{visit}"


def owner_of(visit: str | None, account_id: int | None) -> dict[str, str | int | None]:
    """The same as values of a statement: who is signed in uses the account's bag alone."""
    return {"account_id": account_id, "visit": None if account_id is not None else visit}
