"""The writers of closed months: first nothing can be added to a month any more, then its end is written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from commissions.ledger.chain import CONTENTS
from commissions.ledger.months import bounds, month_after
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db

# After its end a month stays open for a day: what a worker was about to book then is still of its day.
GRACE = timedelta(days=1)
# Whoever seals waits so long for those who book at this moment, and tries again an hour later.
_PATIENCE = text("SET LOCAL lock_timeout = '5s'")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('ledger_months'))")
_LAST = text("SELECT max(month) FROM ledger_months")
_FIRST_ENTRY = text("SELECT min(at) FROM ledger_entries")
_SEAL = text(
    "INSERT INTO ledger_months (month, begins_at, ends_at, sealed_at) VALUES (:month, :begins, :ends, :now)"
)
_UNCLOSED = text(
    """
    SELECT month, begins_at, ends_at FROM ledger_months sealed
    WHERE NOT EXISTS (SELECT FROM ledger_closings closing WHERE closing.month = sealed.month)
    ORDER BY month LIMIT 1
    """
)
_HASH_BEFORE = text("SELECT hash FROM ledger_closings ORDER BY month DESC LIMIT 1")
_SEALS = text(
    f"""
    INSERT INTO ledger_seals (entry_id, month, hash)
    SELECT entry_id, :month,
           ledger_chain(CASE place WHEN 1 THEN CAST(:before AS bytea) ELSE ''::bytea END || content)
               OVER (ORDER BY entry_id)
    FROM (SELECT contents.*, row_number() OVER (ORDER BY entry_id) AS place
          FROM ({CONTENTS}) contents WHERE at >= :begins AND at < :ends) placed
    """
)
_BALANCES = text(
    """
    INSERT INTO ledger_balances (account_id, month, debit_minor, credit_minor)
    SELECT moved.account_id, :month, moved.debit + coalesce(earlier.debit_minor, 0),
           moved.credit + coalesce(earlier.credit_minor, 0)
    FROM (
        SELECT account_id, coalesce(sum(amount_minor) FILTER (WHERE side = 'debit'), 0)::bigint AS debit,
               coalesce(sum(amount_minor) FILTER (WHERE side = 'credit'), 0)::bigint AS credit
        FROM ledger_legs WHERE at >= :begins AND at < :ends GROUP BY account_id
    ) moved LEFT JOIN LATERAL (
        SELECT debit_minor, credit_minor FROM ledger_balances balance
        WHERE balance.account_id = moved.account_id ORDER BY month DESC LIMIT 1
    ) earlier ON true
    """
)
_CLOSE = text(
    """
    INSERT INTO ledger_closings (month, entries, legs, hash, closed_at)
    SELECT :month, (SELECT count(*) FROM ledger_entries WHERE at >= :begins AND at < :ends),
           (SELECT count(*) FROM ledger_legs WHERE at >= :begins AND at < :ends),
           coalesce((SELECT hash FROM ledger_seals WHERE month = :month ORDER BY entry_id DESC LIMIT 1),
                    CAST(:before AS bytea)), :now
    """
)


def seal_months(*, actor: Actor, zone: str, now: datetime | None = None) -> list[date]:
    """Let nothing more be booked in months that ended a day ago; returns which they are.

    Waits until everybody who books at this moment has committed, so that what is in a sealed month is all
    there is of it. `zone` says when a month ends; a month keeps its bounds whatever the setting is later.
    """
    moment = now or clock.now()
    db.session.execute(_PATIENCE)
    db.session.execute(_ALONE)
    last: date | None = db.session.execute(_LAST).scalar_one()
    if last is None:
        first_entry: datetime | None = db.session.execute(_FIRST_ENTRY).scalar_one()
        if first_entry is None:
            return []
        month = first_entry.astimezone(ZoneInfo(zone)).date().replace(day=1)
    else:
        month = month_after(last)
    sealed = []
    while bounds(month, zone)[1] + GRACE <= moment:
        begins, ends = bounds(month, zone)
        db.session.execute(_SEAL, {"month": month, "begins": begins, "ends": ends, "now": moment})
        sealed.append(month)
        month = month_after(month)
    return sealed


def close_month(*, actor: Actor, now: datetime | None = None) -> date | None:
    """Write balances and chain of the oldest sealed month that has none; None when there is none left.

    Locks nobody out: what it adds up cannot change any more. Of two at once one has it refused by the key.
    """
    found = db.session.execute(_UNCLOSED).one_or_none()
    if found is None:
        return None
    before = db.session.execute(_HASH_BEFORE).scalar_one_or_none() or b""
    values = {
        "month": found.month,
        "begins": found.begins_at,
        "ends": found.ends_at,
        "before": before,
        "now": now or clock.now(),
    }
    for statement in (_SEALS, _BALANCES, _CLOSE):
        db.session.execute(statement, values)
    month: date = found.month
    number = month.year * 100 + month.month
    audit.record(actor=actor, action="ledger.close_month", subject=("ledger_month", number))
    return month
