"""Another e-mail address for an account: asked for with the password, proved by a link, told to the old one.

No audit row names an address: acts stay when their person is forgotten.
"""

from __future__ import annotations

from foundation import clock, facts
from foundation.accounts import links
from foundation.accounts.errors import AddressTaken, LinkExpired, SameAddress, WrongPassword
from foundation.accounts.facts import EmailChanged
from foundation.accounts.models import Account
from foundation.accounts.passwords import matches
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from foundation.mail.actions import follow, post


def request_email(*, actor: Actor, account: Account, email: str, password: str) -> None:
    """Mail the new address a link that makes it the account's; nothing changes before it is used.

    An address that another account has gets a letter that says so, and the asker hears the same as for a
    free one. Raises `WrongPassword`, or `SameAddress` for the one it has.
    """
    if not matches(account.password_hash, password):
        raise WrongPassword()
    email = email.strip().lower()
    if email == account.email:
        raise SameAddress()
    owner = account_by_email(email)
    if owner is None:
        post(
            to=email,
            language=account.language,
            template="foundation/accounts/mail/new_email.txt",
            carries_key=True,
            name=account.name,
            token=links.email_token(account, email),
        )
    else:
        post(to=email, language=owner.language, template="foundation/accounts/mail/email_known.txt")
    record(actor=actor, action="accounts.request_email", subject=("account", account.id))


def change_email(*, token: str) -> Account:
    """The new address is proved: letters go there from now on, those kept follow, and every session ends.

    The old address is told. Raises `LinkExpired`, or `AddressTaken` when somebody made an account with the
    new one meanwhile. The same link opened twice at once changes it once.
    """
    account_id, print_, email = links.read_email_token(token)
    rows = lock_rows(Account, [account_id])
    if not rows or rows[0].closed_at is not None or not links.still_fits(rows[0], print_):
        raise LinkExpired()
    account, before = rows[0], rows[0].email
    proved = account.email_verified_at is not None
    with unless_taken(AddressTaken, "uq_accounts_email"):
        account.email = email
        account.email_verified_at = clock.now()
        account.session_epoch += 1
        db.session.flush()
    # What was sent to an address that nobody proved to be theirs is not theirs to read.
    if proved:
        follow(before=before, after=email)
    record(actor=account.as_person(), action="accounts.change_email", subject=("account", account.id))
    facts.record(EmailChanged(account_id=account.id))
    post(
        to=before,
        language=account.language,
        template="foundation/accounts/mail/email_changed.txt",
        name=account.name,
    )
    return account
