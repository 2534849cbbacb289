"""What acts on stock are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "stock.put_back": _l("Put back on the rail"),
}
SUBJECTS = {
    "variant": _l("variant"),
}
