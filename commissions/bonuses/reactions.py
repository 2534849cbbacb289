from __future__ import annotations

from commissions.accruals.facts import SaleSettled
from commissions.bonuses.actions import settle_sale
from foundation.actors import Actor

BONUSES = Actor.system("commissions.bonuses")


def on_sale_settled(fact: SaleSettled) -> None:
    """What a sale earns by bonuses follows what it earns by commission."""
    settle_sale(actor=BONUSES, order_id=fact.order_id)
