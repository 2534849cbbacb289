"""What several editors did in a time, for those who keep the circle: one statement for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import text

from commissions.clicks.days import ROLLED
from editors.membership.ports import Done
from foundation.db import db
from foundation.settings import current

# Of clicks that are added up, the days that begin within the time; of the days since, each click.
_DONE = text(
    f"""
    SELECT e.id,
        (SELECT coalesce(sum(d.clicks), 0) FROM day_clicks d
         WHERE d.editor_id = e.id AND CAST(d.day AS timestamp) AT TIME ZONE :zone >= :since
             AND CAST(d.day AS timestamp) AT TIME ZONE :zone < :until)
        + (SELECT count(*) FROM clicks c
           WHERE c.editor_id = e.id AND c.counted AND c.first_at >= greatest({ROLLED}, :since)
               AND c.first_at < :until),
        (SELECT count(DISTINCT m.order_id) FROM commissions m
         WHERE m.editor_id = e.id AND m.status <> 'reversed' AND m.quantity > m.refunded_quantity
             AND m.accrued_at >= :since AND m.accrued_at < :until),
        (SELECT coalesce(sum(m.accrued_minor - m.reversed_minor), 0) FROM commissions m
         WHERE m.editor_id = e.id AND m.accrued_at >= :since AND m.accrued_at < :until)
    FROM unnest(CAST(:editors AS bigint[])) AS e (id)
    """
)


class Counted:
    """The answer to `editors.membership.ports`."""

    def done(self, editor_ids: Collection[int], since: datetime, until: datetime) -> Mapping[int, Done]:
        """By editor: clicks that count, orders of which something was kept, what was earned of them."""
        values = {"editors": sorted(editor_ids), "since": since, "until": until, "zone": current().timezone}
        return {row[0]: Done(int(row[1]), row[2], int(row[3])) for row in db.session.execute(_DONE, values)}
