"""What acts on files of guests are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "imports.read": _l("File of guests looked through"),
    "imports.done": _l("Guests of a file written down"),
    "imports.dropped": _l("File of guests thrown away"),
}
SUBJECTS = {"guest_import": _l("file of guests")}
