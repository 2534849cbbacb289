"""What orders know of a person: bought under their account, or under their address by a guest."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation import clock
from foundation.db import db
from foundation.privacy.chapters import FORMER, Chapter, Person, forget_by, told

# Two years of legal guarantee (Italian consumer code, article 133), two months to claim it.
GUARANTEE = timedelta(days=26 * 30 + 12)

_TELL = text(
    """
    SELECT placed.number, placed.placed_at, placed.status, placed.total_minor, placed.currency, placed.name,
           placed.email, placed.phone, placed.street, placed.postcode, placed.city, placed.province,
           placed.country, placed.note, placed.gift_message, (
               SELECT jsonb_agg(jsonb_build_object(
                   'piece', line.title, 'options', line.options_label, 'quantity', line.quantity,
                   'paid_minor', line.net_minor) ORDER BY line.position)
               FROM order_lines line WHERE line.order_id = placed.id) AS pieces
    FROM orders placed
    WHERE placed.account_id = :account_id OR (placed.account_id IS NULL AND placed.email = :email)
    ORDER BY placed.id
    """
)
_OPEN = text(
    """
    SELECT number FROM orders
    WHERE (account_id = :account_id OR (account_id IS NULL AND email = :email))
      AND (status IN ('awaiting_payment', 'processing', 'needs_review') OR dispute = 'open'
           OR (status = 'paid' AND delivered_at IS NULL AND EXISTS (
               SELECT FROM order_lines line WHERE line.order_id = orders.id AND line.quantity > coalesce((
                   SELECT sum(part.quantity)
                   FROM refund_lines part JOIN refunds refund ON refund.id = part.refund_id
                   WHERE part.order_line_id = line.id AND refund.status IN ('pending', 'succeeded')), 0))))
    ORDER BY id
    """
)
# What a guest bought under the same proven address joins the closed account: it is forgotten with it.
_TAKE_ALONG = text("UPDATE orders SET account_id = :account_id WHERE account_id IS NULL AND email = :email")
_NOT_NEEDED = text(
    """
    UPDATE orders SET phone = '', note = '', gift_message = '', visit_id = NULL
    WHERE account_id = :account_id
    """
)
_NAMES_OF_REFUNDS = text(
    f"""
    UPDATE refunds SET requested_by = '{FORMER}'
    FROM orders, accounts
    WHERE refunds.order_id = orders.id AND orders.account_id = :account_id AND accounts.id = :account_id
      AND refunds.requested_by IN (accounts.name, accounts.email)
    """
)
_NAME_OF_MOVEMENTS = text(
    f"""
    UPDATE stock_movements SET actor_label = '{FORMER}'
    WHERE actor_account_id = :account_id AND actor_kind = 'person'
    """
)
_LATER = text(
    """
    UPDATE orders SET name = '', email = '', street = '', postcode = '', city = '', province = '',
        checkout_request = checkout_request - 'email'
    FROM accounts
    WHERE accounts.id = orders.account_id AND accounts.closed_at IS NOT NULL
      AND orders.placed_at < :before AND orders.email <> ''
    """
)


def in_the_way(person: Person) -> str | None:
    """Pieces that are on their way, or a payment somebody still looks into."""
    numbers = db.session.scalars(_OPEN, person.values).all()
    if not numbers:
        return None
    return _(
        "Not everything is over with %(orders)s: it is on its way, or its payment is looked into.",
        orders=", ".join(numbers),
    )


def forget(person: Person) -> None:
    forget_by([_TAKE_ALONG, _NOT_NEEDED, _NAMES_OF_REFUNDS, _NAME_OF_MOVEMENTS], person)
    forget_later()


def forget_later() -> None:
    """The name on orders of people who were forgotten goes once the guarantee has run out."""
    db.session.execute(_LATER, {"before": clock.now() - GUARANTEE})


CHAPTER = Chapter(
    name="orders",
    title=_l("Orders"),
    promise=_l(
        "What you bought, what you paid and where we sent it. Name and address are kept for the two years of "
        "the legal guarantee, sums and taxes for as long as the tax law wants them, then without your name."
    ),
    tables=("orders", "refunds", "stock_movements"),
    tell=lambda person: told(_TELL, person),
    forget=forget,
    obstacle=in_the_way,
    later=forget_later,
)
