"""What acts on looks are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "looks.draft": _l("Look begun"),
    "looks.change": _l("Look changed"),
    "looks.publish": _l("Look published"),
    "looks.unpublish": _l("Look taken off show"),
}
SUBJECTS = {
    "look": _l("look"),
}
