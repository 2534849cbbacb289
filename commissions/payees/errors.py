from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class NotReached(Conflict):
    """Stripe pays nobody there from here; the page says it before, and what can be done instead."""

    sentence = _l("Payouts do not reach that country from here. What you earn can be store credit or a gift.")


class NoPayee(NotFound):
    sentence = _l("There is no payment account yet. Set it up on the payments page of the studio.")
