"""Rules, fits and cuts in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from storefront.reviews.models import Rule
from storefront.reviews.policy import Cut, Fit

# Said to everybody in the place of the review, so each says what was wrong and not what was thought.
RULES: dict[Rule, Any] = {
    Rule.PERSONAL: _l("It names somebody or says where they can be found."),
    Rule.INSULT: _l("It insults or threatens somebody."),
    Rule.ADVERTISING: _l("It advertises something else."),
    Rule.ELSEWHERE: _l("It is not about this piece."),
    Rule.NOT_THEIRS: _l("It shows a picture or words that belong to somebody else."),
    Rule.UNLAWFUL: _l("The law does not allow it to be shown."),
}
FITS: dict[Fit, Any] = {
    Fit.SMALL: _l("Small"),
    Fit.TRUE: _l("True to size"),
    Fit.LARGE: _l("Large"),
}
FIT_SENTENCES: dict[Fit, Any] = {
    Fit.SMALL: _l("found it small"),
    Fit.TRUE: _l("found it true to size"),
    Fit.LARGE: _l("found it large"),
}
CUTS: dict[Cut, Any] = {
    Cut.SMALL: _l("Runs small"),
    Cut.TRUE: _l("True to size"),
    Cut.LARGE: _l("Runs large"),
    Cut.MIXED: _l("Wearers do not agree"),
}
CUT_ADVICE: dict[Cut, Any] = {
    Cut.SMALL: _l("Between two sizes? Take the larger one."),
    Cut.TRUE: _l("Take the size you usually wear."),
    Cut.LARGE: _l("Between two sizes? Take the smaller one."),
    Cut.MIXED: _l("Look at what people like you took."),
}
