from __future__ import annotations

from datetime import timedelta

from foundation import clock
from foundation.actors import Actor
from foundation.jobs.queue import job
from storefront.reviews.actions import ask
from storefront.reviews.queries import orders_to_ask

ACTOR = Actor.system("reviews.ask")
# Long enough to have worn it, short enough to remember; who was not asked by then is left in peace.
WORN_FOR = timedelta(days=10)
NOT_AFTER = timedelta(days=40)
A_BATCH = 200


@job(name="reviews.ask", cron="30 8 * * *")
def ask_what_they_think() -> None:
    """Every morning: ask, once, who has had their pieces for ten days."""
    now = clock.now()
    for order in orders_to_ask(
        delivered_before=now - WORN_FOR, delivered_after=now - NOT_AFTER, limit=A_BATCH
    ):
        ask(actor=ACTOR, order=order, lines=order.lines)
