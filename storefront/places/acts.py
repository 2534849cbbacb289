"""What acts on stores and warehouses are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "places.open": _l("Store opened"),
    "places.change": _l("Store changed"),
    "places.close": _l("Store closed for good"),
    "places.reopen": _l("Store opened again"),
    "places.special_day": _l("Other hours on one day"),
    "places.ordinary_day": _l("A day has its ordinary hours again"),
}
SUBJECTS = {"place": _l("place")}
