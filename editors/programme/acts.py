"""What acts on the page of the programme are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {"programme.write": _l("Page of the programme written")}
SUBJECTS = {"programme": _l("page of the programme")}
