"""What lies at Stripe for us, for a page that is only looked at."""

from __future__ import annotations

from foundation import payments
from foundation.accounts.queries import account_by_id
from foundation.db import leave_transaction
from foundation.money import Money


def balance_at_stripe(currency: str, reader_id: int) -> Money | None:
    """Our available balance, None when Stripe does not answer. Asked outside of any transaction.

    Leaving the transaction lets go of what was read; the reader's account is read again for the page.
    """
    leave_transaction()
    try:
        return payments.balance().available_in(currency)
    except payments.PaymentsProblem:
        return None
    finally:
        account_by_id(reader_id)
