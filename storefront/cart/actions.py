from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.db import db, rows
from storefront.cart import ports
from storefront.cart.errors import BagFull, LineGone, QuantityRefused
from storefront.cart.policy import (
    GUEST_KEEPS,
    MOST_LINES,
    MOST_OF_ONE,
    Choice,
    Origin,
    holder_of,
    owner_of,
    sensible,
)
from storefront.cart.queries import Cart, CartLine, cart_of, pieces_on_sale, variants_in_bag_of
from storefront.catalog.naming import options_label
from storefront.stock.queries import available

_PUT_IN = text(
    """
    INSERT INTO cart_lines AS line
        (account_id, visit_id, variant_id, quantity, origin_kind, origin_ref, origin_label, origin_label_it,
         noted_minor, added_at)
    SELECT :account_id, :visit, variant.id, wanted.quantity, :kind, :ref, :label, :label_it,
           coalesce(CAST(:noted_minor AS bigint), variant.price_minor), :now
    FROM unnest(CAST(:ids AS bigint[]), CAST(:quantities AS bigint[])) WITH ORDINALITY
        AS wanted (variant_id, quantity, place)
    JOIN variants variant ON variant.id = wanted.variant_id
    ORDER BY wanted.place
    ON CONFLICT (account_id, visit_id, variant_id, origin_kind, origin_ref)
    DO UPDATE SET quantity = least(line.quantity + excluded.quantity, :most),
                  origin_label = excluded.origin_label, origin_label_it = excluded.origin_label_it,
                  noted_minor = excluded.noted_minor
    RETURNING 1
    """
)

_OWNED = "(account_id = CAST(:account_id AS bigint) OR visit_id = CAST(:visit AS text))"
_SET = text(f"UPDATE cart_lines SET quantity = :quantity WHERE id = :id AND {_OWNED} RETURNING id")
_REMOVE = text(f"DELETE FROM cart_lines WHERE id = :id AND {_OWNED}")
_CLEAR = text(f"DELETE FROM cart_lines WHERE {_OWNED}")
_NOTE = text(
    f"""
    UPDATE cart_lines line SET noted_minor = variant.price_minor
    FROM variants variant, unnest(CAST(:ids AS bigint[]), CAST(:prices AS bigint[])) AS told (id, price_minor)
    WHERE line.id = told.id AND variant.id = line.variant_id AND variant.price_minor = told.price_minor
      AND {_OWNED}
    """
)

# Signing in: what this visit brings along joins the account's bag, and the quantities of one piece of one
# origin add up, as far as there are pieces; never is a line made smaller than either bag had it. One
# statement: what another window puts in meanwhile stays where it was put.
_BRING_ALONG = text(
    """
    WITH brought AS (DELETE FROM cart_lines WHERE visit_id = :visit RETURNING *),
         there AS (SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:there AS bigint[]))
                       AS there (variant_id, quantity))
    INSERT INTO cart_lines AS kept
        (account_id, variant_id, quantity, origin_kind, origin_ref, origin_label, origin_label_it,
         noted_minor, added_at)
    SELECT :account_id, variant_id, quantity, origin_kind, origin_ref, origin_label, origin_label_it,
           noted_minor, added_at
    FROM brought ORDER BY brought.id
    ON CONFLICT (account_id, visit_id, variant_id, origin_kind, origin_ref)
    DO UPDATE SET quantity = greatest(kept.quantity, excluded.quantity, least(
        kept.quantity + excluded.quantity, :most,
        (SELECT there.quantity FROM there WHERE there.variant_id = excluded.variant_id)))
    RETURNING 1
    """
)
_FORGET = text("DELETE FROM cart_lines WHERE visit_id IS NOT NULL AND added_at < :before")

_BOUGHT = """
    unnest(CAST(:ids AS bigint[]), CAST(:quantities AS bigint[]),
           CAST(:kinds AS text[]), CAST(:refs AS text[])) AS bought (variant_id, quantity, kind, ref)
    WHERE line.variant_id = bought.variant_id
      AND line.origin_kind IS NOT DISTINCT FROM bought.kind
      AND line.origin_ref IS NOT DISTINCT FROM bought.ref
      AND (line.account_id = CAST(:account_id AS bigint) OR line.visit_id = CAST(:visit AS text))
"""
_TAKE_OUT = text(f"DELETE FROM cart_lines line USING {_BOUGHT} AND line.quantity <= bought.quantity")
_LESSEN = text(f"UPDATE cart_lines line SET quantity = line.quantity - bought.quantity FROM {_BOUGHT}")


class Why(StrEnum):
    """Why a piece was not put in."""

    GONE = "gone"
    SOLD_OUT = "sold_out"
    SHORT = "short"


@dataclass(frozen=True)
class Refused:
    """A piece that was not put in; `left` is how many there are."""

    variant_id: int
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    options_label: str
    why: Why
    left: int


@dataclass(frozen=True)
class Added:
    """What putting pieces in came to. `lines` is the whole bag afterwards."""

    lines: tuple[CartLine, ...]
    refused: tuple[Refused, ...]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True)
class Bought:
    """A line of a paid order, as the bag knows it."""

    variant_id: int
    quantity: int
    origin_kind: str | None
    origin_ref: str | None


def add_pieces(
    *,
    actor: Actor,
    visit: str | None,
    account_id: int | None,
    choices: Sequence[Choice],
    origin: Origin | None = None,
    noted_minor: int | None = None,
) -> Added:
    """Put pieces into a bag; what is sold out or gone is named, the rest goes in.

    `noted_minor` is the price they were last told, where that was another day. Raises `QuantityRefused` when
    any quantity is not a whole number from 1 to 99, `BagFull` when there would be more than 500 different
    pieces; nothing goes in then.
    """
    wanted: dict[int, int] = {}
    for choice in choices:
        if not sensible(choice.quantity):
            raise QuantityRefused()
        wanted[choice.variant_id] = min(wanted.get(choice.variant_id, 0) + choice.quantity, MOST_OF_ONE)
    bag = cart_of(visit, account_id)
    if len({line.variant_id for line in bag.lines} | wanted.keys()) > MOST_LINES:
        raise BagFull()
    refused = _refused(wanted, bag, holder_of(visit, account_id))
    for piece in refused:
        del wanted[piece.variant_id]
    if wanted:
        rows(
            _PUT_IN,
            owner_of(visit, account_id)
            | {
                "ids": list(wanted),
                "quantities": list(wanted.values()),
                "kind": origin.kind if origin else None,
                "ref": origin.ref if origin else None,
                "label": origin.label if origin else None,
                "label_it": origin.label_it if origin else None,
                "noted_minor": noted_minor,
                "now": clock.now(),
                "most": MOST_OF_ONE,
            },
        )
        ports.added(visit, list(wanted))
    return Added(cart_of(visit, account_id).lines, tuple(refused))


def set_quantity(
    *, actor: Actor, visit: str | None, account_id: int | None, line_id: int, quantity: int
) -> None:
    """Change how many; raises `QuantityRefused`, or `LineGone` when the line is not in this bag."""
    if not sensible(quantity):
        raise QuantityRefused()
    changed = db.session.execute(_SET, owner_of(visit, account_id) | {"id": line_id, "quantity": quantity})
    if changed.one_or_none() is None:
        raise LineGone()


def remove_line(*, actor: Actor, visit: str | None, account_id: int | None, line_id: int) -> None:
    """Take a piece out; taking it out twice is taking it out once."""
    db.session.execute(_REMOVE, owner_of(visit, account_id) | {"id": line_id})


def clear(*, actor: Actor, visit: str | None, account_id: int | None) -> None:
    """Empty a bag."""
    db.session.execute(_CLEAR, owner_of(visit, account_id))


def note_prices(*, actor: Actor, visit: str | None, account_id: int | None, told: Mapping[int, int]) -> None:
    """The owner of a bag has seen what its lines cost: `told` is the price shown, in minor units, by line.
    A price that has moved on since is told again."""
    values = {"ids": list(told), "prices": list(told.values())}
    db.session.execute(_NOTE, owner_of(visit, account_id) | values)


def merge_into_account(*, actor: Actor, visit: str, account_id: int) -> int:
    """Somebody signed in: the visit's bag joins the account's by the rule above, and is empty then.
    Gives back how many lines it brought."""
    there = available(variants_in_bag_of(visit), holder=holder_of(None, account_id))
    values = {"ids": list(there), "there": list(there.values()), "most": MOST_OF_ONE}
    found = db.session.execute(_BRING_ALONG, {"visit": visit, "account_id": account_id} | values)
    return len(found.all())


def forget_guests() -> None:
    """Bags of guests who will not come back: the cookie that knew them has gone by then."""
    db.session.execute(_FORGET, {"before": clock.now() - GUEST_KEEPS})


def take_out(*, visit: str | None, account_id: int | None, bought: Iterable[Bought]) -> None:
    """What was bought leaves the bag; what was put in since stays."""
    lines = list(bought)
    values = owner_of(visit, account_id) | {
        "ids": [line.variant_id for line in lines],
        "quantities": [line.quantity for line in lines],
        "kinds": [line.origin_kind for line in lines],
        "refs": [line.origin_ref for line in lines],
    }
    for statement in (_TAKE_OUT, _LESSEN):
        db.session.execute(statement, values)


def _refused(wanted: dict[int, int], bag: Cart, holder: str) -> list[Refused]:
    """What is gone, sold out, or asked for more than there is (counting what lies in the bag already)."""
    pieces = pieces_on_sale(wanted, holder=holder)
    held: dict[int, int] = {}
    for line in bag.lines:
        held[line.variant_id] = held.get(line.variant_id, 0) + line.quantity
    refused = []
    for variant_id, quantity in wanted.items():
        piece = pieces.get(variant_id)
        if piece is None:
            refused.append(Refused(variant_id, "", None, "", None, "", Why.GONE, 0))
        elif (left := max(piece.available - held.get(variant_id, 0), 0)) < quantity:
            refused.append(
                Refused(
                    variant_id,
                    piece.title,
                    piece.title_it,
                    piece.colour,
                    piece.colour_it,
                    options_label(piece.option_values),
                    Why.SHORT if piece.available else Why.SOLD_OUT,
                    left,
                )
            )
    return refused
