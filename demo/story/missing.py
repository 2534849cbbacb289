"""Two sales that editors missed: one that staff found to be theirs, and one that waits for an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from commissions.claims.models import Receipt
from commissions.claims.policy import ClaimKind, Reason
from commissions.claims.queries import receipts
from commissions.missing.actions import answer, report
from commissions.missing.errors import NothingToReport
from commissions.missing.models import CameBy
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.actors import Actor
from foundation.settings import current

# Who is found to be right, and who waits: neither is the editor of the tour, whose sums are told there.
RIGHT, WAITS = "marta", "noemi"
NEWEST = 200


def miss_two(today: datetime, staff: Actor) -> None:
    """Marta advised somebody who then came back without her link; Noemi thinks that a sale was hers."""
    nobodys = [one for one in receipts(limit=NEWEST) if one.editor_id is None and not _own(one)]
    with clock.held_at(today - timedelta(days=2)):
        granted = _report(
            RIGHT,
            nobodys,
            CameBy.LINK,
            "She opened my link on her phone on Saturday, we spoke about the sizes, and on Sunday she bought at her desk.",
        )
    if granted is not None:
        with clock.held_at(today - timedelta(days=1)):
            answer(
                actor=staff,
                missing_id=granted,
                grant=True,
                reply="You told us what was in it and when, before we had told you either. It is yours.",
                reason="her message to the shopper names the piece an hour before the order",
                return_days=current().return_days,
            )
    others = [
        one
        for one in receipts(limit=NEWEST)
        if one.editor is not None and one.editor.handle not in (RIGHT, WAITS, "giulia")
    ]
    with clock.held_at(today - timedelta(hours=20)):
        _report(
            WAITS,
            others,
            CameBy.STORE,
            "We tried the coat on together in the store in Torino. She said that she would order it at home in the evening.",
        )


def _own(receipt: Receipt) -> bool:
    return any(
        claim.kind == ClaimKind.LINK and claim.reason == Reason.OWN_PURCHASE for claim in receipt.claims
    )


def _report(handle: str, among: list[Receipt], came_by: CameBy, words: str) -> int | None:
    """For the newest of these orders that can be reported; the number of the missing sale."""
    editor = editor_by_handle(handle)
    if editor is None:
        return None
    for one in among:
        try:
            return report(
                actor=Actor.person(editor.account_id, editor.name),
                editor_id=editor.id,
                number=one.order_number,
                came_by=came_by,
                words=words,
            ).id
        except NothingToReport:
            continue
    return None
