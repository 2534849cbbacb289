"""The drawer of a store: what lay in it in the morning, what went back out of it, what was counted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, settings
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.money import Money
from storefront.orders.models import PaidWith
from storefront.orders.queries import order_by_id
from storefront.places.models import Place
from storefront.returns.following import note_paid_back
from storefront.till.day_queries import paid_back_between, sales_between
from storefront.till.errors import AlreadyCounted, DifferenceUnexplained, NotOpenedYet
from storefront.till.models import PaidBack, TillDay
from storefront.till.policy import expected_in_drawer


def hours_of(place: Place, day: date) -> tuple[datetime, datetime]:
    """From when to when a day lasts on the clock that hangs in a store."""
    zone = ZoneInfo(place.time_zone)
    begins, ends = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
    return begins, ends


def write_float(*, actor: Actor, place: Place, day: date, minor: int) -> None:
    """What lies in the drawer before the first customer; it may be put right until the drawer is counted.

    Raises `AlreadyCounted`.
    """
    now = clock.now()
    row = insert(TillDay).values(
        place_id=place.id, day=day, float_minor=minor, opened_by=actor.label, opened_at=now
    )
    kept = db.session.scalar(
        row.on_conflict_do_update(
            index_elements=[TillDay.place_id, TillDay.day],
            set_={"float_minor": minor, "opened_by": actor.label, "opened_at": now},
            where=TillDay.counted_at.is_(None),
        ).returning(TillDay.id)
    )
    if kept is None:
        raise AlreadyCounted()
    record(actor=actor, action="till.float", subject=("till_day", kept), after={"float_minor": minor})


def count(*, actor: Actor, place: Place, day: date, minor: int, note: str) -> TillDay:
    """Somebody counted what lies in the drawer; the difference to what our rows say is kept with it.

    Raises `NotOpenedYet` without an opening float, `DifferenceUnexplained` for a difference without a note,
    and `AlreadyCounted`: a drawer is counted once.
    """
    found = db.session.scalars(
        select(TillDay)
        .where(TillDay.place_id == place.id, TillDay.day == day)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotOpenedYet()
    if found.counted_at is not None:
        raise AlreadyCounted()
    should = expected(place, found)
    if minor != should and not note:
        raise DifferenceUnexplained(Money(minor - should, settings.current().currency))
    found.counted_minor, found.expected_minor = minor, should
    found.counted_by, found.counted_at, found.note = actor.label, clock.now(), note
    db.session.flush()
    record(
        actor=actor,
        action="till.counted",
        subject=("till_day", found.id),
        reason=note or None,
        after={"counted_minor": minor, "expected_minor": found.expected_minor},
    )
    return found


def expected(place: Place, day: TillDay) -> int:
    """What should lie in the drawer by our rows now."""
    begins, ends = hours_of(place, day.day)
    return expected_in_drawer(
        day.float_minor,
        [one.total_minor for one in sales_between(place.id, begins, ends) if one.paid_with == PaidWith.CASH],
        [
            one.amount_minor
            for one in paid_back_between(place.id, begins, ends)
            if one.paid_with == PaidWith.CASH
        ],
    )


def pay_back(*, actor: Actor, refund_id: int, place_id: int, receipt_number: str) -> None:
    """A refund of a sale over the counter was given back there, the way it had been paid.

    Raises what `returns.actions.note_paid_back` does: given back twice, it is told the second time.
    """
    refund = note_paid_back(actor=actor, refund_id=refund_id)
    order = order_by_id(refund.order_id)
    db.session.add(
        PaidBack(
            refund_id=refund_id,
            place_id=place_id,
            paid_with=order.paid_with,
            amount_minor=refund.amount_minor,
            receipt_number=receipt_number,
            by=actor.label,
            at=clock.now(),
        )
    )
    db.session.flush()
    record(
        actor=actor,
        action="till.paid_back",
        subject=("order", order.id),
        reason=receipt_number,
        after={"refund": refund_id, "amount_minor": refund.amount_minor, "place": place_id},
    )
