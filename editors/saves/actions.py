"""Keeping looks and letting go of them, by the rules of the wish list."""

from __future__ import annotations

from editors.looks.errors import NoSuchLook
from editors.looks.queries import LOOKS_ON_SHOW
from editors.saves.errors import TooManySaved
from foundation.actors import Actor
from storefront.wishes.keeping import Keeping

SAVED_LOOKS = Keeping("saved_looks", "look_id", "saved_at", LOOKS_ON_SHOW)


def save_look(*, actor: Actor, visit: str | None, account_id: int | None, look_id: int) -> int:
    """Keep a look in mind; gives back how many are kept. Twice is once.

    Raises `NoSuchLook` for what is not on show, `TooManySaved`.
    """
    saved = SAVED_LOOKS.keep(visit=visit, account_id=account_id, thing_id=look_id)
    if not saved.there:
        raise NoSuchLook()
    if not saved.kept:
        raise TooManySaved()
    return saved.number


def let_go(*, actor: Actor, visit: str | None, account_id: int | None, look_id: int) -> int:
    """No longer keep it; gives back how many are left."""
    return SAVED_LOOKS.let_go(visit=visit, account_id=account_id, thing_id=look_id)


def join_account(*, actor: Actor, visit: str, account_id: int) -> None:
    """Somebody signed in: what the visit kept joins what the account keeps."""
    SAVED_LOOKS.join_account(visit=visit, account_id=account_id)


def forget_guests() -> None:
    """What guests kept who will not come back."""
    SAVED_LOOKS.forget_guests()
