from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import joinedload

from commissions.books.models import BookProof, WriteOff, WriteOffStatus
from commissions.ledger.balances import ACCOUNTS
from commissions.ledger.models import AccountKind, EntryKind, LedgerClosing
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Permission, roles_with
from foundation.db import db


@dataclass(frozen=True, slots=True)
class KindTotal:
    """All accounts of one kind together: what was ever booked on either side, in minor units."""

    kind: AccountKind
    debit_minor: int
    credit_minor: int
    accounts: int


@dataclass(frozen=True, slots=True)
class BookLine:
    """One leg with its entry. `editor` and `handle` are None on an account of the house."""

    leg_id: int
    at: datetime
    entry_id: int
    key: str
    why: EntryKind
    actor: str
    kind: AccountKind
    editor_id: int | None
    editor: str | None
    handle: str | None
    order_number: str | None
    payout_id: int | None
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which legs are meant: of an account, of an editor, from a moment and until before another."""

    currency: str
    kind: AccountKind | None = None
    editor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def trial_balance(currency: str, until: datetime) -> list[KindTotal]:
    """Every kind of account as it stood just before a moment, also those that hold nothing."""
    rows = db.session.execute(
        text(
            f"SELECT kind, sum(debit_minor)::bigint, sum(credit_minor)::bigint, "
            f"count(*) FILTER (WHERE debit_minor <> credit_minor) FROM ({ACCOUNTS}) accounts "
            "WHERE currency = :currency GROUP BY kind"
        ),
        {"currency": currency, "until": until},
    )
    found = {AccountKind(row[0]): row for row in rows}
    return [
        KindTotal(kind, *(int(value) for value in found[kind][1:]) if kind in found else (0, 0, 0))
        for kind in AccountKind
    ]


_LINES = """
    SELECT leg.id, leg.at, entry.id, entry.key, entry.kind, entry.actor_label, account.kind,
           account.editor_id, editor.name, editor.handle, commission.order_number, entry.payout_id,
           CASE leg.side WHEN 'debit' THEN leg.amount_minor ELSE 0 END,
           CASE leg.side WHEN 'credit' THEN leg.amount_minor ELSE 0 END
    FROM ledger_legs leg
    JOIN ledger_entries entry ON entry.id = leg.entry_id
    JOIN ledger_accounts account ON account.id = leg.account_id
    LEFT JOIN editors editor ON editor.id = account.editor_id
    LEFT JOIN commissions commission ON commission.id = entry.commission_id
    WHERE leg.currency = :currency
      AND (CAST(:kind AS text) IS NULL OR account.kind = :kind)
      AND (CAST(:editor AS bigint) IS NULL OR account.editor_id = :editor)
      AND leg.at >= coalesce(CAST(:since AS timestamptz), '-infinity')
      AND leg.at < coalesce(CAST(:until AS timestamptz), 'infinity')
"""


def lines(narrowed: Narrowing, *, limit: int, offset: int = 0) -> list[BookLine]:
    """Legs, newest first."""
    return _lines(
        f"{_LINES} ORDER BY leg.at DESC, leg.id DESC LIMIT :limit OFFSET :offset",
        _values(narrowed) | {"limit": limit, "offset": offset},
    )


def lines_in_order(narrowed: Narrowing, *, after: int, limit: int) -> list[BookLine]:
    """Legs in the order they were written, after the one with an id: for files, piece by piece."""
    return _lines(
        f"{_LINES} AND leg.id > :after ORDER BY leg.id LIMIT :limit",
        _values(narrowed) | {"after": after, "limit": limit},
    )


def _values(narrowed: Narrowing) -> dict[str, object]:
    return {
        "currency": narrowed.currency,
        "kind": narrowed.kind.value if narrowed.kind else None,
        "editor": narrowed.editor_id,
        "since": narrowed.since,
        "until": narrowed.until,
    }


def _lines(statement: str, values: dict[str, object]) -> list[BookLine]:
    return [
        BookLine(
            leg_id=row[0],
            at=row[1],
            entry_id=row[2],
            key=row[3],
            why=EntryKind(row[4]),
            actor=row[5],
            kind=AccountKind(row[6]),
            editor_id=row[7],
            editor=row[8],
            handle=row[9],
            order_number=row[10],
            payout_id=row[11],
            debit_minor=int(row[12]),
            credit_minor=int(row[13]),
        )
        for row in db.session.execute(text(statement), values)
    ]


def closings(limit: int = 24) -> Sequence[LedgerClosing]:
    """Closed months, newest first."""
    return db.session.scalars(select(LedgerClosing).order_by(LedgerClosing.month.desc()).limit(limit)).all()


def last_proof() -> BookProof | None:
    """What the last proof of the books found."""
    return db.session.scalars(
        select(BookProof).order_by(BookProof.at.desc(), BookProof.id.desc()).limit(1)
    ).first()


@dataclass(frozen=True, slots=True)
class Debt:
    """What an editor owes, in minor units, and the request to give it up that waits, if one does."""

    editor_id: int
    name: str
    handle: str
    minor: int
    asked: WriteOff | None


def debts(currency: str) -> list[Debt]:
    """Editors who owe, the largest debt first."""
    rows = db.session.execute(
        text(
            """
            SELECT editor.id, editor.name, editor.handle, -sum(movement.amount_minor)::bigint AS owed
            FROM payable_movements movement JOIN editors editor ON editor.id = movement.editor_id
            WHERE movement.payout_id IS NULL AND movement.currency = :currency
            GROUP BY editor.id HAVING sum(movement.amount_minor) < 0 ORDER BY owed DESC, editor.id
            """
        ),
        {"currency": currency},
    ).all()
    waiting = {one.editor_id: one for one in write_offs_asked(currency)}
    return [Debt(row[0], row[1], row[2], int(row[3]), waiting.get(row[0])) for row in rows]


def write_offs_asked(currency: str) -> Sequence[WriteOff]:
    """Requests that wait for a second person, oldest first."""
    return db.session.scalars(
        select(WriteOff)
        .where(WriteOff.status == WriteOffStatus.ASKED, WriteOff.currency == currency)
        .options(joinedload(WriteOff.editor), joinedload(WriteOff.asked_by))
        .order_by(WriteOff.id)
    ).all()


def write_offs_decided(currency: str, limit: int = 20) -> Sequence[WriteOff]:
    """Requests that were decided, newest first."""
    return db.session.scalars(
        select(WriteOff)
        .where(WriteOff.status != WriteOffStatus.ASKED, WriteOff.currency == currency)
        .options(joinedload(WriteOff.editor), joinedload(WriteOff.asked_by), joinedload(WriteOff.decided_by))
        .order_by(WriteOff.id.desc())
        .limit(limit)
    ).all()


def keepers() -> Sequence[Account]:
    """Whoever keeps the books: they hear when something does not fit."""
    return db.session.scalars(
        select(Account)
        .where(
            Account.id.in_(
                select(RoleGrant.account_id).where(RoleGrant.role.in_(roles_with(Permission.BOOKS_VIEW)))
            ),
            Account.closed_at.is_(None),
        )
        .order_by(Account.id)
    ).all()
