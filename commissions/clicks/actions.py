from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from psycopg import Connection
from psycopg.errors import UniqueViolation
from sqlalchemy import delete, exists, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from commissions.clicks.cookie import Remembered
from commissions.clicks.models import CarriedClick, Click, CreditBond, CreditChoice, VisitorSalt
from commissions.clicks.policy import Source, hour_of
from editors.links.queries import BY_CODE, Found, LinkHit
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

# Whoever is first makes the salt. The update changes nothing: it is there so that a second one gets it back.
_SALT = """
    INSERT INTO visitor_salts (day, salt) VALUES (%(day)s, %(salt)s)
    ON CONFLICT (day) DO UPDATE SET day = excluded.day
    RETURNING salt
"""
UNKNOWN = Source()
SALTS_KEPT = timedelta(days=2)

# One statement finds the link and writes the row of this visit and hour, counted when it is the visitor's
# first in that hour. A link that rests writes nothing.
_FOUND = """
    SELECT hit.*, written.id, written.own FROM hit LEFT JOIN written ON true
"""
_WRITTEN = f"""
    WITH hit AS ({BY_CODE}),
    written AS (
        INSERT INTO clicks
            (link_id, editor_id, look_id, product_id, visit_id, referrer, device, country,
             visitor_hash, hour, first_at, last_at, own, counted)
        SELECT hit.link_id, hit.editor_id, hit.look_id, hit.product_id, %(visit)s,
               %(referrer)s, %(device)s, %(country)s,
               %(visitor)s, %(hour)s, %(now)s, %(now)s,
               mine.own, NOT mine.own AND NOT EXISTS (
                   SELECT 1 FROM clicks before
                   WHERE before.link_id = hit.link_id AND before.visitor_hash = %(visitor)s
                     AND before.hour = %(hour)s AND before.counted)
        FROM hit, LATERAL (SELECT coalesce(hit.account_id = %(reader)s::bigint, false)) AS mine (own)
        WHERE hit.works
        ON CONFLICT (link_id, visit_id, hour) DO UPDATE SET last_at = excluded.last_at
        RETURNING id, own)
"""
_FOLLOW = _WRITTEN + _FOUND
# Whoever is signed in is bound to it in the same statement; nobody else pays for that.
_FOLLOW_SIGNED_IN = f"""{_WRITTEN},
    bound AS (
        INSERT INTO credit_bonds (account_id, visit_id, at)
        SELECT accounts.id, %(visit)s, %(now)s FROM accounts
        WHERE accounts.id = %(reader)s::bigint AND EXISTS (SELECT 1 FROM written WHERE NOT own)
        ON CONFLICT DO NOTHING)
    {_FOUND}"""

# What a cookie names is taken from the rows of the clicks: they may be gone, or be the editor's own.
_CARRY = """
    WITH found AS (
        SELECT c.id, c.editor_id, e.name, e.handle, l.slug, c.last_at
        FROM clicks c JOIN editors e ON e.id = c.editor_id LEFT JOIN looks l ON l.id = c.look_id
        WHERE c.id = ANY(%(clicks)s) AND c.last_at >= %(since)s AND NOT c.own AND e.status = 'active'
              AND c.visit_id <> %(visit)s),
    written AS (
        INSERT INTO carried_clicks (visit_id, click_id, agreed_at, at)
        SELECT %(visit)s, id, %(agreed)s, %(now)s FROM found ON CONFLICT DO NOTHING)
    SELECT id, editor_id, name, handle, slug FROM found ORDER BY last_at, id
"""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """A remembered click, with whose it is."""

    click_id: int
    editor_id: int
    name: str
    handle: str
    look_slug: str | None


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a link led. `click_id` is None when it rests; `own` marks its editor trying it."""

    hit: LinkHit
    click_id: int | None
    own: bool


def follow_link(
    *,
    actor: Actor,
    code: str,
    visit: str,
    visitor: bytes,
    source: Source = UNKNOWN,
    reader: int | None = None,
    connection: Connection[Any] | None = None,
) -> Followed | None:
    """Write down a visit by a link; again in the same hour only `last_at` moves. None for a code nobody made.

    `reader` is the account of whoever is signed in. Two first requests of one visitor at the same moment: the
    index on what is counted lets one through, and the other is written uncounted. The hot route passes its
    own `connection`, on which the statement commits by itself; without one it belongs to the session's
    transaction.
    """
    moment = clock.now()
    values = {
        "code": code.lower(),
        "visit": visit,
        "visitor": visitor,
        "hour": hour_of(moment),
        "now": moment,
        "reader": reader,
        "referrer": source.referrer,
        "device": source.device,
        "country": source.country,
    }
    statement = _FOLLOW if reader is None else _FOLLOW_SIGNED_IN
    if connection is None:
        return _followed(db.session.connection().exec_driver_sql(statement, values).one_or_none())
    try:
        return _followed(connection.execute(statement, values).fetchone())
    except UniqueViolation:
        return _followed(connection.execute(statement, values).fetchone())


def _followed(row: Sequence[Any] | None) -> Followed | None:
    if row is None:
        return None
    *found, click_id, own = row
    return Followed(hit=Found._make(found).as_hit(), click_id=click_id, own=bool(own))


def salt_of_day(*, day: date, connection: Connection[Any]) -> bytes:
    """The salt for the visitor hashes of a day, made now if nobody came by a link yet.

    On the hot route's connection, which commits by itself: two processes that ask at once get the same one.
    """
    row = connection.execute(_SALT, {"day": day, "salt": secrets.token_bytes(32)}).fetchone()
    assert row is not None
    return bytes(row[0])


def forget_old_salts() -> None:
    """Delete the salts of the days before yesterday."""
    oldest = clock.now().date() - SALTS_KEPT
    db.session.execute(delete(VisitorSalt).where(VisitorSalt.day <= oldest))


def bind_visit(*, actor: Actor, account_id: int, visit: str) -> bool:
    """Somebody is signed in on this visit: links it came by, and what was said of credit, count for the
    account later, too. False when there is nothing of it, or it was known.
    """
    came = select(literal(account_id), literal(visit), literal(clock.now())).where(
        or_(
            exists().where(Click.visit_id == visit, ~Click.own),
            exists().where(CreditChoice.visit_id == visit),
        )
    )
    made = db.session.execute(
        insert(CreditBond)
        .from_select(["account_id", "visit_id", "at"], came)
        .on_conflict_do_nothing()
        .returning(CreditBond.visit_id)
    )
    return made.one_or_none() is not None


def forget_old_bonds(*, older_than: timedelta) -> None:
    """Drop what no click counts for any more."""
    db.session.execute(delete(CreditBond).where(CreditBond.at < clock.now() - older_than))


def carry_over(
    *, actor: Actor, visit: str, remembered: Remembered, since: datetime, connection: Connection[Any]
) -> list[BroughtBack]:
    """The clicks that a browser was asked to remember belong to this visit, too; oldest first.

    One statement past the session, which commits by itself.
    """
    values = {
        "visit": visit,
        "clicks": [one.click_id for one in remembered.clicks],
        "since": since,
        "agreed": remembered.agreed_at,
        "now": clock.now(),
    }
    return [BroughtBack(*row) for row in connection.execute(_CARRY, values).fetchall()]


def drop_carried(*, actor: Actor, visit: str) -> set[int]:
    """Consent is taken back: what a cookie brought to this visit is forgotten. Returns the clicks."""
    gone = delete(CarriedClick).where(CarriedClick.visit_id == visit).returning(CarriedClick.click_id)
    return set(db.session.scalars(gone))


def forget_old_carried(*, older_than: timedelta) -> None:
    """Drop what was brought to visits that nobody pays an order of any more."""
    db.session.execute(delete(CarriedClick).where(CarriedClick.at < clock.now() - older_than))


def choose_credit(*, actor: Actor, visit: str, editor_id: int | None) -> None:
    """The shopper says who is to be credited for this visit from now on; None is nobody."""
    db.session.add(CreditChoice(visit_id=visit, editor_id=editor_id, at=clock.now()))
    db.session.flush()
