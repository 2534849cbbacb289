"""Saving for later: a piece leaves the bag without being forgotten, and comes back as it was.

Each step is one statement that takes from one list what it puts on the other, so that two windows at once
never make two of a piece.
"""

from __future__ import annotations

from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from storefront.cart.actions import Added, add_pieces
from storefront.cart.errors import LineGone, SavedPieceGone
from storefront.cart.policy import GUEST_KEEPS, MOST_LINES, MOST_OF_ONE, Choice, Origin, owner_of

_OWNED = "(account_id = CAST(:account_id AS bigint) OR visit_id = CAST(:visit AS text))"
_COLUMNS = """
    account_id, visit_id, variant_id, quantity, origin_kind, origin_ref, origin_label, origin_label_it,
    noted_minor
"""
_ADDED_UP = """
    ON CONFLICT (account_id, visit_id, variant_id, origin_kind, origin_ref)
    DO UPDATE SET quantity = least(kept.quantity + excluded.quantity, :most),
                  noted_minor = excluded.noted_minor
"""
_PUT_ASIDE = text(
    f"""
    WITH taken AS (DELETE FROM cart_lines WHERE id = :id AND {_OWNED} RETURNING {_COLUMNS}),
         oldest AS (
            -- Nobody looks through more than a bag holds: the oldest makes room.
            DELETE FROM saved_pieces WHERE id IN (
                SELECT id FROM saved_pieces WHERE {_OWNED} ORDER BY id DESC OFFSET :most_lines - 1))
    INSERT INTO saved_pieces AS kept ({_COLUMNS}, saved_at) SELECT taken.*, :now FROM taken
    {_ADDED_UP} RETURNING 1
    """
)
_TAKE_UP = text(f"DELETE FROM saved_pieces WHERE id = :id AND {_OWNED} RETURNING {_COLUMNS}")
_LAY_BACK = text(
    f"""
    INSERT INTO saved_pieces AS kept ({_COLUMNS}, saved_at)
    VALUES (:account_id, :visit_id, :variant_id, :quantity, :origin_kind, :origin_ref, :origin_label,
            :origin_label_it, :noted_minor, :now)
    {_ADDED_UP}
    """
)
_DROP = text(f"DELETE FROM saved_pieces WHERE id = :id AND {_OWNED}")
_BRING_ALONG = text(
    f"""
    WITH brought AS (DELETE FROM saved_pieces WHERE visit_id = :visit RETURNING *)
    INSERT INTO saved_pieces AS kept ({_COLUMNS}, saved_at)
    SELECT :account_id, NULL, variant_id, quantity, origin_kind, origin_ref, origin_label, origin_label_it,
           noted_minor, saved_at
    FROM brought ORDER BY brought.id
    {_ADDED_UP}
    """
)
_FORGET = text("DELETE FROM saved_pieces WHERE visit_id IS NOT NULL AND saved_at < :before")


def save_for_later(*, actor: Actor, visit: str | None, account_id: int | None, line_id: int) -> None:
    """Put a line of the bag aside. Raises `LineGone` when it is not in this bag (any more)."""
    limits = {"most": MOST_OF_ONE, "most_lines": MOST_LINES}
    values = owner_of(visit, account_id) | limits | {"id": line_id, "now": clock.now()}
    if db.session.execute(_PUT_ASIDE, values).first() is None:
        raise LineGone()


def take_up(*, actor: Actor, visit: str | None, account_id: int | None, saved_id: int) -> Added:
    """Put a saved piece back into the bag, into the look it came from and with the price it was saved at, so
    that the bag tells what has changed. What cannot be had stays saved and is named in the answer.

    Raises `SavedPieceGone` when it is not on this list (any more), `QuantityRefused`, `BagFull`.
    """
    owner = owner_of(visit, account_id)
    piece = db.session.execute(_TAKE_UP, owner | {"id": saved_id}).mappings().one_or_none()
    if piece is None:
        raise SavedPieceGone()
    kind = piece["origin_kind"]
    added = add_pieces(
        actor=actor,
        visit=visit,
        account_id=account_id,
        choices=[Choice(piece["variant_id"], piece["quantity"])],
        origin=Origin(kind, piece["origin_ref"], piece["origin_label"], piece["origin_label_it"])
        if kind
        else None,
        noted_minor=piece["noted_minor"],
    )
    if added.refused:
        db.session.execute(_LAY_BACK, dict(piece) | {"now": clock.now(), "most": MOST_OF_ONE})
    return added


def drop_saved(*, actor: Actor, visit: str | None, account_id: int | None, saved_id: int) -> None:
    """Let a saved piece go; twice is once."""
    db.session.execute(_DROP, owner_of(visit, account_id) | {"id": saved_id})


def join_account(*, actor: Actor, visit: str, account_id: int) -> None:
    """Somebody signed in: what the visit saved joins what the account saved; quantities add up."""
    values = {"visit": visit, "account_id": account_id, "most": MOST_OF_ONE}
    db.session.execute(_BRING_ALONG, values)


def forget_guests() -> None:
    """Lists of guests who will not come back."""
    db.session.execute(_FORGET, {"before": clock.now() - GUEST_KEEPS})
