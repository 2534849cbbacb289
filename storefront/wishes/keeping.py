"""What people keep in mind, by rules that hold for whatever it is: products here, looks among the editors.

It belongs to an account or to a visit. When a guest signs in, the two lists become one: everything that was
on either is on it, and what was on both keeps the earlier day. Nothing is lost, whichever list was longer:
`MOST` holds for adding by hand alone. Nothing is audited: it is nobody's business, and neither money nor
stock moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from sqlalchemy import TextClause, text

from foundation import clock
from foundation.db import db

MOST = 200
# A guest who was not seen for this long will not come back for the list: the cookie has gone by then.
GUEST_DAYS = 90

_OWNED = "account_id IS NOT DISTINCT FROM :account_id AND visit_id IS NOT DISTINCT FROM :visit"


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping a thing: whether it is shown at all and kept now, and how many are."""

    there: bool
    kept: bool
    number: int


@dataclass(frozen=True)
class Keeping:
    """The lists of one sort of thing: their table, and its columns of the thing and of the day.

    `shown` is a SELECT of the ids that can be seen. What cannot is not counted: nobody sees it on their list,
    so nobody could let go of it.
    """

    table: str
    thing: str
    since: str
    shown: str

    def keep(self, *, visit: str | None, account_id: int | None, thing_id: int) -> Kept:
        """Keep a thing in mind, unless it is not shown or the list is full. Twice is once."""
        values = _owner(visit, account_id) | {"thing_id": thing_id, "now": clock.now(), "most": MOST}
        row = db.session.execute(self._add, values).one()
        return Kept(there=row.there, kept=bool(row.added or row.was_kept), number=row.before + row.added)

    def let_go(self, *, visit: str | None, account_id: int | None, thing_id: int) -> int:
        """Let go of a thing; gives back how many are left."""
        owner = _owner(visit, account_id)
        db.session.execute(self._remove, owner | {"thing_id": thing_id})
        return int(db.session.execute(self._number, owner).scalar_one())

    def join_account(self, *, visit: str, account_id: int) -> None:
        """Somebody signed in: the visit's list joins the account's, and is empty then."""
        db.session.execute(self._join, {"visit": visit, "account_id": account_id})

    def forget_guests(self) -> None:
        """Lists of guests who will not come back."""
        db.session.execute(self._forget, {"before": clock.now() - timedelta(days=GUEST_DAYS)})

    @property
    def _count(self) -> str:
        return f"SELECT count(*) FROM {self.table} WHERE {_OWNED} AND {self.thing} IN ({self.shown})"

    @cached_property
    def _add(self) -> TextClause:
        """One statement: whether the thing is there, how long the list was, and whether it grew."""
        return text(
            f"""
            WITH thing AS (SELECT id FROM ({self.shown}) shown WHERE id = :thing_id),
                 before AS ({self._count}),
                 added AS (
                    INSERT INTO {self.table} (account_id, visit_id, {self.thing}, {self.since})
                    SELECT :account_id, :visit, thing.id, :now FROM thing, before WHERE before.count < :most
                    ON CONFLICT (account_id, visit_id, {self.thing}) DO NOTHING RETURNING 1)
            SELECT EXISTS (SELECT FROM thing) AS there, before.count AS before,
                   (SELECT count(*) FROM added) AS added,
                   EXISTS (SELECT FROM {self.table} WHERE {_OWNED} AND {self.thing} = :thing_id) AS was_kept
            FROM before
            """
        )

    @cached_property
    def _remove(self) -> TextClause:
        return text(f"DELETE FROM {self.table} WHERE {_OWNED} AND {self.thing} = :thing_id")

    @cached_property
    def _number(self) -> TextClause:
        return text(self._count)

    @cached_property
    def _join(self) -> TextClause:
        return text(
            f"""
            WITH brought AS (
                DELETE FROM {self.table} WHERE visit_id = :visit RETURNING {self.thing}, {self.since})
            INSERT INTO {self.table} AS kept (account_id, {self.thing}, {self.since})
            SELECT :account_id, {self.thing}, {self.since} FROM brought ORDER BY {self.thing}
            ON CONFLICT (account_id, visit_id, {self.thing})
            DO UPDATE SET {self.since} = least(kept.{self.since}, excluded.{self.since})
            """
        )

    @cached_property
    def _forget(self) -> TextClause:
        return text(f"DELETE FROM {self.table} WHERE visit_id IS NOT NULL AND {self.since} < :before")


def _owner(visit: str | None, account_id: int | None) -> dict[str, str | int | None]:
    return {"account_id": account_id, "visit": None if account_id is not None else visit}
