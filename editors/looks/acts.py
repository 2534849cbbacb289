"""What acts on looks are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "looks.draft": _l("Look begun"),
    "looks.change": _l("Look changed"),
    "looks.publish": _l("Look published"),
    "looks.restore": _l("Look made what it was"),
    "looks.schedule": _l("Look given a day"),
    "looks.unschedule": _l("Look’s day taken back"),
    "looks.invite": _l("Editor asked to put a look together"),
    "looks.accept": _l("Split of a look agreed"),
    "looks.alone": _l("Look put together by one again"),
    "looks.unpublish": _l("Look taken off show"),
}
SUBJECTS = {
    "look": _l("look"),
}
