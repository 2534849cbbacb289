"""Why a candidate won or did not, in words. Who bought is told to themselves and staff alone."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.claims.models import Claim, Receipt
from commissions.claims.policy import SAVED_DAYS, ClaimKind, Reason
from foundation.web.formats import day, hour


def why(claim: Claim, receipt: Receipt, viewer_id: int | None) -> str:
    """What became of a claim, for the editor `viewer_id`, or for staff (None)."""
    days = receipt.window_days
    mine = viewer_id is not None and claim.editor_id == viewer_id
    reason = Reason(claim.reason)
    if reason is Reason.OWN_PURCHASE:
        return own_purchase(mine, viewer_id is None)
    if reason is Reason.OWN_TILL:
        return own_till(mine, viewer_id is None)
    if reason is Reason.EARLIER:
        if viewer_id is not None and receipt.editor_id == viewer_id and not mine:
            return _("Eligible, but earlier than yours. The last one counts.")
        return _("Eligible, but earlier. The last one counts.")
    if reason is Reason.LATER:
        return _("Eligible, but later. Of remembered links the first one counts.")
    if reason is Reason.AFTER_CHECKOUT:
        return _(
            "Checkout had begun at %(time)s. A click after that cannot win.",
            time=hour(receipt.checkout_began_at),
        )
    if reason is Reason.TOO_OLD:
        return _(
            "%(days)s days before checkout. A click counts for %(window)s.",
            days=claim.days_before,
            window=_window(claim, receipt),
        )
    if reason is Reason.CORRECTED:
        return _("Won at first. Staff corrected it on %(day)s.", day=day(receipt.decided_at, "medium"))
    plain = {
        Reason.BY_LAST_CLICK: _("The last eligible click in %(days)s days before checkout began.", days=days),
        Reason.BY_ACCOUNT: _(
            "No link of this visit could win. The shopper had come by this one and signed in, in the "
            "%(days)s days before.",
            days=days,
        ),
        Reason.BY_COOKIE: _(
            "No link of this visit could win. The shopper had agreed that the links they came by are "
            "remembered; this was the last one."
        ),
        Reason.BY_FIRST_COOKIE: _(
            "No link of this visit could win. The shopper had agreed that the links they came by are "
            "remembered; this was the first one."
        ),
        Reason.BY_SAVED: _(
            "Saved from the look and bought within %(days)s days, and nobody had a stronger claim.",
            days=SAVED_DAYS,
        ),
        Reason.BY_CODE: _("The code typed at checkout. It comes before any link."),
        Reason.BY_EVENT: _("Bought in the store at the event. That comes before codes and links."),
        Reason.BY_STAFF: _("Staff looked at the order again and entered it by hand, with a reason."),
        Reason.TO_NOBODY: _("Staff looked at the order again and credited nobody, with a reason."),
        Reason.BEATEN: _("Eligible, but another rule comes first."),
        Reason.NOT_ACTIVE: _("Not an active editor when the order was paid."),
        Reason.REMOVED: _("The shopper asked that nobody be credited for it."),
        Reason.NOT_CHOSEN: _("Eligible, but the shopper chose another editor."),
        Reason.NONE_TYPED: _("A typed code would have come before any link."),
        Reason.ONLINE_ORDER: _("An event can claim only what is bought in the store."),
        Reason.NO_EVENT: _("It was bought in the store, but at no event."),
        Reason.NO_STAFF_ENTRY: _("Staff can enter a sale that no link tells of."),
    }
    return plain[reason]


def _window(claim: Claim, receipt: Receipt) -> int:
    """For how many days such a claim counts."""
    if claim.kind == ClaimKind.SAVED:
        return SAVED_DAYS
    remembered = claim.kind == ClaimKind.COOKIE and receipt.cookie_days is not None
    return receipt.cookie_days if remembered and receipt.cookie_days else receipt.window_days


def own_purchase(mine: bool, staff: bool) -> str:
    """Why a purchase of one's own earns nothing; other editors are not told who bought."""
    if mine:
        return _("You bought this yourself. Nobody earns on their own purchase.")
    if staff:
        return _("The editor bought this. Nobody earns on their own purchase.")
    return _("Not eligible for this order.")


def own_till(mine: bool, staff: bool) -> str:
    """Why who rings something up earns nothing on it; other editors are not told who did."""
    if mine:
        return _("You rang this up yourself. Nobody credits themselves at a till.")
    if staff:
        return _("The editor rang this up. Nobody credits themselves at a till.")
    return _("Not eligible for this order.")
