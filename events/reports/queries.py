from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, text

from events.calendar.models import Event, EventStatus
from events.door.models import Scan, ScanResult
from events.reports.models import Basis, EventOrder, EventReport
from events.reports.policy import BACK, BEFORE, COUNTS
from foundation.db import db

# Of each order the strongest ground, and of several events the one that began last. The day of a visit is the
# one on the clock of the store.
_GROUNDS = text(
    """
    WITH counted AS (
        SELECT events.id, events.slug, events.place_id, events.starts_at, events.ends_at, events.time_zone,
            events.format <> 'online' AS in_store
        FROM events
        WHERE events.status IN ('live', 'closed') AND events.starts_at <= :now AND events.ends_at > :since
            AND NOT EXISTS (SELECT FROM event_reports WHERE event_reports.event_id = events.id)
    ), came AS (
        SELECT rsvps.event_id, rsvps.account_id, rsvps.email
        FROM rsvps JOIN counted ON counted.id = rsvps.event_id
        WHERE rsvps.status = 'attended' AND (rsvps.account_id IS NOT NULL OR rsvps.email IS NOT NULL)
    ), grounds AS (
        SELECT orders.id AS order_id, counted.id AS event_id, counted.starts_at, 1 AS strength
        FROM counted JOIN event_perks ON event_perks.event_id = counted.id
            JOIN vouchers ON vouchers.id = event_perks.voucher_id
            JOIN orders ON vouchers.code = ANY (orders.voucher_codes)
        WHERE orders.paid_at >= counted.starts_at AND orders.paid_at < counted.ends_at + :counts
        UNION ALL
        SELECT orders.id, counted.id, counted.starts_at, 1
        FROM counted JOIN till_baskets ON till_baskets.occasion_ref = counted.slug
            JOIN orders ON orders.visit_id = till_baskets.visit AND orders.till_place_id = counted.place_id
        WHERE orders.paid_at IS NOT NULL
        UNION ALL
        SELECT orders.id, counted.id, counted.starts_at, 2
        FROM counted JOIN came ON came.event_id = counted.id AND counted.in_store
            JOIN orders ON orders.till_place_id = counted.place_id
                AND (orders.account_id = came.account_id OR lower(orders.email) = came.email)
        WHERE orders.paid_at IS NOT NULL AND (orders.paid_at AT TIME ZONE counted.time_zone)::date
            BETWEEN (counted.starts_at AT TIME ZONE counted.time_zone)::date
                AND (counted.ends_at AT TIME ZONE counted.time_zone)::date
        UNION ALL
        SELECT orders.id, counted.id, counted.starts_at, 3
        FROM counted JOIN came ON came.event_id = counted.id
            JOIN orders ON orders.account_id = came.account_id OR lower(orders.email) = came.email
        WHERE orders.paid_at >= counted.starts_at AND orders.paid_at < counted.ends_at + :counts
    )
    SELECT DISTINCT ON (order_id) order_id, event_id, strength FROM grounds
    WHERE NOT EXISTS (SELECT FROM event_orders JOIN event_reports USING (event_id)
        WHERE event_orders.order_id = grounds.order_id)
    ORDER BY order_id, strength, starts_at DESC, event_id
    """
)

# The guests who came, as people the shop may know by account or address, and what they bought when.
_PEOPLE = text(
    """
    WITH came AS (
        SELECT DISTINCT coalesce(rsvps.account_id::text, rsvps.email) AS person, rsvps.account_id, rsvps.email
        FROM rsvps WHERE rsvps.event_id = :event_id AND rsvps.status = 'attended'
            AND (rsvps.account_id IS NOT NULL OR rsvps.email IS NOT NULL)
    ), bought AS (
        SELECT came.person, orders.id, orders.paid_at FROM came
        JOIN orders ON orders.account_id = came.account_id OR lower(orders.email) = came.email
        WHERE orders.paid_at IS NOT NULL
    ), each AS (
        SELECT came.person,
            bool_or(bought.paid_at < :starts_at) AS before,
            bool_or(bought.paid_at >= :before_from AND bought.paid_at < :starts_at) AS lately,
            bool_or(bought.paid_at >= :starts_at AND bought.paid_at < :counted_until) AS within,
            bool_or(bought.paid_at >= :ends_at AND bought.paid_at < :back_until) AS back
        FROM came LEFT JOIN bought USING (person) GROUP BY came.person
    )
    SELECT count(*) AS known, count(*) FILTER (WHERE within AND before IS NOT TRUE) AS new,
        count(*) FILTER (WHERE within) AS bought, count(*) FILTER (WHERE back) AS back,
        count(*) FILTER (WHERE lately) AS had_bought,
        ARRAY(SELECT DISTINCT id FROM bought
            WHERE paid_at >= :before_from AND paid_at < :starts_at) AS earlier,
        ARRAY(SELECT DISTINCT id FROM bought
            WHERE paid_at >= :starts_at AND paid_at < :counted_until) AS later
    FROM each
    """
)

_GUESTS = text(
    """
    SELECT
        count(*) FILTER (WHERE source <> 'walkin' AND EXISTS (
            SELECT FROM rsvp_letters WHERE rsvp_id = rsvps.id AND kind = 'invited')) AS invited,
        coalesce(sum(party) FILTER (WHERE source <> 'walkin'
            AND (status IN ('going', 'no_show') OR (status = 'attended' AND beyond = ''))), 0) AS going,
        coalesce(sum(party) FILTER (WHERE source <> 'walkin' AND confirmed_at IS NOT NULL
            AND status IN ('going', 'attended', 'no_show')), 0) AS confirmed,
        coalesce(sum(arrived), 0) AS came,
        coalesce(sum(arrived) FILTER (WHERE source = 'walkin'), 0) AS walked_in,
        coalesce(sum(CASE status WHEN 'no_show' THEN party WHEN 'attended' THEN party - arrived END)
            FILTER (WHERE source <> 'walkin' AND beyond = ''), 0) AS no_shows,
        count(*) FILTER (WHERE queue_number IS NOT NULL) AS waited,
        count(*) FILTER (WHERE queue_number IS NOT NULL AND status = 'attended') AS waited_and_came
    FROM rsvps WHERE event_id = :event_id
    """
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an order is told of with an event."""

    order_id: int
    event_id: int
    basis: Basis


def grounds(now: datetime, since: datetime) -> list[Ground]:
    """The strongest ground of every order that an event counts which ended after `since` and is not final."""
    bases = dict(enumerate(Basis, start=1))
    rows = db.session.execute(_GROUNDS, {"now": now, "since": since, "counts": COUNTS})
    return [Ground(row.order_id, row.event_id, bases[row.strength]) for row in rows]


def counted_orders(since: datetime) -> Sequence[EventOrder]:
    """What was counted for events that ended after `since` and are not final."""
    final = exists().where(EventReport.event_id == EventOrder.event_id)
    return db.session.scalars(
        select(EventOrder)
        .join(Event, Event.id == EventOrder.event_id)
        .where(Event.ends_at > since, ~final)
        .order_by(EventOrder.order_id)
    ).all()


def events_to_freeze(ended_before: datetime, limit: int) -> Sequence[Event]:
    """Events that are over for so long and have no final figures."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.status == EventStatus.CLOSED,
            Event.ends_at <= ended_before,
            ~exists().where(EventReport.event_id == Event.id),
        )
        .order_by(Event.id)
        .limit(limit)
    ).all()


def final_report(event_id: int) -> EventReport | None:
    return db.session.get(EventReport, event_id)


def guests_counted(event_id: int) -> dict[str, int]:
    """How many people were invited (parties), going, confirmed, came, and so on; see the names."""
    row = db.session.execute(_GUESTS, {"event_id": event_id}).mappings().one()
    return {name: int(value) for name, value in row.items()}


def people_counted(event: Event) -> Any:
    """Of who came and is known by account or address: how many, who is new, bought, came back, had bought in
    the four weeks before; and the orders they paid then, and from the beginning to a week after."""
    moments = {
        "event_id": event.id,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "counted_until": event.ends_at + COUNTS,
        "back_until": event.ends_at + BACK,
        "before_from": event.starts_at - BEFORE,
    }
    return db.session.execute(_PEOPLE, moments).one()


def admissions_by_device(event_id: int) -> list[list[datetime]]:
    """When each device let somebody in, in order."""
    rows = db.session.execute(
        select(Scan.device, Scan.at)
        .where(Scan.event_id == event_id, Scan.result == ScanResult.OK)
        .order_by(Scan.device, Scan.at)
    )
    by_device: dict[str, list[datetime]] = {}
    for device, at in rows:
        by_device.setdefault(device, []).append(at)
    return list(by_device.values())


def sales_by_basis(event_id: int) -> list[tuple[Basis, str, int, int]]:
    """Basis, currency, orders, net in minor units; each order once."""
    rows = db.session.execute(
        select(EventOrder.basis, EventOrder.currency, func.count(), func.sum(EventOrder.net_minor))
        .where(EventOrder.event_id == event_id)
        .group_by(EventOrder.basis, EventOrder.currency)
    )
    return [(Basis(row[0]), row[1], row[2], int(row[3])) for row in rows]
