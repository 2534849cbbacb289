from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound, Problem


class NoSuchWriteOff(NotFound):
    sentence = _l("There is no such request to write off a debt.")


class ReasonMissing(Problem):
    sentence = _l("Give a reason: it stays with the entry.")


class ReasonTooLong(Problem):
    sentence = _l("Keep it under 500 characters.")


class DebtChanged(Problem):
    """There is no debt of that amount, or no longer: a payout netted it, or a refund failed."""

    status = 409
    sentence = _l("The debt is another by now. Look at it again.")


class AskedAlready(Problem):
    status = 409
    sentence = _l("Somebody asked for this already. It waits for a second person.")


class SamePerson(Problem):
    status = 403
    sentence = _l("You asked for it, so someone else has to agree.")


class NoSuchSpan(Problem):
    sentence = _l("Choose days that there are, the first before the last, and an editor who exists.")
