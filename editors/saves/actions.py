"""Keeping looks and letting go of them, by the rules of the wish list (`storefront.wishes.actions`)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from editors.saves.errors import TooManySaved
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

MOST = 200
GUEST_DAYS = 90

_OWNED = "account_id IS NOT DISTINCT FROM :account_id AND visit_id IS NOT DISTINCT FROM :visit"
_ADD = text(
    f"""
    WITH before AS (SELECT count(*) FROM saved_looks WHERE {_OWNED}),
         added AS (
            INSERT INTO saved_looks (account_id, visit_id, look_id, saved_at)
            SELECT :account_id, :visit, :look_id, :now FROM before WHERE before.count < :most
            ON CONFLICT (account_id, visit_id, look_id) DO NOTHING RETURNING 1)
    SELECT before.count + (SELECT count(*) FROM added), before.count < :most OR EXISTS (
        SELECT FROM saved_looks WHERE {_OWNED} AND look_id = :look_id) FROM before
    """
)
_REMOVE = text(f"DELETE FROM saved_looks WHERE {_OWNED} AND look_id = :look_id")
_NUMBER = text(f"SELECT count(*) FROM saved_looks WHERE {_OWNED}")
_JOIN = text(
    """
    WITH brought AS (DELETE FROM saved_looks WHERE visit_id = :visit RETURNING look_id, saved_at)
    INSERT INTO saved_looks AS kept (account_id, look_id, saved_at)
    SELECT :account_id, look_id, saved_at FROM brought ORDER BY look_id
    ON CONFLICT (account_id, visit_id, look_id)
    DO UPDATE SET saved_at = least(kept.saved_at, excluded.saved_at)
    """
)
_FORGET = text("DELETE FROM saved_looks WHERE visit_id IS NOT NULL AND saved_at < :before")


def save_look(*, actor: Actor, visit: str | None, account_id: int | None, look_id: int) -> int:
    """Keep a look in mind; gives back how many are kept. Twice is once. Raises `TooManySaved`."""
    values = _owner(visit, account_id) | {"look_id": look_id, "now": clock.now(), "most": MOST}
    number, kept = db.session.execute(_ADD, values).one()
    if not kept:
        raise TooManySaved()
    return int(number)


def let_go(*, actor: Actor, visit: str | None, account_id: int | None, look_id: int) -> int:
    """No longer keep it; gives back how many are left."""
    owner = _owner(visit, account_id)
    db.session.execute(_REMOVE, owner | {"look_id": look_id})
    return int(db.session.execute(_NUMBER, owner).scalar_one())


def join_account(*, actor: Actor, visit: str, account_id: int) -> None:
    """Somebody signed in: what the visit kept joins what the account keeps, with the earlier day."""
    db.session.execute(_JOIN, {"visit": visit, "account_id": account_id})


def forget_guests() -> None:
    """What guests kept who will not come back."""
    db.session.execute(_FORGET, {"before": clock.now() - timedelta(days=GUEST_DAYS)})


def _owner(visit: str | None, account_id: int | None) -> dict[str, str | int | None]:
    return {"account_id": account_id, "visit": None if account_id is not None else visit}
