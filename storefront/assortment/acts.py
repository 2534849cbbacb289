"""What acts on many products are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "assortment.change": _l("Changed together with others"),
    "assortment.take_back": _l("A change of many products taken back"),
}
SUBJECTS = {
    "bulk edit": _l("change of many products"),
}
