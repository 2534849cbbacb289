"""What acts on the collections of editors are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "gatherings.make": _l("Collection of a style editor begun"),
    "gatherings.change": _l("Words of a style editor’s collection changed"),
    "gatherings.publish": _l("Collection of a style editor put on show"),
    "gatherings.hide": _l("Collection of a style editor taken down"),
    "gatherings.remove": _l("Collection of a style editor put away"),
    "gatherings.cover": _l("Cover of a window chosen"),
    "gatherings.pin": _l("Looks at the front of a window chosen"),
}
SUBJECTS = {"gathering": _l("collection of a style editor")}
