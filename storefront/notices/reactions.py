from __future__ import annotations

from foundation.accounts.facts import EmailChanged
from storefront.catalog.facts import Change, ProductChanged
from storefront.notices.actions import follow_account, tell_those_who_wait


def is_back(fact: ProductChanged) -> bool:
    """Whether pieces are back: an import changes a hundred thousand prices, and nobody here listens."""
    return fact.change == Change.BACK_IN_STOCK


def on_email_changed(fact: EmailChanged) -> None:
    """What an account waits for is written to its new address."""
    follow_account(account_id=fact.account_id)


def tell_of_stock(fact: ProductChanged) -> None:
    """Pieces are back: whoever waits for them gets a letter. Told twice, nobody is left to write to."""
    if is_back(fact) and fact.variant_id is not None:
        tell_those_who_wait(variant_id=fact.variant_id)
