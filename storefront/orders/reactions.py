from __future__ import annotations

from foundation.accounts.facts import EmailChanged
from storefront.orders.actions import write_to_account


def on_email_changed(fact: EmailChanged) -> None:
    """Letters about what an account ordered go to its new address."""
    write_to_account(account_id=fact.account_id)
