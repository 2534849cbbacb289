"""Signed links in mails. A link names what it was made for and dies when that has changed."""

from __future__ import annotations

import hashlib

from itsdangerous import BadSignature, URLSafeTimedSerializer

from foundation.accounts.errors import LinkExpired
from foundation.accounts.models import Account
from foundation.settings import current

VERIFY_SECONDS = 7 * 24 * 3600
RESET_SECONDS = 2 * 3600
EMAIL_SECONDS = 24 * 3600


def verify_token(account: Account) -> str:
    return _signer("verify").dumps([account.id, account.email])


def reset_token(account: Account) -> str:
    """Good for one use: it carries a print of the present password, which using it changes."""
    return _signer("reset").dumps([account.id, _print(account)])


def email_token(account: Account, email: str) -> str:
    """Proves that somebody reads a new address of this account. Good for one use, which changes the print."""
    return _signer("email").dumps([account.id, f"{_print(account)} {email}"])


def read_email_token(token: str) -> tuple[int, str, str]:
    """The account, the print of the password it was asked with, and the new address; raises `LinkExpired`."""
    account_id, both = _read("email", token, EMAIL_SECONDS)
    print_, _, email = both.partition(" ")
    return account_id, print_, email


def read_verify_token(token: str) -> tuple[int, str]:
    """The account and address it proves; raises `LinkExpired`."""
    return _read("verify", token, VERIFY_SECONDS)


def read_reset_token(token: str) -> tuple[int, str]:
    """The account and the print of the password it may replace; raises `LinkExpired`."""
    return _read("reset", token, RESET_SECONDS)


def still_fits(account: Account, print_: str) -> bool:
    return _print(account) == print_


def _print(account: Account) -> str:
    return hashlib.sha256(f"{account.password_hash}{account.session_epoch}".encode()).hexdigest()[:24]


def _read(purpose: str, token: str, max_age: int) -> tuple[int, str]:
    try:
        value = _signer(purpose).loads(token, max_age=max_age)
    except BadSignature as error:
        raise LinkExpired() from error
    if not isinstance(value, list) or len(value) != 2:
        raise LinkExpired()
    return int(value[0]), str(value[1])


def _signer(purpose: str) -> URLSafeTimedSerializer:
    settings = current()
    keys = [*settings.secret_key_fallbacks, settings.secret_key]
    return URLSafeTimedSerializer(keys, salt=f"vetrina.accounts.{purpose}")
