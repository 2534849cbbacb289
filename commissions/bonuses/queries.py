from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from commissions.accruals.models import Commission
from commissions.accruals.policy import CommissionStatus
from commissions.accruals.queries import Counts
from commissions.bonuses.errors import NoSuchBonus
from commissions.bonuses.models import Award, Bonus
from commissions.bonuses.policy import BonusKind, Credited, Whom
from editors.membership.models import Editor, EditorStatus
from foundation import clock
from foundation.db import db
from storefront.orders.models import Order

# What an editor is credited for since a moment, order by order. Net sales are counted like those of the
# programme: of a look of two the second part is rounded down, the first has what is left.
_SALES = text(
    """
    SELECT c.order_id, min(c.order_number), o.paid_at,
           sum(c.paid_minor - c.refunded_minor) > 0,
           sum(CASE WHEN cardinality(c.split) = 1 THEN line.net
                    WHEN c.part = 0 THEN line.net - line.net * c.split[2] / 10000
                    ELSE line.net * c.split[c.part + 1] / 10000 END)::bigint,
           max(c.due_at), bool_or(c.status = 'held')
    FROM commissions c
    JOIN receipts r ON r.id = c.receipt_id AND r.replaced_at IS NULL
    JOIN orders o ON o.id = c.order_id
    CROSS JOIN LATERAL (
        SELECT (2 * (c.paid_minor - c.refunded_minor) * 10000 + 10000 + c.tax_bps)
               / (2 * (10000 + c.tax_bps)) AS net
    ) line
    WHERE c.editor_id = :editor AND c.currency = :currency AND c.accrued_at >= :since
      AND o.paid_at >= :since AND c.trace -> 'advised' IS NULL
    GROUP BY c.order_id, o.id
    """
)
_SOLD_BEFORE = text(
    """
    SELECT EXISTS (
        SELECT FROM commissions c
        JOIN receipts r ON r.id = c.receipt_id AND r.replaced_at IS NULL
        JOIN orders o ON o.id = c.order_id
        WHERE c.editor_id = :editor AND o.paid_at < :before
          AND c.refunded_minor < c.paid_minor AND c.trace -> 'advised' IS NULL
    )
    """
)
_CONCERNS = text(
    """
    SELECT EXISTS (
        SELECT FROM editor_tiers WHERE :whom = 'tier' AND editor_id = :editor AND tier_id = :subject
        UNION ALL
        SELECT FROM cohort_members m JOIN cohorts c ON c.id = m.cohort_id
        WHERE :whom = 'cohort' AND m.editor_id = :editor AND m.cohort_id = :subject AND m.joined_at <= :at
          AND (m.left_at IS NULL OR m.left_at > :at)
    )
    """
)
_PAID = text(
    """
    SELECT e.award_id, min(p.sent_at) FROM award_entries e
    JOIN payable_movements m ON m.entry_id = e.entry_id AND m.amount_minor > 0
    JOIN payouts p ON p.id = m.payout_id AND p.status = 'sent'
    JOIN awards a ON a.id = e.award_id AND a.status = 'payable'
    WHERE (CAST(:ids AS bigint[]) IS NULL OR e.award_id = ANY(:ids)) AND m.at >= a.matured_at
    GROUP BY e.award_id
    """
)


def sales_of(editor_id: int, currency: str, since: datetime) -> list[Credited]:
    """The orders credited to an editor that were paid since a moment, as they are now. One statement."""
    rows = db.session.execute(_SALES, {"editor": editor_id, "currency": currency, "since": since})
    return [Credited(row[0], row[1], row[2], row[3], int(row[4]), row[5], row[6]) for row in rows]


def sold_before(editor_id: int, before: datetime) -> bool:
    """Whether a sale of an editor that was paid before a moment is kept."""
    return bool(db.session.execute(_SOLD_BEFORE, {"editor": editor_id, "before": before}).scalar_one())


def concerns(bonus: Bonus, editor_id: int, at: datetime) -> bool:
    """Whether a bonus is for this editor: on the step now, or in the group at that moment."""
    if bonus.whom == Whom.ALL:
        return True
    values = {"whom": str(bonus.whom), "editor": editor_id, "subject": bonus.whom_id, "at": at}
    return bool(db.session.execute(_CONCERNS, values).scalar_one())


def bonuses_at(moment: datetime) -> Sequence[Bonus]:
    """The bonuses in whose days a moment lies, but those for events: no sale earns them."""
    return db.session.scalars(
        select(Bonus)
        .where(Bonus.begins_at <= moment, Bonus.ends_at > moment, Bonus.kind != BonusKind.EVENT)
        .order_by(Bonus.id)
    ).all()


def event_bonuses(since: datetime) -> Sequence[Bonus]:
    """Bonuses for events whose days are not over since a moment."""
    return db.session.scalars(
        select(Bonus).where(Bonus.kind == BonusKind.EVENT, Bonus.ends_at > since).order_by(Bonus.id)
    ).all()


def paid_and_parties(order_id: int) -> tuple[datetime | None, list[int]]:
    """When an order was paid, and every editor who is or was credited for some of it."""
    rows = db.session.execute(
        select(Order.paid_at, Commission.editor_id)
        .join(Commission, Commission.order_id == Order.id)
        .where(Order.id == order_id)
        .distinct()
        .order_by(Commission.editor_id)
    ).all()
    return (rows[0][0] if rows else None), [row[1] for row in rows]


def paid_awards(ids: Sequence[int] | None = None) -> dict[int, datetime]:
    """Payable awards that a payout has carried since, with the moment it was sent."""
    rows = db.session.execute(_PAID, {"ids": list(ids) if ids is not None else None})
    return {int(row[0]): row[1] for row in rows}


def due_awards(now: datetime, limit: int) -> Sequence[Award]:
    """Awards whose time to return is over."""
    return db.session.scalars(
        select(Award)
        .where(Award.status == CommissionStatus.PENDING, Award.due_at <= now, Award.bonus_id.is_not(None))
        .order_by(Award.id)
        .limit(limit)
        .options(joinedload(Award.bonus))
    ).all()


def bonus_by_id(bonus_id: int) -> Bonus:
    """Raises `NoSuchBonus`."""
    found = db.session.get(Bonus, bonus_id)
    if found is None:
        raise NoSuchBonus()
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a bonus: how many earned it, and what it costs, in minor units."""

    awards: int = 0
    minor: int = 0


def every_bonus() -> list[tuple[Bonus, Taken]]:
    """All bonuses, the newest first, with what came of each."""
    left = Award.amount_minor - Award.reversed_minor
    counted = (
        select(
            Award.bonus_id,
            func.count().filter(left > 0).label("awards"),
            func.sum(left).label("minor"),
        )
        .group_by(Award.bonus_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Bonus, counted.c.awards, counted.c.minor)
        .outerjoin(counted, counted.c.bonus_id == Bonus.id)
        .order_by(Bonus.id.desc())
    )
    return [(row[0], Taken(int(row[1] or 0), int(row[2] or 0))) for row in rows]


def awards_of_bonus(bonus_id: int, *, limit: int) -> list[tuple[Award, Editor]]:
    """Who earned a bonus, the newest first."""
    rows = db.session.execute(
        select(Award, Editor)
        .join(Editor, Editor.id == Award.editor_id)
        .where(Award.bonus_id == bonus_id)
        .order_by(Award.earned_at.desc(), Award.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def awards_of(editor_id: int) -> Sequence[Award]:
    """What an editor earned by bonuses, the newest first."""
    return db.session.scalars(
        select(Award)
        .where(Award.editor_id == editor_id)
        .order_by(Award.earned_at.desc(), Award.id.desc())
        .options(joinedload(Award.bonus))
    ).all()


def still_open_to(bonus: Bonus) -> list[int]:
    """Active editors for whom a bonus is and who have not earned it, by number."""
    statement = select(Editor.id).where(
        Editor.status == EditorStatus.ACTIVE,
        Editor.id.not_in(select(Award.editor_id).where(Award.bonus_id == bonus.id)),
    )
    now = clock.now()
    return [one for one in db.session.scalars(statement.order_by(Editor.id)) if concerns(bonus, one, now)]


def ahead(now: datetime) -> Sequence[Bonus]:
    """Bonuses that run or are announced, those that end first before the others."""
    return db.session.scalars(
        select(Bonus)
        .where(Bonus.ends_at > now, Bonus.begins_at < Bonus.ends_at)
        .order_by(Bonus.ends_at, Bonus.id)
    ).all()


def with_awards(counts: Counts, editor_id: int, until: datetime) -> Counts:
    """The same with what bonuses add to what becomes payable by itself, before a moment and after it."""
    due = [
        one
        for one in awards_of(editor_id)
        if one.status == CommissionStatus.PENDING and one.due_at is not None
    ]
    joins = [one for one in due if one.due_at and one.due_at < until]
    later = [one for one in due if one not in joins]
    return replace(
        counts,
        joins_minor=counts.joins_minor + sum(one.left_minor for one in joins),
        joins_at=max((at for at in (counts.joins_at, *(one.due_at for one in joins)) if at), default=None),
        later_minor=counts.later_minor + sum(one.left_minor for one in later),
        later_at=min((at for at in (counts.later_at, *(one.due_at for one in later)) if at), default=None),
    )
