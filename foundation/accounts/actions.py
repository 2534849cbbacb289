from __future__ import annotations

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.accounts import links, second_factor
from foundation.accounts.errors import AddressTaken, LinkExpired, WrongCode, WrongCredentials, WrongPassword
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.passwords import hash_password, is_outdated, matches
from foundation.accounts.permissions import Role
from foundation.accounts.queries import account_by_email, account_by_id
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows
from foundation.mail.actions import post


def sign_up(*, actor: Actor, email: str, password: str, name: str, language: str) -> Account:
    """Make an account and mail the link that proves the address; raises `AddressTaken`."""
    values = {
        "email": email.strip().lower(),
        "name": name.strip(),
        "password_hash": hash_password(password),
        "language": language,
        "created_at": clock.now(),
        "session_epoch": 0,
    }
    statement = insert(Account).values(values).on_conflict_do_nothing(index_elements=[Account.email])
    account_id = db.session.execute(statement.returning(Account.id)).scalar_one_or_none()
    if account_id is None:
        raise AddressTaken()
    account = account_by_id(account_id)
    assert account is not None
    record(actor=actor, action="accounts.sign_up", subject=("account", account.id))
    send_verification(account=account)
    return account


def send_verification(*, account: Account) -> None:
    """Mail the link that proves the address (good for a week)."""
    post(
        to=account.email,
        language=account.language,
        template="foundation/accounts/mail/verify.txt",
        carries_key=True,
        name=account.name,
        token=links.verify_token(account),
    )


def verify_email(*, token: str) -> Account:
    """Note that the address is theirs; doing it twice is doing it once. Raises `LinkExpired`."""
    account_id, email = links.read_verify_token(token)
    account = account_by_id(account_id)
    if account is None or account.email != email:
        raise LinkExpired()
    if account.email_verified_at is None:
        account.email_verified_at = clock.now()
        record(actor=account.as_person(), action="accounts.verify_email", subject=("account", account.id))
    return account


def check_credentials(*, email: str, password: str) -> Account:
    """The account these open; raises `WrongCredentials` without saying which half was wrong."""
    account = account_by_email(email)
    if not matches(account.password_hash if account else None, password) or account is None:
        raise WrongCredentials()
    if is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    return account


def request_reset(*, email: str) -> None:
    """Mail a link for a new password. An unknown address gets nothing, and nobody is told which it was."""
    account = account_by_email(email)
    if account is not None:
        post(
            to=account.email,
            language=account.language,
            template="foundation/accounts/mail/reset.txt",
            carries_key=True,
            name=account.name,
            token=links.reset_token(account),
        )


def reset_password(*, token: str, password: str) -> Account:
    """Set a new password by a mailed link and end every session; raises `LinkExpired`."""
    account_id, print_ = links.read_reset_token(token)
    # Locked first: the same link opened twice at once changes the password once.
    rows = lock_rows(Account, [account_id])
    if not rows or rows[0].closed_at is not None or not links.still_fits(rows[0], print_):
        raise LinkExpired()
    account = rows[0]
    account.password_hash = hash_password(password)
    account.session_epoch += 1
    account.email_verified_at = account.email_verified_at or clock.now()
    record(actor=account.as_person(), action="accounts.reset_password", subject=("account", account.id))
    return account


def change_password(*, actor: Actor, account: Account, present: str, new: str) -> None:
    """Set a new password, ending all other sessions; raises `WrongPassword`."""
    if not matches(account.password_hash, present):
        raise WrongPassword()
    account.password_hash = hash_password(new)
    account.session_epoch += 1
    record(actor=actor, action="accounts.change_password", subject=("account", account.id))


def change_details(*, actor: Actor, account: Account, name: str, language: str) -> None:
    """What we call them, and the language of their mail."""
    before = {"language": account.language}
    account.name, account.language = name.strip(), language
    record(
        actor=actor,
        action="accounts.change_details",
        subject=("account", account.id),
        before=before,
        after={"language": language},
    )


def sign_out_everywhere(*, actor: Actor, account: Account) -> None:
    """End every session of the account: cookies carry the epoch, and it moves on."""
    account.session_epoch += 1
    record(actor=actor, action="accounts.sign_out_everywhere", subject=("account", account.id))


def grant_role(*, actor: Actor, account_id: int, role: Role, reason: str) -> None:
    """Give somebody a staff role; giving it twice is giving it once."""
    statement = insert(RoleGrant).values(
        account_id=account_id, role=role, granted_by=actor.label, granted_at=clock.now()
    )
    db.session.execute(statement.on_conflict_do_nothing())
    record(
        actor=actor,
        action="accounts.grant_role",
        subject=("account", account_id),
        reason=reason,
        after={"role": role},
    )


def withdraw_role(*, actor: Actor, account_id: int, role: Role, reason: str) -> None:
    """Take a staff role back."""
    db.session.execute(delete(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.role == role))
    record(
        actor=actor,
        action="accounts.withdraw_role",
        subject=("account", account_id),
        reason=reason,
        before={"role": role},
    )


def begin_second_factor(*, actor: Actor, account: Account) -> str:
    """A fresh secret to show as a QR code; it counts once a code from it was confirmed."""
    if account.second_factor_confirmed_at is None and account.second_factor_secret is None:
        account.second_factor_secret = second_factor.new_secret()
        record(actor=actor, action="accounts.begin_second_factor", subject=("account", account.id))
    return account.second_factor_secret or ""


def use_second_factor(*, actor: Actor, account: Account, code: str) -> None:
    """Accept a code once: the step it belongs to is used up. Raises `WrongCode`."""
    step = second_factor.matching_step(account.second_factor_secret or "", code) if code.strip() else None
    if step is None or account.second_factor_secret is None:
        raise WrongCode()
    # Conditional, so that the same code typed in two windows at once opens one door.
    taken = db.session.execute(
        update(Account)
        .where(
            Account.id == account.id,
            or_(Account.second_factor_step.is_(None), Account.second_factor_step < step),
        )
        .values(second_factor_step=step)
        .returning(Account.id)
    ).scalar_one_or_none()
    if taken is None:
        raise WrongCode()
    if account.second_factor_confirmed_at is None:
        account.second_factor_confirmed_at = clock.now()
    record(actor=actor, action="accounts.use_second_factor", subject=("account", account.id))
