from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from foundation.accounts.models import Account
from foundation.db import db


def account_by_email(email: str) -> Account | None:
    """The open account of an address, however it is capitalised."""
    return db.session.scalars(
        select(Account)
        .where(Account.email == email.strip().lower(), Account.closed_at.is_(None))
        .options(selectinload(Account.grants))
    ).one_or_none()


def account_by_id(account_id: int) -> Account | None:
    return db.session.scalars(
        select(Account)
        .where(Account.id == account_id, Account.closed_at.is_(None))
        .options(selectinload(Account.grants))
    ).one_or_none()


def account_of_session(session_id: str) -> Account | None:
    """The account a session cookie names, or None when it was signed out everywhere since."""
    number, _, epoch = session_id.partition(".")
    if not number.isdecimal() or not epoch.isdecimal():
        return None
    account = account_by_id(int(number))
    return account if account is not None and account.session_epoch == int(epoch) else None
