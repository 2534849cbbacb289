"""What acts on profiles are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "editors.change_profile": _l("Profile of a style editor changed"),
    "editors.show_portrait": _l("Portrait of a style editor shown"),
    "editors.remove_portrait": _l("Portrait of a style editor taken away"),
    "editors.change_handle": _l("Handle of a style editor changed"),
}
