"""What acts on stock are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "stock.put_back": _l("Put back on the rail"),
    "stock.receive": _l("Took in a delivery"),
    "stock.correct": _l("Put a count right"),
    "stock.transfer": _l("Moved pieces to another place"),
    "stock.mark_low": _l("Marked when a piece is running low"),
}
SUBJECTS = {
    "variant": _l("variant"),
}
