"""What acts on the answering of applications are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "review.save_reason": _l("Reason for a no written"),
    "review.retire_reason": _l("Reason for a no offered no more"),
    "review.offer_reason": _l("Reason for a no offered again"),
    "review.set_rules": _l("Rules for applications changed"),
}
SUBJECTS = {
    "decline_reason": _l("reason for a no"),
    "application_rules": _l("rules for applications"),
}
