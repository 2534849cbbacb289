"""What acts on invitations are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {"invites.allow": _l("Invitations by style editors allowed or ended")}
