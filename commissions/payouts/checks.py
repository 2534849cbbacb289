"""What the machine checked of a run for whoever decides on it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.ledger.queries import owed_to_all
from commissions.payouts.models import BlockReason
from commissions.payouts.queries import PayoutLine
from foundation.money import Money
from foundation.web.formats import MINUS, amount, money

UNREADY = (
    BlockReason.NO_ACCOUNT,
    BlockReason.ONBOARDING,
    BlockReason.RESTRICTED,
    BlockReason.DESTINATION,
)


def checks(
    in_run: Money, elsewhere: Money, available: Money | None, live: Sequence[PayoutLine], changed: int
) -> list[dict[str, object]]:
    """What the machine checked for whoever decides, each with its proof."""
    ledger = Money(owed_to_all(in_run.currency), in_run.currency)
    ready = sum(1 for line in live if line.payout.reason not in UNREADY)
    covered = available is not None and available >= in_run
    agree = ledger == in_run + elsewhere
    unready = len(live) - ready
    return [
        {
            "ok": agree,
            "text": _("Ledger and this run agree to the cent") if agree else _("Ledger and this run differ"),
            "proof": f"{amount(ledger)} = {amount(in_run)} {_joined(elsewhere)}",
        },
        {
            "ok": not changed,
            "text": ngettext(
                "One payout has changed since it was counted",
                "%(num)s payouts have changed since they were counted",
                changed,
            )
            if changed
            else _("Nothing was taken back since it was counted"),
            "proof": _("counted again before anybody approves") if changed else _("as you see it"),
        },
        {
            "ok": covered,
            "text": _("Stripe balance covers it") if covered else _("Stripe balance does not cover it"),
            "proof": _("%(amount)s available", amount=money(available))
            if available is not None
            else _("Stripe does not answer"),
        },
        {
            "ok": not unready,
            "text": ngettext(
                "One account cannot receive money yet", "%(num)s accounts cannot receive money yet", unready
            )
            if unready
            else ngettext(
                "The account can receive money", "All %(num)s accounts can receive money", len(live)
            ),
            "proof": _("%(ready)s of %(count)s", ready=ready, count=len(live)),
        },
    ]


def _joined(value: Money) -> str:
    return f"{MINUS} {amount(-value)}" if value.minor < 0 else f"+ {amount(value)}"
