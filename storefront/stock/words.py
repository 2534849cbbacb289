"""What sorts of shelves and of movements are called where staff read of them."""

from __future__ import annotations

from flask_babel import gettext as _

from storefront.stock.listing import Shown
from storefront.stock.models import MovementKind


def shown_words() -> dict[Shown, str]:
    return {
        Shown.ALL: _("All"),
        Shown.LOW: _("Running low"),
        Shown.OUT: _("None left"),
        Shown.NEGATIVE: _("Below zero"),
    }


def kind_words() -> dict[MovementKind, str]:
    return {
        MovementKind.RECEIVED: _("received"),
        MovementKind.SOLD: _("sold"),
        MovementKind.RETURNED: _("came back"),
        MovementKind.CORRECTED: _("counted"),
        MovementKind.TRANSFERRED: _("carried"),
    }
