"""The foundation's own chapters: the account, the letters, and what is written down of acts."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.db import db
from foundation.privacy.chapters import FORMER, Chapter, Person, forget_by, told

_ACCOUNT = text(
    """
    SELECT email, name, language, created_at, email_verified_at,
           second_factor_confirmed_at IS NOT NULL AS second_factor
    FROM accounts WHERE id = :account_id
    """
)
_ROLES = text("SELECT count(*) FROM role_grants WHERE account_id = :account_id")
# The address is set free for a new account; the number stays, because orders and books refer to it.
_CLOSE = text(
    """
    UPDATE accounts SET email = 'former-' || id || '@invalid', name = '', password_hash = '!',
        second_factor_secret = NULL, second_factor_confirmed_at = NULL, second_factor_step = NULL,
        email_verified_at = NULL, session_epoch = session_epoch + 1, closed_at = :now
    WHERE id = :account_id AND closed_at IS NULL
    """
)
_LETTERS = text(
    """
    SELECT written_at, subject, CASE WHEN carries_key THEN '' ELSE text END AS text FROM mail_messages
    WHERE recipient = :email ORDER BY id
    """
)
_FORGET_LETTERS = text("DELETE FROM mail_messages WHERE recipient = :email")
_ACTS = text(
    """
    SELECT at, action, subject_type, subject_id FROM audit_rows
    WHERE actor_account_id = :account_id AND actor_kind = 'person' ORDER BY id
    """
)
# The books of acts take no change but this one: a name that is replaced by nobody's.
_FORGET_NAME = text(
    f"""
    UPDATE audit_rows SET actor_label = '{FORMER}'
    WHERE actor_account_id = :account_id AND actor_kind = 'person'
    """
)


def account_in_the_way(person: Person) -> str | None:
    """Who works here hands back their keys first: what staff did must stay answerable."""
    if db.session.execute(_ROLES, person.values).scalar_one():
        return _("You work in this shop. The owner takes your roles back first.")
    return None


ACCOUNT = Chapter(
    name="account",
    title=_l("Your account"),
    promise=_l("So that you can sign in. Forgotten at once; the address is free for a new account."),
    tables=("accounts", "role_grants"),
    tell=lambda person: told(_ACCOUNT, person),
    # The account closes last of all (`actions.forget`): the other chapters still look for its address.
    forget=lambda person: None,
    obstacle=account_in_the_way,
)
LETTERS = Chapter(
    name="letters",
    title=_l("Letters we sent you"),
    promise=_l("Kept ninety days, so that we know what we told you. Forgotten at once."),
    tables=("mail_messages",),
    tell=lambda person: told(_LETTERS, person),
    forget=lambda person: forget_by([_FORGET_LETTERS], person),
)
ACTS = Chapter(
    name="acts",
    title=_l("What you did here"),
    promise=_l("Acts stay in the books, so that they can be answered for. Your name is taken out of them."),
    tables=("audit_rows",),
    tell=lambda person: told(_ACTS, person),
    forget=lambda person: forget_by([_FORGET_NAME], person),
)
CLOSE = _CLOSE
