from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Invalid, NotFound
from storefront.cart.policy import MOST_OF_ONE


class QuantityRefused(Invalid):
    sentence = _l("Choose a whole number from 1 to %(most)s.", most=MOST_OF_ONE)


class LineGone(NotFound):
    sentence = _l("That piece is no longer in your bag.")
