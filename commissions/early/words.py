"""Early payouts in words."""

from __future__ import annotations

from flask_babel import gettext as _

from commissions.early.models import EarlyStatus

TONES = {EarlyStatus.ASKED: "warn", EarlyStatus.ACCEPTED: "good", EarlyStatus.DECLINED: "bad"}


def wish_words(status: str) -> str:
    """Where a wish stands."""
    return {
        EarlyStatus.ASKED: _("Waits for an answer of finance"),
        EarlyStatus.ACCEPTED: _("Accepted: being prepared"),
        EarlyStatus.DECLINED: _("Declined for now"),
    }[EarlyStatus(status)]
