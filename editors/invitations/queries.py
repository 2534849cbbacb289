from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select

from editors.invitations.models import Invitation
from editors.membership.models import Editor
from editors.membership.queries import editor_by_account
from foundation.accounts.queries import account_by_email
from foundation.db import db


def digest_of(token: str) -> str:
    """What is kept of the secret in a link."""
    return sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation | None:
    return db.session.scalars(select(Invitation).where(Invitation.digest == digest_of(token))).one_or_none()


def editor_of_address(email: str) -> Editor | None:
    """Whoever is or was a style editor with this address, however it is capitalised."""
    account = account_by_email(email)
    return editor_by_account(account.id) if account is not None else None


def invitations(limit: int = 100) -> Sequence[Invitation]:
    """The latest first."""
    return db.session.scalars(select(Invitation).order_by(Invitation.id.desc()).limit(limit)).all()
