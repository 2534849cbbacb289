"""The facts that signals are found in, gathered for many sales or editors in one statement each."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from commissions.claims.policy import mailbox
from commissions.signals.policy import EditorFacts, SaleFacts
from foundation.db import rows

LOOKED_BACK = timedelta(days=30)  # what is looked at: newer sales, and clicks and codes of these days
RING_DAYS = timedelta(days=90)
RETURNS_DAYS = timedelta(days=180)

# Whose a sale is now: its winner alone, or both authors of a look, but for whose share is withheld.
_PARTIES = """
    SELECT r.id AS receipt_id, r.order_id, r.order_number, r.rule, r.decided_at,
           coalesce(s.editor_id, r.editor_id) AS editor_id
    FROM receipts r LEFT JOIN receipt_shares s ON s.receipt_id = r.id
    WHERE r.replaced_at IS NULL AND r.editor_id IS NOT NULL AND s.withheld IS NULL
"""
_PLACE = "regexp_replace(lower({0}.street || {0}.postcode || {0}.country), '[^a-z0-9]', '', 'g')"
_UNLOOKED = text(
    """
    SELECT o.id, o.payment_intent_id
    FROM receipts r JOIN orders o ON o.id = r.order_id
    WHERE r.replaced_at IS NULL AND r.decided_at > :since
      AND (r.editor_id IS NOT NULL
           OR EXISTS (SELECT FROM editors e WHERE e.account_id = o.account_id))
      AND NOT EXISTS (SELECT FROM looked_sales l WHERE l.order_id = o.id)
    ORDER BY r.decided_at LIMIT :most
    """
)
_SALES = text(
    f"""
    SELECT p.order_id, p.order_number, p.editor_id, o.email, theirs.email, l.mail,
           CASE WHEN l.card IS NULL THEN NULL ELSE EXISTS (
               SELECT FROM looked_sales own JOIN orders bought ON bought.id = own.order_id
               WHERE own.card = l.card AND bought.account_id = theirs.id) END,
           CASE WHEN o.delivery <> 'door' OR o.street = '' THEN NULL ELSE EXISTS (
               SELECT FROM orders bought WHERE bought.account_id = theirs.id AND bought.id <> o.id
                 AND bought.delivery = 'door' AND bought.street <> '' AND bought.paid_at IS NOT NULL
                 AND {_PLACE.format("bought")} = {_PLACE.format("o")})
               OR EXISTS (SELECT FROM addresses a WHERE a.account_id = theirs.id
                          AND {_PLACE.format("a")} = {_PLACE.format("o")}) END,
           CASE WHEN mine.fingerprint IS NULL THEN NULL ELSE EXISTS (
               SELECT FROM payees other JOIN editors buyer ON buyer.id = other.editor_id
               WHERE buyer.account_id = o.account_id AND buyer.id <> p.editor_id
                 AND other.fingerprint = mine.fingerprint) END,
           (SELECT (extract(epoch FROM o.placed_at - click.first_at) * 1000)::bigint
            FROM claims c JOIN clicks click ON click.id = c.click_id
            WHERE c.receipt_id = p.receipt_id AND c.verdict = 'won' AND c.kind = 'link' LIMIT 1),
           (SELECT click.referrer FROM claims c JOIN clicks click ON click.id = c.click_id
            WHERE c.receipt_id = p.receipt_id AND c.verdict = 'won' LIMIT 1)
    FROM ({_PARTIES}) p
    JOIN orders o ON o.id = p.order_id
    JOIN editors e ON e.id = p.editor_id
    JOIN accounts theirs ON theirs.id = e.account_id
    LEFT JOIN payees mine ON mine.editor_id = p.editor_id
    LEFT JOIN looked_sales l ON l.order_id = p.order_id
    WHERE p.order_id = ANY(:orders)
    ORDER BY p.order_id, p.editor_id
    """
)
_RECENT = text("SELECT order_id FROM looked_sales WHERE looked_at > :since AND order_id > :after "
               "ORDER BY order_id LIMIT :most")  # fmt: skip
_EDITORS = text(
    f"""
    WITH came AS (
        SELECT editor_id, visitor_hash, hour, count(DISTINCT visit_id) AS visits
        FROM clicks WHERE first_at > :recent AND NOT own GROUP BY 1, 2, 3
    ), bursts AS (
        SELECT editor_id, max(visits) AS burst, sum(visits)::bigint AS clicks FROM came GROUP BY 1
    ), bags AS (
        SELECT editor_id, count(DISTINCT click_id) AS bags FROM bagged_pieces WHERE at > :recent GROUP BY 1
    ), sales AS (
        SELECT p.*, o.account_id, o.email, o.visit_id, o.till_place_id, l.card
        FROM ({_PARTIES}) p JOIN orders o ON o.id = p.order_id
        LEFT JOIN looked_sales l ON l.order_id = p.order_id
        WHERE p.decided_at > :ring
    ), codes AS (
        SELECT s.editor_id, count(*) AS orders, count(*) FILTER (WHERE
            NOT EXISTS (SELECT FROM clicks c WHERE c.visit_id = s.visit_id AND c.editor_id = s.editor_id)
            AND NOT EXISTS (SELECT FROM credit_bonds b JOIN clicks c ON c.visit_id = b.visit_id
                            WHERE b.account_id = s.account_id AND c.editor_id = s.editor_id)
            AND NOT EXISTS (SELECT FROM follows f
                            WHERE f.account_id = s.account_id AND f.editor_id = s.editor_id)
            AND NOT EXISTS (SELECT FROM saved_looks k JOIN looks look ON look.id = k.look_id
                            WHERE look.editor_id = s.editor_id
                              AND (k.account_id = s.account_id OR k.visit_id = s.visit_id))
            AND NOT EXISTS (SELECT FROM sales before WHERE before.editor_id = s.editor_id
                            AND before.email = s.email AND before.decided_at < s.decided_at)
        ) AS strangers
        FROM sales s WHERE s.rule = 'code' AND s.till_place_id IS NULL AND s.decided_at > :recent GROUP BY 1
    ), returns AS (
        SELECT editor_id, count(DISTINCT order_id) AS orders, sum(paid_minor)::bigint AS sold,
               sum(refunded_minor)::bigint AS returned
        FROM commissions WHERE due_at <= :now AND accrued_at > :half_year GROUP BY 1
    ), bought AS (
        SELECT s.editor_id, buyer.id AS buyer_id, count(*) AS orders
        FROM sales s JOIN editors buyer ON buyer.account_id = s.account_id AND buyer.id <> s.editor_id
        GROUP BY 1, 2
    ), mutual AS (
        SELECT one.editor_id, max(least(one.orders, other.orders)) AS orders
        FROM bought one JOIN bought other
          ON other.editor_id = one.buyer_id AND other.buyer_id = one.editor_id GROUP BY 1
    ), cards AS (
        SELECT editor_id, max(buyers) AS buyers FROM (
            SELECT editor_id, card, count(DISTINCT lower(email)) AS buyers
            FROM sales WHERE card IS NOT NULL GROUP BY 1, 2) shared GROUP BY 1
    ), people AS (
        SELECT e.id AS editor_id, CASE WHEN mail.host IN ('gmail.com', 'googlemail.com')
                   THEN replace(mail.name, '.', '') || '@gmail.com'
                   ELSE mail.name || '@' || mail.host END AS known_by
        FROM editors e JOIN accounts a ON a.id = e.account_id
        CROSS JOIN LATERAL (SELECT split_part(split_part(lower(a.email), '@', 1), '+', 1) AS name,
                                   split_part(lower(a.email), '@', 2) AS host) mail
        WHERE e.status = 'active'
        UNION
        SELECT e.id, encode(own.card, 'hex')
        FROM editors e JOIN orders o ON o.account_id = e.account_id
        JOIN looked_sales own ON own.order_id = o.id AND own.card IS NOT NULL
        WHERE e.status = 'active'
        UNION
        SELECT e.id, 'bank ' || p.fingerprint
        FROM editors e JOIN payees p ON p.editor_id = e.id AND p.fingerprint IS NOT NULL
        WHERE e.status = 'active'
    ), doubled AS (
        SELECT one.editor_id, count(DISTINCT other.editor_id) AS editors
        FROM people one JOIN people other ON other.known_by = one.known_by
        GROUP BY 1 HAVING count(DISTINCT other.editor_id) > 1
    )
    SELECT e.id, burst.burst, burst.clicks, coalesce(bags.bags, 0), codes.orders, codes.strangers,
           returns.orders, returns.sold, returns.returned, mutual.orders, cards.buyers, doubled.editors
    FROM editors e
    LEFT JOIN bursts burst ON burst.editor_id = e.id
    LEFT JOIN bags ON bags.editor_id = e.id
    LEFT JOIN codes ON codes.editor_id = e.id
    LEFT JOIN returns ON returns.editor_id = e.id
    LEFT JOIN mutual ON mutual.editor_id = e.id
    LEFT JOIN cards ON cards.editor_id = e.id
    LEFT JOIN doubled ON doubled.editor_id = e.id
    WHERE coalesce(burst.burst, codes.orders, returns.orders, mutual.orders, cards.buyers, doubled.editors)
          IS NOT NULL
    ORDER BY e.id
    """
)


@dataclass(frozen=True, slots=True)
class SaleSeen:
    """One sale of one editor, and what is known of it."""

    order_id: int
    order_number: str
    editor_id: int
    facts: SaleFacts


def unlooked(now: datetime, most: int) -> list[tuple[int, str | None]]:
    """Paid orders nobody has looked at yet, oldest first, with the name of their payment at Stripe."""
    found = rows(_UNLOOKED, {"since": now - LOOKED_BACK, "most": most})
    return [(row[0], row[1]) for row in found]


def looked_before(now: datetime, after: int, most: int) -> list[int]:
    """Orders of the last days that were looked at once, in the order of their ids, those after `after`."""
    return [row[0] for row in rows(_RECENT, {"since": now - LOOKED_BACK, "after": after, "most": most})]


def sales_seen(order_ids: Sequence[int], key: bytes) -> list[SaleSeen]:
    """What is known of some sales, one for each editor who earns by them; `key` is that of the hashes."""
    seen = []
    for order_id, number, editor_id, email, theirs, paid_by, card, place, bank, ms, referrer in rows(
        _SALES, {"orders": list(order_ids)}
    ):
        facts = SaleFacts(
            same_card=card,
            same_mail=None if paid_by is None else bytes(paid_by) == trace(key, mailbox(theirs)),
            same_address=place,
            same_payee=bank,
            click_ms=ms,
            mail_host=email.rpartition("@")[2] or None,
            referrer=referrer,
        )
        seen.append(SaleSeen(order_id, number, editor_id, facts))
    return seen


def editors_seen(now: datetime) -> list[tuple[int, EditorFacts]]:
    """What is known of all that came by each editor, for those of whom anything is."""
    found = rows(
        _EDITORS,
        {
            "now": now,
            "recent": now - LOOKED_BACK,
            "ring": now - RING_DAYS,
            "half_year": now - RETURNS_DAYS,
        },
    )
    return [(editor_id, EditorFacts(*known)) for editor_id, *known in found]


def trace(key: bytes, value: str) -> bytes:
    """What is kept of a card or a mailbox: equal for equal ones, and nobody without the key learns more."""
    return hmac.digest(key + b"signals", value.encode(), hashlib.sha256)[:16]
