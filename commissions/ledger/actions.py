"""The one door into the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from commissions.ledger.errors import AlreadyPosted, UnbalancedEntry
from commissions.ledger.models import EDITOR_KINDS, AccountKind, EntryKind, Side
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class LegDraft:
    """One side of an entry to be. `amount` is more than nothing; `editor_id` names an editor's account."""

    kind: AccountKind
    side: Side
    amount: Money
    editor_id: int | None = None


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be. The same `key` is never booked twice."""

    key: str
    kind: EntryKind
    legs: tuple[LegDraft, ...]
    commission_id: int | None = None
    payout_id: int | None = None
    refund_id: int | None = None


def transfer(
    *,
    key: str,
    kind: EntryKind,
    amount: Money,
    debit: tuple[AccountKind, int | None],
    credit: tuple[AccountKind, int | None],
    commission_id: int | None = None,
    payout_id: int | None = None,
    refund_id: int | None = None,
) -> EntryDraft:
    """The usual entry: `amount` from one account to another. Each is a kind and its editor, if it has one."""
    legs = (
        LegDraft(debit[0], Side.DEBIT, amount, debit[1]),
        LegDraft(credit[0], Side.CREDIT, amount, credit[1]),
    )
    return EntryDraft(key, kind, legs, commission_id, payout_id, refund_id)


def post(*, actor: Actor, entry: EntryDraft, at: datetime | None = None) -> int:
    """Write one entry and return its id; see `post_all`."""
    return post_all(actor=actor, entries=[entry], at=at)[entry.key]


def post_all(*, actor: Actor, entries: Sequence[EntryDraft], at: datetime | None = None) -> dict[str, int]:
    """Write entries, all or none, in four statements whatever their number; key -> id.

    Raises `UnbalancedEntry` when debits and credits differ and `AlreadyPosted` when a key is in the
    books. PostgreSQL checks the balance again at commit, so no other door could do without it.
    What falls into a month that is closed by now belongs to the moment after it (`closing.seal_months`).
    """
    if not entries:
        return {}
    for entry in entries:
        _refuse_unbalanced(entry)
    account_ids = _open_accounts([leg for entry in entries for leg in entry.legs])
    entry_ids = _write_entries(actor, entries, at or clock.now())
    legs = [(entry_ids[entry.key], leg) for entry in entries for leg in entry.legs]
    db.session.execute(
        text(
            """
            INSERT INTO ledger_legs (entry_id, account_id, currency, side, amount_minor, at)
            SELECT new.entry_id, new.account_id, new.currency, new.side, new.amount, entry.at
            FROM unnest(CAST(:entries AS bigint[]), CAST(:accounts AS bigint[]),
                        CAST(:currencies AS text[]), CAST(:sides AS text[]),
                        CAST(:amounts AS bigint[])) WITH ORDINALITY
                 AS new(entry_id, account_id, currency, side, amount, place)
            JOIN ledger_entries entry ON entry.id = new.entry_id
            ORDER BY new.place
            """
        ),
        {
            "entries": [entry_id for entry_id, _ in legs],
            "accounts": [account_ids[_account_key(leg)] for _, leg in legs],
            "currencies": [leg.amount.currency for _, leg in legs],
            "sides": [leg.side.value for _, leg in legs],
            "amounts": [leg.amount.minor for _, leg in legs],
        },
    )
    return entry_ids


def _refuse_unbalanced(entry: EntryDraft) -> None:
    currencies = {leg.amount.currency for leg in entry.legs}
    debits = sum(leg.amount.minor for leg in entry.legs if leg.side is Side.DEBIT)
    credits = sum(leg.amount.minor for leg in entry.legs if leg.side is Side.CREDIT)
    if debits != credits or len(currencies) != 1 or any(leg.amount.minor <= 0 for leg in entry.legs):
        raise UnbalancedEntry(key=entry.key, debits=debits, credits=credits)
    if any((leg.editor_id is not None) != (leg.kind in EDITOR_KINDS) for leg in entry.legs):
        raise UnbalancedEntry(key=entry.key)


def _account_key(leg: LegDraft) -> tuple[str, int | None, str]:
    return leg.kind.value, leg.editor_id, leg.amount.currency


def _open_accounts(legs: Sequence[LegDraft]) -> dict[tuple[str, int | None, str], int]:
    """The ids of the accounts that the legs name, opened where they are new."""
    keys = sorted({_account_key(leg) for leg in legs}, key=lambda key: (key[0], key[1] or 0, key[2]))
    wanted = {
        "kinds": [kind for kind, _, _ in keys],
        "editors": [editor for _, editor, _ in keys],
        "currencies": [currency for _, _, currency in keys],
    }
    wanted_rows = (
        "unnest(CAST(:kinds AS text[]), CAST(:editors AS bigint[]), CAST(:currencies AS text[])) "
        "AS wanted(kind, editor_id, currency)"
    )
    find = text(
        f"SELECT a.kind, a.editor_id, a.currency, a.id FROM {wanted_rows} JOIN ledger_accounts a "
        "ON a.kind = wanted.kind AND a.currency = wanted.currency "
        "AND a.editor_id IS NOT DISTINCT FROM wanted.editor_id"
    )
    found = {(row[0], row[1], row[2]): row[3] for row in db.session.execute(find, wanted)}
    if len(found) < len(keys):
        db.session.execute(
            text(
                "INSERT INTO ledger_accounts (kind, editor_id, currency) "
                f"SELECT * FROM {wanted_rows} ON CONFLICT DO NOTHING"
            ),
            wanted,
        )
        found = {(row[0], row[1], row[2]): row[3] for row in db.session.execute(find, wanted)}
    return found


def _write_entries(actor: Actor, entries: Sequence[EntryDraft], at: datetime) -> dict[str, int]:
    rows = db.session.execute(
        text(
            """
            INSERT INTO ledger_entries
                (key, kind, at, currency, leg_count, actor_label, commission_id, payout_id, refund_id)
            SELECT key, kind, :at, currency, leg_count, :actor, commission_id, payout_id, refund_id
            FROM unnest(CAST(:keys AS text[]), CAST(:kinds AS text[]), CAST(:currencies AS text[]),
                        CAST(:counts AS bigint[]), CAST(:commissions AS bigint[]),
                        CAST(:payouts AS bigint[]), CAST(:refunds AS bigint[]))
                 AS new(key, kind, currency, leg_count, commission_id, payout_id, refund_id)
            ON CONFLICT (key) DO NOTHING
            RETURNING key, id
            """
        ),
        {
            "at": at,
            "actor": actor.label[:200],
            "keys": [entry.key for entry in entries],
            "kinds": [entry.kind.value for entry in entries],
            "currencies": [entry.legs[0].amount.currency for entry in entries],
            "counts": [len(entry.legs) for entry in entries],
            "commissions": [entry.commission_id for entry in entries],
            "payouts": [entry.payout_id for entry in entries],
            "refunds": [entry.refund_id for entry in entries],
        },
    ).all()
    written: dict[str, int] = {row[0]: row[1] for row in rows}
    missing = [entry.key for entry in entries if entry.key not in written]
    if missing:
        raise AlreadyPosted(keys=missing)
    return written
