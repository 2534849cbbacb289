from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from commissions.hosting.ports import Hosted
from foundation.db import db

_OVER = text(
    """
    SELECT events.id, events.slug, events.title, coalesce(events.title_it, events.title) AS title_it,
        events.editor_id, events.agreed_place_id AS place_id, events.ends_at,
        (SELECT max(at) FROM event_turns WHERE event_id = events.id AND step IN ('approved', 'taken'))
            AS agreed_at,
        -- The host is nobody's guest, whoever comes along is.
        (SELECT coalesce(sum(arrived - (rsvps.account_id IS NOT DISTINCT FROM accounts.id
            OR lower(coalesce(rsvps.email, '')) = accounts.email)::int) FILTER (WHERE arrived > 0), 0)::int
            FROM rsvps WHERE event_id = events.id) AS guests,
        EXISTS (SELECT FROM event_reports WHERE event_id = events.id) AS final
    FROM events JOIN editors ON editors.id = events.editor_id
        JOIN accounts ON accounts.id = editors.account_id
    WHERE events.status = 'closed' AND (events.slug = :slug OR events.ends_at > :after)
    ORDER BY events.ends_at, events.id
    """
)
# What nobody is credited for: no commission is earned twice. Nor does a host earn by what they buy.
_NETS = text(
    """
    SELECT told.event_id, told.currency, sum(told.net_minor)::bigint AS net
    FROM event_orders told JOIN orders ON orders.id = told.order_id
        JOIN events ON events.id = told.event_id JOIN editors ON editors.id = events.editor_id
        JOIN accounts ON accounts.id = editors.account_id
    WHERE told.event_id = ANY(CAST(:events AS bigint[]))
        AND NOT EXISTS (SELECT FROM receipts WHERE receipts.order_id = told.order_id
            AND receipts.replaced_at IS NULL AND receipts.editor_id IS NOT NULL)
        AND orders.account_id IS DISTINCT FROM accounts.id AND lower(orders.email) <> accounts.email
    GROUP BY told.event_id, told.currency
    """
)


def over_since(ended_after: datetime) -> Sequence[Hosted]:
    """Every event that took place and ended after a moment, the first to end first."""
    return _hosted({"slug": None, "after": ended_after})


def over_of(slug: str) -> Hosted | None:
    """The event of an address, once it took place and is over."""
    return next(iter(_hosted({"slug": slug, "after": None})), None)


def _hosted(values: dict[str, object]) -> list[Hosted]:
    over = db.session.execute(_OVER, values).all()
    nets: dict[int, dict[str, int]] = defaultdict(dict)
    for event_id, currency, net in db.session.execute(_NETS, {"events": [one.id for one in over]}):
        nets[event_id][currency] = int(net)
    return [
        Hosted(
            event=one.slug,
            title=one.title,
            title_it=one.title_it,
            editor_id=one.editor_id,
            place_id=one.place_id,
            agreed_at=one.agreed_at,
            ended_at=one.ends_at,
            guests=one.guests,
            nets=nets[one.id],
            final=one.final,
        )
        for one in over
        if one.agreed_at is not None
    ]
