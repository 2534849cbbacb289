"""What acts on photos of events are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "photos.add": _l("Photos of an event added"),
    "photos.name": _l("Said who is on a photo"),
    "photos.take_down": _l("Photo of an event taken down"),
    "photos.agree": _l("Somebody agreed that a photo is shown"),
    "photos.withdraw": _l("Somebody no longer agrees that a photo is shown"),
}
