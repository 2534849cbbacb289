from __future__ import annotations

from sqlalchemy import select

from commissions.payees.models import Payee
from foundation.db import db


def payee_of(editor_id: int) -> Payee | None:
    """Where an editor's money goes, if they have begun to set it up."""
    return db.session.scalars(select(Payee).where(Payee.editor_id == editor_id)).one_or_none()


def payee_by_account(account: str) -> Payee | None:
    """Whose account at Stripe that is."""
    return db.session.scalars(select(Payee).where(Payee.account == account)).one_or_none()
