"""Runs and payouts in words."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.payouts.approvals import Change, ChangeKind
from commissions.payouts.models import BlockReason, Payout, PayoutRun, PayoutStatus, RunStatus
from foundation.money import Money
from foundation.web.formats import money

RUN_TONES = {
    RunStatus.PREPARED: "warn",
    RunStatus.APPROVED: "",
    RunStatus.AGAIN: "warn",
    RunStatus.DONE: "good",
    RunStatus.CANCELLED: "bad",
}
TONES = {
    PayoutStatus.PREPARED: "",
    PayoutStatus.APPROVED: "",
    PayoutStatus.SENDING: "warn",
    PayoutStatus.SENT: "good",
    PayoutStatus.BLOCKED: "bad",
    PayoutStatus.PAUSED: "warn",
    PayoutStatus.FAILED: "bad",
    PayoutStatus.CANCELLED: "bad",
}


def run_words(status: str) -> str:
    """Where a run stands."""
    texts = {
        RunStatus.PREPARED: _("Waits for approval"),
        RunStatus.APPROVED: _("Going out"),
        RunStatus.AGAIN: _("Asks for approval again"),
        RunStatus.DONE: _("Finished"),
        RunStatus.CANCELLED: _("Sent back"),
    }
    return texts[RunStatus(status)]


def who_prepared(run: PayoutRun) -> str:
    """The person, or that nobody had to."""
    return run.prepared_by.label if run.prepared_by is not None else _("The schedule")


def payout_words(payout: Payout) -> str:
    """Where one payout stands."""
    texts = {
        PayoutStatus.PREPARED: _("Prepared"),
        PayoutStatus.APPROVED: _("Approved"),
        PayoutStatus.SENDING: _("Being sent"),
        PayoutStatus.SENT: _("Sent"),
        PayoutStatus.BLOCKED: _("Blocked"),
        PayoutStatus.PAUSED: _("Paused"),
        PayoutStatus.FAILED: _("Refused"),
        PayoutStatus.CANCELLED: _("Not in this run") if payout.left_out_for else _("Cancelled"),
    }
    return texts[PayoutStatus(payout.status)]


def payout_tone(payout: Payout) -> str:
    """The tone of its state sign."""
    return TONES[PayoutStatus(payout.status)]


def reason_words(payout: Payout) -> str:
    """Why it does not go out, or what was taken back of it, in a sentence; else empty."""
    if payout.came_back:
        return _("%(amount)s of it was taken back in the Stripe Dashboard", amount=money(payout.came_back))
    if payout.restored_minor:
        back = money(Money(payout.restored_minor, payout.currency))
        return _("%(amount)s of it came back and is owed again", amount=back)
    if payout.reason is None:
        return ""
    texts = {
        BlockReason.NO_ACCOUNT: _("Has no payment account yet"),
        BlockReason.ONBOARDING: _("Has not finished the set-up at Stripe"),
        BlockReason.RESTRICTED: _("Stripe has stopped the account until it gets what it asked for"),
        BlockReason.DESTINATION: _(
            "Changed the bank account at Stripe: nothing is sent for seven days after that"
        ),
        BlockReason.BELOW_MINIMUM: _("Fell below the minimum and is carried on"),
        BlockReason.LEFT_OUT: payout.left_out_for or "",
        BlockReason.REFUSED: _("Stripe refused the transfer"),
    }
    if payout.reason == BlockReason.BALANCE_SHORT:
        missing = money(Money(payout.missing_minor or 0, payout.currency))
        return _("The balance at Stripe is short by %(amount)s", amount=missing)
    return texts[BlockReason(payout.reason)]


def change_words(change: Change) -> str:
    """Why a payout of a run was counted again, in a sentence with the amounts."""
    before, after = (
        Money(minor, change.payout.currency) for minor in (change.before_minor, change.after_minor)
    )
    why = {
        ChangeKind.RETURNED: _("Something of it was taken back."),
        ChangeKind.HELD: _("A sale of it is held: disputed, or looked at first."),
        ChangeKind.CORRECTED: _("A sale of it was credited to somebody else."),
        ChangeKind.DESTINATION: _(
            "The bank account behind it changed at Stripe, so it waits for seven days."
        ),
        ChangeKind.LEFT_OUT: _("Left out by a colleague."),
    }[ChangeKind(change.kind)]
    if change.kind in (ChangeKind.DESTINATION, ChangeKind.LEFT_OUT):
        return why
    if not change.after_minor:
        return _(
            "%(why)s What is left of %(before)s is below the minimum and carried on.",
            why=why,
            before=money(before),
        )
    return _("%(why)s %(before)s became %(after)s.", why=why, before=money(before), after=money(after))
