"""Paying others: connected accounts, transfers to them and back, balances. Same manners as `calls`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foundation.money import Money
from foundation.payments import readers
from foundation.payments.amounts import at_stripe
from foundation.payments.client import calling, plain
from foundation.payments.objects import Balance, BankPayout, Payee, PayeeStatus, Reversal, Transfer

INCLUDE = ["configuration.recipient", "requirements"]


def create_payee(
    *,
    email: str,
    display_name: str,
    country: str,
    currency: str,
    idempotency_key: str,
    metadata: Mapping[str, str],
) -> Payee:
    """Make a connected account that can only receive: Stripe asks the person for the rest.

    After an unknown outcome repeat with the same key, or once it is older than `KEY_HOLDS` ask `find_payee`.
    `country` is ISO 3166 alpha-2. We carry fees and losses, as Stripe wants for separate charges and
    transfers.
    """
    params: dict[str, Any] = {
        "contact_email": email,
        "display_name": display_name,
        "dashboard": "express",
        "identity": {"country": country.lower(), "entity_type": "individual"},
        "configuration": {
            "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
        },
        "defaults": {
            "currency": currency.lower(),
            "responsibilities": {"fees_collector": "application", "losses_collector": "application"},
        },
        "include": INCLUDE,
        "metadata": dict(metadata),
    }
    with calling() as client:
        made = client.v2.core.accounts.create(params, {"idempotency_key": idempotency_key})
        return replace(readers.payee(plain(made)), status=PayeeStatus.CREATED)


def fetch_payee(*, payee_id: str) -> Payee:
    """A connected account as it is now, with where its money goes on to. Ask before every transfer."""
    with calling() as client:
        found = readers.payee(plain(client.v2.core.accounts.retrieve(payee_id, {"include": INCLUDE})))
        if found.status is PayeeStatus.CLOSED:
            return found
        listed = client.v1.accounts.external_accounts.list(payee_id, {"limit": 10})
        destination, fingerprint = readers.destination(plain(listed))
        return replace(found, destination=destination, fingerprint=fingerprint)


def find_payee(*, metadata: Mapping[str, str]) -> Payee | None:
    """The connected account that carries all of that metadata, or None: the way to learn what came of an old
    `create_payee`. Stripe cannot search accounts, so all that are open are read, page by page.
    """
    with calling() as client:
        found = client.v2.core.accounts.list({"applied_configurations": ["recipient"]})
        for entry in found.auto_paging_iter():
            one = readers.payee(plain(entry))
            if all(one.metadata.get(name) == value for name, value in metadata.items()):
                return readers.payee(plain(client.v2.core.accounts.retrieve(one.id, {"include": INCLUDE})))
    return None


def onboarding_link(*, payee_id: str, refresh_url: str, return_url: str) -> str:
    """An address where the person tells Stripe what it wants to know.

    It works once and for minutes: make one at each click, never mail it. Coming back does not mean done.
    """
    params: dict[str, Any] = {
        "account": payee_id,
        "use_case": {
            "type": "account_onboarding",
            "account_onboarding": {
                "configurations": ["recipient"],
                "refresh_url": refresh_url,
                "return_url": return_url,
            },
        },
    }
    with calling() as client:
        return str(client.v2.core.account_links.create(params).url)


def dashboard_link(*, payee_id: str) -> str:
    """An address of the person's own dashboard at Stripe; make one at each click."""
    with calling() as client:
        return str(client.v1.accounts.login_links.create(payee_id).url)


def transfer(
    *,
    amount: Money,
    destination: str,
    transfer_group: str,
    idempotency_key: str,
    metadata: Mapping[str, str],
) -> Transfer:
    """Send money from our available balance to a payee.

    Raises `BalanceInsufficient` and `PayeeNotReady` (definite). After an unknown outcome repeat with the
    same key, or
    once that is older than 23 hours ask `find_transfer`.
    """
    params: dict[str, Any] = {
        "amount": at_stripe(amount),
        "currency": amount.currency.lower(),
        "destination": destination,
        "transfer_group": transfer_group,
        "metadata": dict(metadata),
    }
    with calling() as client:
        return readers.transfer(
            plain(client.v1.transfers.create(params, {"idempotency_key": idempotency_key}))
        )


def fetch_transfer(*, transfer_id: str) -> Transfer:
    """A transfer as it is now, with what was taken back of it."""
    with calling() as client:
        return readers.transfer(plain(client.v1.transfers.retrieve(transfer_id)))


def find_transfer(*, transfer_group: str, metadata: Mapping[str, str]) -> Transfer | None:
    """The transfer of that group which carries all of that metadata, or None: the way to learn an old
    outcome."""
    with calling() as client:
        found = client.v1.transfers.list({"transfer_group": transfer_group, "limit": 100})
        for entry in found.auto_paging_iter():
            one = readers.transfer(plain(entry))
            if all(one.metadata.get(name) == value for name, value in metadata.items()):
                return one
    return None


def reverse_transfer(
    *, transfer_id: str, amount: Money, idempotency_key: str, metadata: Mapping[str, str]
) -> Reversal:
    """Take back part of a transfer, as far as the payee's balance covers it (`BalanceInsufficient`
    otherwise)."""
    params: dict[str, Any] = {"amount": at_stripe(amount), "metadata": dict(metadata)}
    with calling() as client:
        made = client.v1.transfers.reversals.create(transfer_id, params, {"idempotency_key": idempotency_key})
        return readers.reversal(plain(made))


def balance() -> Balance:
    """What lies at Stripe for us: transfers come from `available` alone."""
    with calling() as client:
        return readers.balance(plain(client.v1.balance.retrieve()))


def fetch_bank_payout(*, payout_id: str, payee_id: str) -> BankPayout:
    """A payout from a payee's balance to their bank, as it is now."""
    with calling() as client:
        found = client.v1.payouts.retrieve(payout_id, None, {"stripe_account": payee_id})
        return readers.bank_payout(plain(found), payee_id)
