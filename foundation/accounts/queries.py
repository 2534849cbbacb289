from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from foundation.accounts import links
from foundation.accounts.errors import LinkExpired
from foundation.accounts.models import Account
from foundation.db import db


def account_by_email(email: str) -> Account | None:
    """The open account of an address, however it is capitalised."""
    return _one(Account.email == email.strip().lower())


def account_by_id(account_id: int) -> Account | None:
    """An open account."""
    return _one(Account.id == account_id)


def account_of_session(session_id: str) -> Account | None:
    """The account a session cookie names, or None when it was signed out everywhere since."""
    number, _, epoch = session_id.partition(".")
    if not number.isdecimal() or not epoch.isdecimal():
        return None
    account = account_by_id(int(number))
    return account if account is not None and account.session_epoch == int(epoch) else None


def reset_link_works(token: str) -> bool:
    """Whether a mailed link can still set a password; using it, or a newer password, ends it."""
    try:
        account_id, print_ = links.read_reset_token(token)
    except LinkExpired:
        return False
    account = account_by_id(account_id)
    return account is not None and links.still_fits(account, print_)


def verify_link_works(token: str) -> bool:
    """Whether a mailed link still proves the address of its account."""
    try:
        account_id, email = links.read_verify_token(token)
    except LinkExpired:
        return False
    account = account_by_id(account_id)
    return account is not None and account.email == email


def email_link_works(token: str) -> bool:
    """Whether a mailed link can still change the address of its account."""
    try:
        account_id, print_, _email = links.read_email_token(token)
    except LinkExpired:
        return False
    account = account_by_id(account_id)
    return account is not None and links.still_fits(account, print_)


def _one(condition: ColumnElement[bool]) -> Account | None:
    """One statement with the roles: every page of somebody signed in pays for it."""
    statement = select(Account).where(condition, Account.closed_at.is_(None))
    return db.session.scalars(statement.options(joinedload(Account.grants))).unique().one_or_none()
