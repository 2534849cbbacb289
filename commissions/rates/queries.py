from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from commissions.rates.models import RateCap, RateCard
from commissions.rates.policy import CardKind, Scope, Situation, Used
from editors.cohorts.models import Cohort
from editors.cohorts.queries import cohort_of, members_of
from editors.membership.models import Editor, EditorStatus
from editors.tiers.models import EditorTier
from editors.tiers.queries import tier_of
from foundation import clock
from foundation.accounts.models import Account
from foundation.db import db
from foundation.settings import current
from storefront.catalog.categories import way_to
from storefront.collections.queries import belonging

_BOUGHT_BEFORE = text(
    """
    SELECT EXISTS (
        SELECT 1 FROM orders WHERE (email = :email OR account_id = CAST(:account_id AS bigint))
            AND paid_at IS NOT NULL AND placed_at < :placed_at
    )
    """
)
_USED = text(
    """
    SELECT coalesce(sum(c.accrued_minor - c.reversed_minor) FILTER (WHERE c.accrued_at >= :day), 0)::bigint,
           coalesce(sum(c.accrued_minor - c.reversed_minor), 0)::bigint
    FROM commissions c JOIN receipts r ON r.id = c.receipt_id
    WHERE r.editor_id = :editor AND c.currency = :currency AND c.accrued_at >= :month
    """
)


def every_card() -> Sequence[RateCard]:
    """All cards that were ever written, the newest first: few, and each explains old sales."""
    return db.session.scalars(select(RateCard).order_by(RateCard.id.desc())).all()


def every_cap() -> Sequence[RateCap]:
    """All caps that were ever written, the newest first."""
    return db.session.scalars(select(RateCap).order_by(RateCap.id.desc())).all()


def situations(
    cards: Sequence[RateCard],
    pieces: Collection[tuple[int, str]],
    *,
    editor_id: int,
    new_customer: bool,
    on: date | None = None,
) -> dict[int, Situation]:
    """What a rate depends on, by product; `pieces` are products with their department.

    Collections are as they are now. The step and the group are those of whoever is credited; a group
    counts if it runs on the day (None: today). At most three statements, and none for what no card speaks of.
    """
    spoken = {card.scope for card in cards}
    wanted = {int(card.subject) for card in cards if card.scope == Scope.COLLECTION}
    within = belonging(wanted, {product_id for product_id, _category in pieces})
    cohort = _running(cohort_of(editor_id), on) if Scope.COHORT in spoken else None
    tier = tier_of(editor_id) if Scope.TIER in spoken else None
    return {
        product_id: Situation(
            product_id=product_id,
            categories=tuple(reversed(way_to(category))),
            collections=frozenset(one for one, product in within if product == product_id),
            cohort_id=cohort.id if cohort else None,
            tier_id=tier.id if tier else None,
            new_customer=new_customer,
        )
        for product_id, category in pieces
    }


def bought_before(email: str, account_id: int | None, placed_at: datetime) -> bool:
    """Whether this shopper had paid for an order that was placed before this moment."""
    values = {"email": email, "account_id": account_id, "placed_at": placed_at}
    return bool(db.session.execute(_BOUGHT_BEFORE, values).scalar_one())


def used_by(editor_id: int, currency: str, now: datetime) -> Used:
    """What stands of the orders an editor is credited for, of this day and this month of the shop.

    What came back leaves room again; of a look of two both parts count.
    """
    here = now.astimezone(ZoneInfo(current().timezone))
    day = here.replace(hour=0, minute=0, second=0, microsecond=0)
    values = {"editor": editor_id, "currency": currency, "day": day, "month": day.replace(day=1)}
    row = db.session.execute(_USED, values).one()
    return Used(int(row[0]), int(row[1]))


def told_of(card: RateCard) -> Sequence[tuple[Editor, Account]]:
    """The active editors whom a card concerns, with the accounts a letter goes to."""
    statement = (
        select(Editor, Account)
        .join(Account, Account.id == Editor.account_id)
        .where(Editor.status == EditorStatus.ACTIVE)
        .order_by(Editor.id)
    )
    if card.scope == Scope.TIER:
        statement = statement.join(EditorTier, EditorTier.editor_id == Editor.id).where(
            EditorTier.tier_id == int(card.subject)
        )
    if card.scope == Scope.COHORT:
        members = [editor.id for _member, editor in members_of(int(card.subject))]
        statement = statement.where(Editor.id.in_(members))
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _running(cohort: Cohort | None, on: date | None) -> Cohort | None:
    today = on or clock.today(current().timezone)
    return cohort if cohort is not None and cohort.first_day <= today <= cohort.last_day else None


def programme_card(cards: Sequence[RateCard]) -> RateCard:
    """The last word on the rate of the programme that counts already."""
    now = clock.now()
    return next(
        card
        for card in cards
        if card.kind == CardKind.RATE and card.scope == Scope.PROGRAMME and card.valid_from <= now
    )
