from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from commissions.payees.models import Payee
from editors.membership.models import Editor
from foundation.db import db, lock_rows


def payee_of(editor_id: int) -> Payee | None:
    """Where an editor's money goes, if they have begun to set it up."""
    return db.session.scalars(select(Payee).where(Payee.editor_id == editor_id)).one_or_none()


def lock_paused(editor_id: int) -> bool:
    """Whether nothing is sent to them since their bank account changed. Locks the row: a change that is noted
    at this moment is either seen here or comes after whatever follows.
    """
    payee = payee_of(editor_id)
    return payee is not None and lock_rows(Payee, [payee.id])[0].paused


def payee_by_account(account: str) -> Payee | None:
    """Whose account at Stripe that is."""
    return db.session.scalars(select(Payee).where(Payee.account == account)).one_or_none()


def refused_by_bank() -> Sequence[tuple[Payee, str]]:
    """Whose bank sent the last payout back, with the editor's name."""
    found = db.session.execute(
        select(Payee, Editor.name)
        .join(Editor, Editor.id == Payee.editor_id)
        .where(Payee.bank_failure.is_not(None))
        .order_by(Payee.bank_told_at, Payee.id)
    )
    return [(row[0], row[1]) for row in found]
