"""The one client of this process, and the door every call goes through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import stripe
from flask import Flask, current_app

from foundation.db import refuse_inside_transaction
from foundation.payments import errors
from foundation.payments.transport import DeadlineTransport, Transport
from foundation.payments.version import API_VERSION
from foundation.settings import Settings

KEY = "vetrina.payments"
# The stand-in asks for no key; this one only says in the requests who is meant.
SANDBOX_KEY = "sk_test_demo"
LIVE_KEYS = ("sk_live_", "rk_live_")
RETRIES = 2
# Stripe forgets a key after 24 hours. What was asked by one older than this is looked for before another.
KEY_HOLDS = timedelta(hours=23)

BY_CODE: dict[str, type[errors.PaymentsProblem]] = {
    "amount_too_small": errors.AmountTooSmall,
    "balance_insufficient": errors.BalanceInsufficient,
    "insufficient_funds": errors.BalanceInsufficient,
    "insufficient_capabilities_for_transfer": errors.PayeeNotReady,
    "transfers_not_allowed": errors.PayeeNotReady,
    "account_invalid": errors.PayeeNotReady,
    "card_declined": errors.CardDeclined,
    "resource_missing": errors.NotThere,
    "not_found": errors.NotThere,
    "idempotency_key_in_use": errors.PaymentsUnreachable,
    "lock_timeout": errors.PaymentsUnreachable,
}


def connect(app: Flask, transport: Transport, *, base_address: str | None = None) -> None:
    """Speak to Stripe through `transport` from now on: the network, or the stand-in's own."""
    settings: Settings = app.extensions["vetrina.settings"]
    app.extensions[KEY] = stripe.StripeClient(
        settings.stripe_secret_key or SANDBOX_KEY,
        stripe_version=API_VERSION,
        http_client=transport,
        max_network_retries=RETRIES,
        base_addresses={"api": base_address} if base_address else None,
    )


def init_app(app: Flask) -> None:
    """Connect to the network when there is a key; without one the stand-in connects itself, or nobody
    does."""
    settings: Settings = app.extensions["vetrina.settings"]
    if settings.stripe_secret_key:
        connect(app, DeadlineTransport())


def live() -> bool:
    """Whether the key moves real money."""
    settings: Settings = current_app.extensions["vetrina.settings"]
    return (settings.stripe_secret_key or "").startswith(LIVE_KEYS)


@contextmanager
def calling() -> Iterator[Any]:
    """The client for one call, outside of any transaction; the library's errors leave as ours.

    Untyped on purpose: the library's types describe a newer version of the API than the one we pin. What
    we send is
    held against Stripe's document of our version by the tests.

    Raises `NetworkInsideTransaction` when a transaction is open, and `PaymentsProblem` for every refusal.
    """
    refuse_inside_transaction()
    client = current_app.extensions.get(KEY)
    if client is None:
        raise errors.PaymentsMisconfigured(message="no key and no stand-in")
    try:
        yield client
    except stripe.StripeError as error:
        raise translated(error) from error


def translated(error: stripe.StripeError) -> errors.PaymentsProblem:
    """Our error for one of the library's, with the one thing that matters: is the outcome known?"""
    kind = _kind(error)
    return kind(code=error.code, message=error.user_message)


def _kind(error: stripe.StripeError) -> type[errors.PaymentsProblem]:
    if isinstance(error, stripe.IdempotencyError):
        return errors.IdempotencyMismatch
    if error.code in BY_CODE:
        return BY_CODE[error.code]
    if isinstance(error, stripe.CardError):
        return errors.CardDeclined
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        return errors.PaymentsMisconfigured
    # Everything that is not a plain refusal (no connection, 409, 429, 5xx) may have happened or not.
    if isinstance(error, stripe.InvalidRequestError):
        return errors.PaymentRefused
    return errors.PaymentsUnreachable


def plain(thing: Any) -> dict[str, Any]:
    """The library's object as the dictionary that came over the wire."""
    body: dict[str, Any] = thing.to_dict()
    return body
