"""What acts on share links are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "links.lead_elsewhere": _l("Link led elsewhere"),
    "links.make": _l("Link made"),
    "links.name": _l("Link given another name"),
    "links.pause": _l("Link paused"),
    "links.resume": _l("Link used again"),
}
SUBJECTS = {
    "link": _l("link"),
}
