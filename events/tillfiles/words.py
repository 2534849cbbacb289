"""Slips of a till's file in the reader’s words."""

from __future__ import annotations

from flask_babel import gettext as _

from events.tillfiles.models import SlipLine, SlipStatus, TillSlip
from events.tillfiles.policy import MOST_PIECES, NUMBER, Fault

TONES = {
    SlipStatus.BAD: "bad",
    SlipStatus.NOBODY: "warn",
    SlipStatus.READY: "",
    SlipStatus.SOLD: "good",
    SlipStatus.KNOWN: "",
}


def status_words(status: str) -> str:
    """Where a slip stands."""
    return {
        SlipStatus.BAD: _("Left out"),
        SlipStatus.NOBODY: _("No guest’s"),
        SlipStatus.READY: _("Ready"),
        SlipStatus.SOLD: _("Taken in"),
        SlipStatus.KNOWN: _("Was taken in before"),
    }[SlipStatus(status)]


def fault_words(one: TillSlip | SlipLine) -> str:
    """What is wrong with a slip or a line, or why a slip is nobody's, in a sentence."""
    if one.fault is None:
        return ""
    about = one.about if isinstance(one, TillSlip) else one.sku[:40]
    return {
        Fault.NO_NUMBER: _("The receipt number is missing or has more than %(most)s letters.", most=NUMBER),
        Fault.NO_STORE: _("“%(about)s” is no open store of ours.", about=about),
        Fault.NO_TIME: _("“%(about)s” is no time. Write 2026-11-28 19:05 or 28/11/2026 19:05.", about=about),
        Fault.AHEAD: _("“%(about)s” is still to come.", about=about),
        Fault.OLD: _("“%(about)s” is more than thirty days ago.", about=about),
        Fault.TWO_SAID: _("Its lines name two customers, or two tickets."),
        Fault.NOTHING: _("None of its lines counts."),
        Fault.SAID_NONE: _("It names neither a customer nor a ticket."),
        Fault.NO_GUEST: _("Who it names was no guest here then, nor in the week before."),
        Fault.NO_PIECE: _("No piece of ours has the number “%(about)s”.", about=about),
        Fault.SEVERAL: _("Several pieces have the number “%(about)s”.", about=about),
        Fault.BACK: _("Something that came back: take it back on the sale it belongs to."),
        Fault.NO_QUANTITY: _("The number of pieces is none from 1 to %(most)s.", most=MOST_PIECES),
        Fault.NO_AMOUNT: _("The amount cannot be read."),
        Fault.CURRENCY: _("Another currency than ours."),
    }[Fault(one.fault)]
