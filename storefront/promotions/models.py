from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation import days
from foundation.db import Base
from foundation.states import Transitions
from storefront.promotions.policy import Kind, Scope, Way


class VoucherStatus(StrEnum):
    """Whether a code counts at all."""

    ACTIVE = "active"
    PAUSED = "paused"


VOUCHER_MOVES = Transitions(
    {VoucherStatus.ACTIVE: [VoucherStatus.PAUSED], VoucherStatus.PAUSED: [VoucherStatus.ACTIVE]}
)


class UseStatus(StrEnum):
    """held: by an order that waits for its payment. used: it was paid. returned: the order ended unpaid."""

    HELD = "held"
    USED = "used"
    RETURNED = "returned"


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Voucher(Base):
    """A code and what it gives. What it gives is never changed afterwards: orders were placed on it.

    One that is offered needs no typing: its code is only its name. Own credit is one too: it belongs to an
    account, `amount_minor` is all that was ever put in, `spent_minor` what orders hold or have used.

    `uses` counts the orders that hold or have used it. It is only ever raised by the statement that also
    looks at the limit, so no two orders can take the last use.
    """

    __tablename__ = "vouchers"
    __table_args__ = (
        _one_of("status", VoucherStatus),
        _one_of("way", Way),
        _one_of("kind", Kind),
        _one_of("scope", Scope),
        CheckConstraint("code = upper(code) AND code <> ''", name="code_in_capitals"),
        CheckConstraint("percent_bps BETWEEN 0 AND 10000", name="percent_sensible"),
        CheckConstraint("amount_minor >= 0 AND minimum_minor >= 0", name="amounts_sensible"),
        CheckConstraint("kind NOT IN ('percent', 'pieces') OR percent_bps > 0", name="percent_given"),
        CheckConstraint("kind <> 'amount' OR amount_minor > 0", name="amount_given"),
        CheckConstraint("kind <> 'pieces' OR (buy > 0 AND get > 0)", name="pieces_given"),
        CheckConstraint("total_limit > 0 AND person_limit > 0", name="limits_sensible"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(days.checked("starts_at"), name="first_day_known"),
        CheckConstraint(days.checked("ends_at"), name="last_day_known"),
        CheckConstraint("NOT first_order OR person_limit = 1", name="first_order_once"),
        CheckConstraint(
            "way <> 'offered' OR (person_limit IS NULL AND NOT first_order)", name="offered_to_everybody"
        ),
        CheckConstraint("uses >= 0", name="uses_not_negative"),
        CheckConstraint("(way = 'own') = (account_id IS NOT NULL)", name="own_of_somebody"),
        CheckConstraint(
            "way <> 'own' OR (kind = 'amount' AND person_limit IS NULL AND total_limit IS NULL)",
            name="own_is_an_amount",
        ),
        CheckConstraint("spent_minor >= 0", name="spent_not_negative"),
        Index("uq_vouchers_own", "account_id", unique=True, postgresql_where="way = 'own'"),
        Index("ix_vouchers_offered", "id", postgresql_where="way = 'offered' AND status = 'active'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    status: Mapped[VoucherStatus] = mapped_column(String(10))
    way: Mapped[Way] = mapped_column(String(10), server_default=Way.TYPED, default=Way.TYPED)
    kind: Mapped[Kind] = mapped_column(String(10))
    percent_bps: Mapped[int]
    amount_minor: Mapped[int]
    buy: Mapped[int]
    get: Mapped[int]
    scope: Mapped[Scope] = mapped_column(String(12))
    categories: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    product_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    collection_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    minimum_minor: Mapped[int]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    first_order: Mapped[bool]
    total_limit: Mapped[int | None]
    person_limit: Mapped[int | None]
    stackable: Mapped[bool]
    uses: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    spent_minor: Mapped[int] = mapped_column(server_default="0", default=0)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))


class VoucherUse(Base):
    """One order and one voucher: what it took off. `holder` is whose bag it was, as stock names it.

    `people` are the hashes by which the limit for each person counted this use: no address is kept here.
    `lines_minor` is what it took off each line of the order, in their order; of own credit `back_minor` came
    back with pieces that did.
    """

    __tablename__ = "voucher_uses"
    __table_args__ = (
        UniqueConstraint("order_id", "voucher_id"),
        _one_of("status", UseStatus),
        CheckConstraint("goods_minor >= 0 AND delivery_minor >= 0", name="amounts_sensible"),
        CheckConstraint("back_minor BETWEEN 0 AND goods_minor", name="back_sensible"),
        Index("ix_voucher_uses_voucher_id", "voucher_id", "id"),
        Index("ix_voucher_uses_held", "holder", "voucher_id", postgresql_where="status = 'held'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_number: Mapped[str] = mapped_column(String(20))
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"))
    status: Mapped[UseStatus] = mapped_column(String(10))
    goods_minor: Mapped[int]
    delivery_minor: Mapped[int]
    holder: Mapped[str] = mapped_column(String(60))
    people: Mapped[list[str]] = mapped_column(ARRAY(String(64)))
    lines_minor: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    back_minor: Mapped[int] = mapped_column(server_default="0", default=0)
    taken_at: Mapped[datetime]


class VoucherPerson(Base):
    """How often one person used one voucher that has a limit for each."""

    __tablename__ = "voucher_people"
    __table_args__ = (CheckConstraint("uses >= 0", name="uses_not_negative"),)

    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    uses: Mapped[int]


class BagVoucher(Base):
    """A voucher somebody put beside their bag. It belongs to an account or to a visit, as the bag does."""

    __tablename__ = "bag_vouchers"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name="one_owner"),
        Index(
            "uq_bag_vouchers_owner_voucher",
            "account_id",
            "visit_id",
            "voucher_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_bag_vouchers_visit_id", "visit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    visit_id: Mapped[str | None] = mapped_column(String(36))
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"))
    added_at: Mapped[datetime]
