"""An account's own credit: money the shop owes it and takes in payment, bit by bit, from nobody else.

It is a voucher (record 46), so that placing an order takes it by the statement that also looks whether it is
enough, and an order that ends unpaid gives it back. Pieces that come back bring back their share of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, ids
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money
from storefront.promotions.models import UseStatus, Voucher, VoucherStatus, VoucherUse
from storefront.promotions.policy import CREDIT_MARK, Kind, Scope, Way

_BRING_BACK = text(
    """
    WITH brought AS (
        UPDATE voucher_uses SET back_minor = :back WHERE id = :use_id RETURNING voucher_id)
    UPDATE vouchers SET spent_minor = spent_minor - :more FROM brought WHERE vouchers.id = brought.voucher_id
    """
)


def put_in(*, actor: Actor, account_id: int, amount: Money) -> None:
    """Add to what an account can spend in the shop; the first time opens it."""
    opened = insert(Voucher).values(
        code=CREDIT_MARK + ids.code(12).upper(),
        status=VoucherStatus.ACTIVE,
        way=Way.OWN,
        kind=Kind.AMOUNT,
        percent_bps=0,
        amount_minor=amount.minor,
        buy=0,
        get=0,
        scope=Scope.EVERYTHING,
        categories=[],
        product_ids=[],
        collection_ids=[],
        minimum_minor=0,
        first_order=False,
        stackable=True,
        uses=0,
        account_id=account_id,
        spent_minor=0,
        made_at=clock.now(),
        made_by=actor.label[:200],
    )
    db.session.execute(
        opened.on_conflict_do_update(
            index_elements=[Voucher.account_id],
            index_where=Voucher.way == Way.OWN,
            set_={"amount_minor": Voucher.amount_minor + opened.excluded.amount_minor},
        )
    )


def bring_back(*, order_id: int, returned: Mapping[int, tuple[int, int]]) -> int:
    """Give back the credit that returned pieces were paid with; what of it the order keeps, in minor units.

    `returned`: place of a line in the order -> (pieces that came back, pieces bought), of all that ever came
    back, so that told again nothing changes. Zero for an order that took no credit, is unpaid or called off.
    """
    found = db.session.execute(
        select(VoucherUse, Voucher.id)
        .join(Voucher, Voucher.id == VoucherUse.voucher_id)
        .where(VoucherUse.order_id == order_id, Voucher.way == Way.OWN)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or found[0].status != UseStatus.USED:
        return 0
    use: VoucherUse = found[0]
    parts = ((minor, *returned.get(place, (0, 1))) for place, minor in enumerate(use.lines_minor))
    back = sum(minor * came // bought for minor, came, bought in parts)
    if back != use.back_minor:
        db.session.execute(_BRING_BACK, {"use_id": use.id, "back": back, "more": back - use.back_minor})
        db.session.expire(use)
    return use.goods_minor - back


def credit_of(account_id: int) -> int:
    """What an account can still spend, in minor units of the shop's currency, without what an order holds."""
    left = db.session.scalar(
        select(Voucher.amount_minor - Voucher.spent_minor).where(
            Voucher.way == Way.OWN, Voucher.account_id == account_id
        )
    )
    return max(0, left or 0)
