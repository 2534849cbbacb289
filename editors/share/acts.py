"""What the parts of the share kit that act by themselves are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

PARTS = {
    "share.cards": _l("share cards"),
}
