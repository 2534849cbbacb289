from __future__ import annotations

from foundation.jobs.queue import job
from storefront.cart import actions, saving


@job(name="cart.forget_guests", cron="57 3 * * *")
def forget_guests_daily() -> None:
    """Every night: bags and saved pieces of guests who were not seen for long."""
    actions.forget_guests()
    saving.forget_guests()
