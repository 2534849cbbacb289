"""What acts on reviews are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "reviews.publish": _l("Review written"),
    "reviews.answer": _l("Review answered"),
    "reviews.remove": _l("Review removed by a rule"),
    "reviews.restore": _l("Review put back"),
    "reviews.ask": _l("Asked what they think"),
}
SUBJECTS = {
    "review": _l("review"),
}
PARTS = {
    "reviews.ask": _l("asking for reviews"),
}
