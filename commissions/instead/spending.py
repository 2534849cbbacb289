"""The books follow the credit that orders are paid with: to what it is now, however often that is told."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.instead.models import SpentCredit
from commissions.ledger.actions import post, transfer
from commissions.ledger.models import AccountKind, EntryKind
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money
from storefront.orders.queries import Sale
from storefront.promotions.credit import bring_back
from storefront.promotions.policy import is_credit


def settle_credit(*, actor: Actor, of: Sale) -> None:
    """Give back the credit of pieces that came back, and book what the order keeps of it."""
    if not any(is_credit(code) for code in of.voucher_codes):
        return
    db.session.execute(
        insert_or_skip(SpentCredit)
        .values(order_id=of.order_id, currency=of.currency, amount_minor=0, changes=0)
        .on_conflict_do_nothing()
    )
    spent = db.session.get_one(SpentCredit, of.order_id, with_for_update=True, populate_existing=True)
    now = bring_back(
        order_id=of.order_id,
        returned={place: (line.refunded_quantity, line.quantity) for place, line in enumerate(of.lines)},
    )
    difference = now - spent.amount_minor
    if not difference:
        return
    spent.amount_minor, spent.changes = now, spent.changes + 1
    lies, went = (AccountKind.HOUSE_STORE_CREDIT, None), (AccountKind.HOUSE_CREDIT_SPENT, None)
    post(
        actor=actor,
        entry=transfer(
            key=f"credit:{of.order_id}:{spent.changes}",
            kind=EntryKind.SPENT if difference > 0 else EntryKind.UNSPENT,
            amount=Money(abs(difference), of.currency),
            debit=lies if difference > 0 else went,
            credit=went if difference > 0 else lies,
        ),
    )
    db.session.flush()
