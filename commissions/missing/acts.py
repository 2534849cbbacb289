"""What acts on missing sales are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "missing.report": _l("Missing sale reported"),
    "missing.grant": _l("Missing sale credited"),
    "missing.refuse": _l("Missing sale not credited"),
}
SUBJECTS = {"missing_sale": _l("missing sale")}
