"""What acts on invitations are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "invitations.invite": _l("Invited to be a style editor"),
    "invitations.take_back": _l("Invitation taken back"),
}
SUBJECTS = {"invitation": _l("invitation")}
