"""What acts on kept addresses are called. Where somebody lives is never written down with them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "addresses.save": _l("Address kept"),
    "addresses.change": _l("Address changed"),
    "addresses.remove": _l("Address taken away"),
    "addresses.default": _l("Another address comes first"),
}
SUBJECTS = {"address": _l("address")}
PARTS = {"addresses": _l("addresses")}
