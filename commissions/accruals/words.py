"""Commissions in the reader's words: where they stand, and how their sale came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.accruals.models import Commission
from commissions.accruals.policy import CommissionStatus
from commissions.claims.models import Receipt
from commissions.claims.policy import Rule
from foundation.web.formats import day


def state_words(status: str, *, due_at: datetime | None = None, paid_at: datetime | None = None) -> str:
    """A stage in words, with its date where it has one."""
    if status == CommissionStatus.PENDING and due_at is not None:
        return _("Pending until %(day)s", day=day(due_at, "medium"))
    if status == CommissionStatus.PENDING:
        return _("Pending, not delivered yet")
    if status == CommissionStatus.PAID and paid_at is not None:
        return _("Paid on %(day)s", day=day(paid_at, "medium"))
    texts = {
        CommissionStatus.PAYABLE: _("Payable"),
        CommissionStatus.PAID: _("Paid"),
        CommissionStatus.REVERSED: _("Taken back"),
        CommissionStatus.HELD: _("Held"),
    }
    return texts[CommissionStatus(status)]


TONES = {
    CommissionStatus.PENDING: "",
    CommissionStatus.PAYABLE: "good",
    CommissionStatus.PAID: "good",
    CommissionStatus.REVERSED: "bad",
    CommissionStatus.HELD: "warn",
}


def summary(
    receipt: Receipt,
    commissions: Sequence[Commission],
    look: str | None,
    paid_at: datetime,
    viewer_id: int | None,
) -> str:
    """One sentence on the sale, that never names the shopper, for the editor `viewer_id` or (None) staff."""
    when = day(paid_at)
    own = viewer_id is not None
    if receipt.rule == Rule.STAFF:
        text = _(
            "Paid on %(day)s, and entered by staff on %(entered)s.", day=when, entered=day(receipt.decided_at)
        )
    elif look and own and receipt.editor_id != viewer_id:
        text = _(
            "Somebody bought by %(name)s’s link to %(look)s, which you signed together, on %(day)s.",
            name=receipt.editor.name if receipt.editor else "",
            look=look,
            day=when,
        )
    else:
        text = _how_they_came(Rule(receipt.rule), look, when, own)
    came_back = sum({one.order_line_id: one.refunded_quantity for one in commissions}.values())
    if came_back:
        text += " " + ngettext("One piece came back.", "%(num)s pieces came back.", came_back)
    return text


def _how_they_came(rule: Rule, look: str | None, when: str, own: bool) -> str:
    """By what the shopper of a sale came: a code, a saved look, or a link."""
    if rule == Rule.CODE and own:
        return _("Somebody bought with your code on %(day)s.", day=when)
    if rule == Rule.CODE:
        return _("Somebody bought with the editor’s code on %(day)s.", day=when)
    if rule == Rule.SAVED:
        return _("Somebody who had saved %(look)s bought from it on %(day)s.", look=look or "", day=when)
    if look and not own:
        return _("Somebody bought by the link to %(look)s on %(day)s.", look=look, day=when)
    if not own:
        return _("Somebody bought by the editor’s link on %(day)s.", day=when)
    if look:
        return _("Somebody bought by your link to %(look)s on %(day)s.", look=look, day=when)
    return _("Somebody bought by your link on %(day)s.", day=when)
