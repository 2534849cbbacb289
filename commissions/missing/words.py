"""Missing sales in words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from commissions.missing.models import CameBy, MissingStatus
from commissions.missing.policy import TAKEN_FOR, Verdict

WAYS: dict[CameBy, Any] = {
    CameBy.LINK: _l("They opened a link of mine"),
    CameBy.CODE: _l("They had my personal code"),
    CameBy.STORE: _l("I advised them, and they bought in a store"),
    CameBy.ELSE: _l("Another way"),
}
STATES = {
    MissingStatus.OPEN: (_l("Being looked at"), ""),
    MissingStatus.GRANTED: (_l("Credited"), "good"),
    MissingStatus.REFUSED: (_l("Not credited"), "warn"),
}


def verdict_words(verdict: Verdict, number: str) -> tuple[str, str, str]:
    """A title, a sentence, and the tone of the notice that says them."""
    days = TAKEN_FOR.days
    said = {
        Verdict.NOT_FOUND: (
            _("There is no paid order %(number)s", number=number),
            _("Look at the number again: it stands in the confirmation the shopper got, such as V-10042."),
            "warn",
        ),
        Verdict.UNDECIDED: (
            _("Order %(number)s was paid a moment ago", number=number),
            _("Who gets credit is being decided. Ask again in a few minutes."),
            "",
        ),
        Verdict.OWN_PURCHASE: (
            _("Order %(number)s is your own purchase", number=number),
            _("Nobody earns on what they buy themselves, so there is nothing to correct."),
            "",
        ),
        Verdict.YOURS: (
            _("Order %(number)s is credited to you", number=number),
            _("It is not missing. Its receipt says what you earn and when."),
            "good",
        ),
        Verdict.REPORTED: (
            _("You have asked about order %(number)s before", number=number),
            _("What became of it stands below. Each order is looked at once."),
            "",
        ),
        Verdict.TOO_LATE: (
            _("Order %(number)s is too old", number=number),
            ngettext(
                "A sale can be corrected for %(num)s day after it was paid.",
                "A sale can be corrected for %(num)s days after it was paid.",
                days,
            ),
            "warn",
        ),
        Verdict.OTHER: (
            _("Order %(number)s came to us another way", number=number),
            _("It is not credited to you, and we do not say to whom. If you think it should be yours, tell "
              "us why: somebody looks at it."),
            "",
        ),
    }  # fmt: skip
    return said[verdict]
