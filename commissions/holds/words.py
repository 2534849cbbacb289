"""Holds in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.holds.models import HoldReason


def reason_names() -> dict[HoldReason, str]:
    """The classes of reasons, for staff to choose from."""
    return {
        HoldReason.QUESTION: _("A question on the sale"),
        HoldReason.PURCHASE: _("Who bought"),
        HoldReason.CLICKS: _("How the clicks came about"),
        HoldReason.CODE: _("Where the code was found"),
        HoldReason.RETURNS: _("How much comes back"),
        HoldReason.BUYERS: _("How the buyers are connected"),
        HoldReason.ACCOUNT: _("The account that is paid"),
    }


def told_editor(reason: str) -> str:
    """What the editor reads: what is being looked at, and no more."""
    return {
        HoldReason.QUESTION: _("We have a question on this sale."),
        HoldReason.PURCHASE: _("We are looking at who bought here."),
        HoldReason.CLICKS: _("We are looking at how the clicks on your link came about."),
        HoldReason.CODE: _("We are looking at where your code was found."),
        HoldReason.RETURNS: _("We are looking at how much of what you sell comes back."),
        HoldReason.BUYERS: _("We are looking at how some of your buyers are connected."),
        HoldReason.ACCOUNT: _("We are looking at the account your money goes to."),
    }[HoldReason(reason)]
