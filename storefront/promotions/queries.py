from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, func, select, text

from foundation import clock
from foundation.db import db, rows
from storefront.cart.policy import holder_of
from storefront.catalog.models import Product, ProductStatus
from storefront.promotions.errors import VoucherUnknown
from storefront.promotions.models import UseStatus, Voucher, VoucherStatus, VoucherUse
from storefront.promotions.policy import Kind, Scope, Terms, Way, together

PAGE = 50

# What the asking shopper's own open order holds does not count against them: it is closed before they order
# again, so a declined card never uses a voucher up.
_TERMS = """
    SELECT voucher.id, voucher.code, voucher.kind, voucher.percent_bps,
           CASE WHEN voucher.way <> 'own' THEN voucher.amount_minor
                ELSE greatest(0, voucher.amount_minor - voucher.spent_minor
                    + (SELECT coalesce(sum(held.goods_minor), 0)::bigint FROM voucher_uses held
                       WHERE held.voucher_id = voucher.id AND held.holder = :holder
                         AND held.status = 'held')) END,
           voucher.buy,
           voucher.get, voucher.scope, voucher.categories, voucher.product_ids,
           voucher.collection_ids, voucher.minimum_minor, voucher.starts_at, voucher.ends_at,
           voucher.first_order, voucher.total_limit,
           voucher.uses - (SELECT count(*) FROM voucher_uses held WHERE held.voucher_id = voucher.id
                           AND held.holder = :holder AND held.status = 'held'),
           voucher.stackable, voucher.status = 'paused', voucher.way
    FROM vouchers voucher
"""
_OF_BAG = text(
    f"""
    {_TERMS} JOIN bag_vouchers chosen ON chosen.voucher_id = voucher.id
    WHERE (chosen.account_id = CAST(:account_id AS bigint) OR chosen.visit_id = CAST(:visit AS text))
    ORDER BY chosen.added_at DESC, chosen.id DESC
    """
)
# In one statement with the chosen ones: a bag asks once.
_COUNTING = text(
    f"""
    {_TERMS} LEFT JOIN bag_vouchers chosen ON chosen.voucher_id = voucher.id
        AND (chosen.account_id = CAST(:account_id AS bigint) OR chosen.visit_id = CAST(:visit AS text))
    WHERE chosen.id IS NOT NULL OR (
        voucher.way = 'offered' AND voucher.status = 'active'
        AND (voucher.starts_at IS NULL OR voucher.starts_at <= :now)
        AND (voucher.ends_at IS NULL OR voucher.ends_at > :now))
        OR (voucher.way = 'own' AND voucher.account_id = CAST(:account_id AS bigint)
            AND voucher.status = 'active')
    ORDER BY chosen.added_at DESC NULLS LAST, chosen.id DESC, voucher.id
    """
)
_BY_CODE = text(f"{_TERMS} WHERE voucher.code = :code AND voucher.way <> 'own'")


def chosen(visit: str | None, account_id: int | None) -> list[Terms]:
    """The vouchers beside a bag that count together, the newest first. One statement."""
    if visit is None and account_id is None:
        return []
    found = _read(_OF_BAG, visit, account_id)
    kept = set(together(found))
    return [terms for terms in found if terms.voucher_id in kept]


def counting(visit: str | None, account_id: int | None) -> list[Terms]:
    """What may count for a bag: the vouchers beside it as in `chosen`, then what is offered to everybody, and
    what is left of the account's own credit.
    """
    found = _read(_COUNTING, visit, account_id, now=clock.now())
    typed = [terms for terms in found if terms.way == Way.TYPED]
    kept = set(together(typed))
    return [
        terms
        for terms in found
        if terms.way == Way.OFFERED
        or (terms.way == Way.OWN and terms.amount_minor)
        or terms.voucher_id in kept
    ]


def terms_by_code(code: str, *, visit: str | None, account_id: int | None) -> Terms | None:
    """The voucher of a code as it is spelled in the table, for this shopper. Nobody types own credit."""
    found = _read(_BY_CODE, visit, account_id, code=code)
    return found[0] if found else None


def _read(statement: TextClause, visit: str | None, account_id: int | None, **more: object) -> list[Terms]:
    values = {
        "account_id": account_id,
        "visit": None if account_id is not None else visit,
        "holder": holder_of(visit, account_id),
    }
    return [
        Terms(number, code, Kind(kind), percent, amount, buy, get, Scope(scope), *[*limits, Way(way)])
        for number, code, kind, percent, amount, buy, get, scope, *limits, way in rows(
            statement, values | more
        )
    ]


@dataclass(frozen=True, slots=True)
class VoucherList:
    """One page of vouchers for staff."""

    rows: Sequence[Voucher]
    total: int


def vouchers(status: VoucherStatus | None, words: str, page: int) -> VoucherList:
    """Vouchers, the newest first; found by a part of the code."""
    wanted = select(Voucher).where(Voucher.way != Way.OWN)
    if status is not None:
        wanted = wanted.where(Voucher.status == status)
    if words:
        wanted = wanted.where(Voucher.code.contains(words, autoescape=True))
    total = db.session.scalars(select(func.count()).select_from(wanted.subquery())).one()
    found = db.session.scalars(wanted.order_by(Voucher.id.desc()).limit(PAGE).offset((page - 1) * PAGE)).all()
    return VoucherList(found, total)


def voucher_by_id(voucher_id: int) -> Voucher:
    """Raises `VoucherUnknown`."""
    found = db.session.get(Voucher, voucher_id)
    if found is None:
        raise VoucherUnknown()
    return found


def uses_of_voucher(voucher_id: int, page: int) -> Sequence[VoucherUse]:
    """One page of the orders that hold, have used or gave back a voucher, the newest first."""
    return db.session.scalars(
        select(VoucherUse)
        .where(VoucherUse.voucher_id == voucher_id)
        .order_by(VoucherUse.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()


def given_away(voucher_id: int) -> tuple[int, int]:
    """How many orders were paid with a voucher, and what it took off them together."""
    found = db.session.execute(
        select(
            func.count(), func.coalesce(func.sum(VoucherUse.goods_minor + VoucherUse.delivery_minor), 0)
        ).where(VoucherUse.voucher_id == voucher_id, VoucherUse.status == UseStatus.USED)
    ).one()
    return int(found[0]), int(found[1])


def count_uses(voucher_id: int) -> int:
    return int(
        db.session.scalars(
            select(func.count()).select_from(VoucherUse).where(VoucherUse.voucher_id == voucher_id)
        ).one()
    )


def products_by_handle(handles: Collection[str]) -> dict[str, int]:
    """The products of these handles that are not put away."""
    found = db.session.execute(
        select(Product.handle, Product.id).where(
            Product.handle.in_(handles), Product.status != ProductStatus.ARCHIVED
        )
    )
    return {row[0]: row[1] for row in found}


def products_of(voucher: Voucher) -> Sequence[Product]:
    """The products a voucher was made for, by name."""
    return db.session.scalars(
        select(Product).where(Product.id.in_(voucher.product_ids)).order_by(Product.title)
    ).all()
