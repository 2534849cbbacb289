from __future__ import annotations

from commissions.instead.errors import MoreThanPayable, NothingChosen, PayableChanged
from foundation.money import Money


def refuse_what_is_not_there(*, wanted: Money, payable: Money, seen: Money) -> None:
    """Nobody turns more than is theirs, or decides on a sum that is another by now.

    Raises `PayableChanged`, `NothingChosen`, `MoreThanPayable`.
    """
    if payable != seen:
        raise PayableChanged()
    if wanted.minor <= 0:
        raise NothingChosen()
    if wanted > payable:
        raise MoreThanPayable(payable)
