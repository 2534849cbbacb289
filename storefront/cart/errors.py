from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Invalid, NotFound
from storefront.cart.policy import MOST_LINES, MOST_OF_ONE


class QuantityRefused(Invalid):
    sentence = _l("Choose a whole number from 1 to %(most)s.", most=MOST_OF_ONE)


class BagFull(Invalid):
    sentence = _l(
        "A bag holds %(most)s different pieces. Order these first, or take some out: nothing was lost.",
        most=MOST_LINES,
    )


class SavedPieceGone(NotFound):
    sentence = _l("That piece is no longer among those you saved.")


class LineGone(NotFound):
    sentence = _l("That piece is no longer in your bag.")
