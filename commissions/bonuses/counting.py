"""How far an editor is with bonuses: their sales and what each bonus makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from commissions.bonuses import policy
from commissions.bonuses.models import Bonus
from commissions.bonuses.policy import BonusKind, Credited, Standing
from commissions.bonuses.queries import sales_of, sold_before


def sales_in_days(editor_id: int, bonuses: Sequence[Bonus]) -> list[Credited]:
    """What an editor is credited for since the first day of any of these bonuses."""
    since = min(one.begins_at for one in bonuses)
    return [
        sale
        for currency in sorted({one.currency for one in bonuses})
        for sale in sales_of(editor_id, currency, since)
    ]


def reached(editor_id: int, bonuses: Sequence[Bonus]) -> dict[int, Standing]:
    """How far the editor is with each bonus."""
    sales = sales_in_days(editor_id, bonuses)
    return {
        one.id: policy.standing(
            one.terms,
            sales,
            sold_before=one.kind == BonusKind.FIRST_SALE and sold_before(editor_id, one.begins_at),
        )
        for one in bonuses
    }
