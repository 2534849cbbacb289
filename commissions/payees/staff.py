"""What staff hear of the editors' accounts at Stripe."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from commissions.payees.queries import refused_by_bank
from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job


def waiting_jobs() -> list[Job]:
    """For the desk's first page: editors whose bank sent a payout back, for who looks after payouts."""
    account = current_account()
    if account is None or Permission.PAYOUTS_VIEW not in account.permissions:
        return []
    return [
        Job(
            kind=_("Payouts"),
            what=_("The bank of %(name)s sent a payout back", name=name),
            href=url_for("payouts.index"),
            since=payee.bank_told_at or payee.created_at,
            note=_(
                "Stripe says: %(code)s. The money lies on their account there until they correct their bank "
                "details.",
                code=(payee.bank_failure or "").replace("_", " "),
            ),
            action=_("Look at it"),
        )
        for payee, name in refused_by_bank()
    ]
