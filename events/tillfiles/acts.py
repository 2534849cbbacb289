"""What acts on files of tills are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "tillfiles.read": _l("File of a till looked through"),
    "tillfiles.say": _l("Receipt of a till said to be of an evening"),
    "tillfiles.dropped": _l("File of a till thrown away"),
}
SUBJECTS = {"till_file": _l("file of a till")}
