"""The editor's orders and receipts: what sold, whose it is, and how the amount is made."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Flask, render_template

from commissions.accruals import showing
from commissions.accruals import words as stages
from commissions.accruals.errors import NoSuchReceipt
from commissions.accruals.happening import timeline
from commissions.accruals.models import Commission
from commissions.accruals.queries import carried_of, commissions_of_order, sums_by_order
from commissions.claims import words
from commissions.claims.models import Receipt
from commissions.claims.policy import Reason, Rule
from commissions.claims.queries import earlier_receipts, receipt_by_number, receipts_of
from commissions.holds.queries import holds_of_order
from commissions.ledger.queries import movements_of
from editors.membership.guards import current_editor, earner
from foundation.money import Money
from foundation.settings import current
from foundation.web.formats import listed
from foundation.web.numbers import not_beyond, page_number
from storefront.orders.queries import order_by_number

PAGE = 40

bp = Blueprint("receipts", __name__)


@bp.get("/studio/orders")
@earner
def orders() -> str:
    """Every order in which a link of the editor was a candidate, newest first."""
    editor = current_editor()
    page = page_number()
    found = receipts_of(editor.id, limit=PAGE + 1, offset=(page - 1) * PAGE)
    not_beyond(page, found)
    return render_template(
        "commissions/receipts/orders.html",
        rows=order_rows(editor.id, found[:PAGE]),
        page=page,
        more=len(found) > PAGE,
    )


@bp.get("/studio/orders/<number>")
@earner
def receipt(number: str) -> str:
    """The receipt of one order, as the editor may see it: never who bought, other editors without names."""
    editor = current_editor()
    found = receipt_by_number(number)
    if found is None or not _concerns(found, editor.id):
        raise NoSuchReceipt()
    return render_template("commissions/receipts/receipt.html", **receipt_page(found, editor.id))


def _concerns(found: Receipt, editor_id: int) -> bool:
    mine = {claim.editor_id for claim in found.claims} | {share.editor_id for share in found.shares}
    return found.editor_id == editor_id or editor_id in mine


def receipt_page(found: Receipt, viewer_id: int | None) -> dict[str, object]:
    """Everything a receipt shows, for the editor `viewer_id` or for staff (None)."""
    order = order_by_number(found.order_number)
    lines, corrected = _lines_shown(found, viewer_id)
    currency = order.currency
    earned = Money(sum(one.amount_minor for one in lines), currency)
    stage = None
    if lines:
        shown = viewer_id or next(
            (one.editor_id for one in lines if one.editor_id == found.editor_id), lines[0].editor_id
        )
        total = sums_by_order(shown, [order.id])[order.id]
        stage = {
            "words": stages.state_words(total.status, due_at=total.due_at, paid_at=total.paid_at),
            "tone": stages.TONES[total.status],
        }
    look = words.look_of(found, found.editor_id)
    holds = holds_of_order(order.id, viewer_id)
    share = words.share_of(found, viewer_id)
    reasons = {claim.reason for claim in found.claims if viewer_id is None or claim.editor_id == viewer_id}
    if share is not None and share.withheld is not None:
        reasons.add(share.withheld)
    return {
        "receipt": found,
        "viewer_id": viewer_id,
        "candidates": words.rows(found, viewer_id),
        "rule": words.rule(found),
        "before": [(one, words.rule(one), words.rows(one, viewer_id)) for one in earlier_receipts(order.id)],
        "earned": earned,
        "stage": stage,
        "holds": [hold for hold in holds if hold.released_at is None],
        "own_purchase": Reason.OWN_PURCHASE in reasons,
        "mine": viewer_id is not None and bool(lines) and not corrected,
        "sharers": [
            (
                one,
                Money(sum(line.amount_minor for line in lines if line.editor_id == one.editor_id), currency),
            )
            for one in words.sharers(found, viewer_id)
        ],
        "earning": earning_names(found),
        "summary": stages.summary(found, lines, look, order.paid_at, viewer_id)
        if lines and order.paid_at
        else None,
        "making": showing.making(order, lines, corrected=corrected) if lines else None,
        "timeline": timeline(
            order,
            lines,
            movements_of([one.id for one in lines]),
            carried_of([one.id for one in lines]),
            current().return_days,
            entered=found.rule == Rule.STAFF and not corrected,
            holds=holds,
        )
        if lines
        else [],
    }


def _lines_shown(found: Receipt, viewer_id: int | None) -> tuple[list[Commission], bool]:
    """The commissions of the decision that counts; for an editor who has none of it those of the last one
    that was corrected, which is said."""
    every = [
        one for one in commissions_of_order(found.order_id) if viewer_id is None or one.editor_id == viewer_id
    ]
    lines = [one for one in every if one.receipt_id == found.id]
    if lines or viewer_id is None or not every:
        return lines, False
    last = max(one.receipt_id for one in every)
    return [one for one in every if one.receipt_id == last], True


def earning_names(found: Receipt) -> str:
    """Who earns on an order: one name, or those who share it; nothing for nobody."""
    if found.shares:
        return listed([one.editor.name for one in found.shares if one.withheld is None])
    return found.editor.name if found.editor else ""


def order_rows(editor_id: int, found: Sequence[Receipt]) -> list[dict[str, object]]:
    """Receipts as lines of a list, with what each earns the editor."""
    sums = sums_by_order(editor_id, [one.order_id for one in found])
    rows = []
    for one in found:
        total = sums.get(one.order_id)
        rows.append(
            {
                "number": one.order_number,
                "at": one.decided_at,
                "look": words.look_of(one, editor_id),
                "why": words.why_mine(one, editor_id),
                "state": stages.state_words(total.status, due_at=total.due_at, paid_at=total.paid_at)
                if total
                else None,
                "tone": stages.TONES[total.status] if total else "",
                "amount": Money(total.amount_minor if total else 0, current().currency),
                "mine": total is not None,
            }
        )
    return rows


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
