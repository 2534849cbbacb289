"""What happened to the commissions of an order, when, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _

from commissions.accruals.models import Commission
from commissions.accruals.policy import CommissionStatus
from commissions.holds.models import Hold
from commissions.holds.words import told_editor
from commissions.ledger.models import EntryKind
from commissions.ledger.queries import Movement
from foundation.money import Money
from foundation.web.formats import amount, day, moment
from storefront.orders.models import Dispute, Order


def timeline(
    order: Order,
    commissions: Sequence[Commission],
    movements: Sequence[Movement],
    carried: Mapping[int, int],
    return_days: int,
    *,
    entered: bool = False,
    holds: Sequence[Hold] = (),
) -> list[dict[str, object]]:
    """What happened to the commissions of an order, oldest first, and what comes next.

    `entered`: staff credited it by hand, after the order was paid. `holds`: those of whom the reader may
    know.
    """
    currency = order.currency
    pieces = {one.id: one.piece_name for one in commissions}
    groups: dict[tuple[datetime, EntryKind], list[Movement]] = {}
    for move in movements:
        groups.setdefault((move.at, move.kind), []).append(move)
    events: list[tuple[datetime, dict[str, object]]] = []
    lost = _lost_at(order.dispute, list(groups))
    for (at, kind), moves in groups.items():
        change = sum(move.change for move in moves)
        shown = change or sum(move.amount for move in moves)
        what = ", ".join(dict.fromkeys(pieces[move.commission_id] for move in moves))
        value = amount(Money(shown, currency), plus=bool(change))
        tone = "strong" if kind is EntryKind.MATURED else ("" if change else "quiet")
        if kind is EntryKind.REVERSED and at == lost:
            words = _("The shopper’s bank took the payment back: %(what)s.", what=what)
        else:
            words = _happened(kind, what, entered, order.dispute)
        events.append((at, _event(words, at, value, tone)))
    for hold in holds:
        events.append((hold.held_at, _event(told_editor(hold.reason), hold.held_at, "", "quiet")))
        if hold.released_at is not None:
            words = _("We have looked at it, and let it go on.")
            events.append((hold.released_at, _event(words, hold.released_at, "", "quiet")))
    if order.delivered_at is not None:
        words = _("Delivered. The time for returns began.")
        events.append((order.delivered_at, _event(words, order.delivered_at, "", "quiet")))
    for at in sorted({one.paid_at for one in commissions if one.paid_at is not None}):
        went = sum(carried.get(one.id, 0) for one in commissions if one.paid_at == at)
        events.append((at, _event(_("Sent with the payout."), at, amount(Money(went, currency)), "")))
    events.sort(key=lambda event: event[0])
    return [event for _at, event in events] + _to_come(commissions, currency, return_days)


def _lost_at(dispute: str, groups: Sequence[tuple[datetime, EntryKind]]) -> datetime | None:
    """When a lost dispute took commission back: the first time after it was held for it; of what was paid out
    before, and so never held, the last time. None when none was lost."""
    if dispute != Dispute.LOST:
        return None
    held = max((at for at, kind in groups if kind is EntryKind.HELD), default=None)
    taken = [at for at, kind in groups if kind is EntryKind.REVERSED and (held is None or at >= held)]
    return (min(taken) if held else max(taken)) if taken else None


def _event(words: str, at: datetime, value: str, tone: str) -> dict[str, object]:
    return {"text": words, "when": moment(at), "at": at, "value": value, "tone": tone, "to_come": False}


def _happened(kind: EntryKind, what: str, entered: bool, dispute: str) -> str:
    if kind is EntryKind.ACCRUED and entered:
        return _("Staff credited the order by hand. Commission noted as pending.")
    if kind is EntryKind.HELD and dispute == Dispute.NONE:
        return _("Commission is held until that is settled.")
    if kind is EntryKind.RELEASED and dispute == Dispute.NONE:
        return _("Commission is no longer held.")
    texts = {
        EntryKind.ACCRUED: _("The order was paid. Commission noted as pending."),
        EntryKind.REVERSED: _("Came back or was refunded: %(what)s.", what=what),
        EntryKind.RESTORED: _("A refund did not go through, so this is yours again: %(what)s.", what=what),
        EntryKind.HELD: _("The shopper’s bank disputes the payment. Commission is held until that ends."),
        EntryKind.RELEASED: _("The dispute is over. Commission is no longer held."),
        EntryKind.MATURED: _("Return time over. Commission became payable."),
        EntryKind.PAID_OUT: _("Sent with the payout."),
        EntryKind.CORRECTED: _(
            "Staff looked at the order again and corrected whose it is: %(what)s.", what=what
        ),
    }
    return texts[kind]


def _to_come(commissions: Sequence[Commission], currency: str, return_days: int) -> list[dict[str, object]]:
    def left(status: CommissionStatus) -> int:
        return sum(one.amount_minor for one in commissions if one.status == status)

    coming: list[dict[str, object]] = []

    def add(words: str, when: str, at: datetime | None, minor: int) -> None:
        value = amount(Money(minor, currency))
        coming.append(
            {"text": words, "when": when, "at": at, "value": value, "tone": "quiet", "to_come": True}
        )

    pending = left(CommissionStatus.PENDING)
    due = [one.due_at for one in commissions if one.status == CommissionStatus.PENDING and one.due_at]
    if pending and due:
        words = _("Becomes payable, if nothing comes back until then.")
        add(words, _("Expected %(day)s", day=day(max(due), "medium")), max(due), pending)
    elif pending:
        words = _("Becomes payable %(days)s days after delivery.", days=return_days)
        add(words, _("Not delivered yet"), None, pending)
    payable = left(CommissionStatus.PAYABLE)
    if payable:
        add(_("Goes out with the next payout run."), _("Not sent yet"), None, payable)
    return coming
