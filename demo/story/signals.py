"""Two sales that fraud control noticed: one to be looked at, and one that is held and whose editor answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from commissions.claims.queries import receipts
from commissions.signals.actions import answer, note
from commissions.signals.models import Case
from commissions.signals.policy import Kind, Signal, Thresholds
from commissions.signals.queries import unpaid_orders
from commissions.signals.watching import WATCH
from editors.membership.models import Editor
from foundation import clock
from foundation.actors import Actor
from foundation.settings import current

# Whose sums the tour tells, and who misses a sale: they have other things on their mind.
ELSEWHERE = ("giulia", "marta", "noemi")
NEWEST = 200
HELD = (Signal(Kind.OWN_CARD, {}), Signal(Kind.OWN_ADDRESS, {}))
FLAGGED = (Signal(Kind.DISPOSABLE_MAIL, {"host": "mailinator.com"}),)
ANSWER = (
    "My sister lives with me. She had forgotten her purse, so she paid with my card and gave me the money the "
    "same evening. She wears it to work every day."
)


def notice_two(today: datetime) -> None:
    """The newest sales of two editors, as if the first look after the payment had found something."""
    found = [
        (one.order_id, one.order_number, one.editor)
        for one in receipts(limit=NEWEST)
        if one.editor is not None and not one.shares and one.editor.handle not in ELSEWHERE
    ]
    found = [(order_id, number, editor) for order_id, number, editor in found
             if unpaid_orders(editor.id, order_id)]  # fmt: skip
    if not found:
        return
    order_id, number, editor = found[0]
    with clock.held_at(today - timedelta(hours=30)):
        held = _notice(order_id, number, editor, HELD)
    if held is not None:
        with clock.held_at(today - timedelta(hours=20)):
            me = Actor.person(editor.account_id, editor.name)
            answer(actor=me, case_id=held.id, editor_id=editor.id, words=ANSWER)
    other = next((one for one in found if one[2].id != editor.id), None)
    if other is not None:
        with clock.held_at(today - timedelta(hours=6)):
            _notice(*other, FLAGGED)


def _notice(order_id: int, number: str, editor: Editor, signals: Sequence[Signal]) -> Case | None:
    return note(
        actor=WATCH,
        editor_id=editor.id,
        order_id=order_id,
        order_number=number,
        signals=signals,
        limits=Thresholds.read(current().signals),
        return_days=current().return_days,
    )
