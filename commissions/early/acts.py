"""What acts on early payouts are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "early.ask": _l("Early payout asked for"),
    "early.accept": _l("Early payout accepted"),
    "early.decline": _l("Early payout declined"),
}
SUBJECTS = {"early_payout": _l("early payout")}
