"""What acts after an evening are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "afterwards.answer": _l("Guest said how the evening was"),
    "afterwards.look": _l("Look of the evening chosen"),
}
