"""What acts between mentors and learners are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "mentors.ask": _l("Asked for a mentor or a learner"),
    "mentors.accept": _l("Mentor accepted"),
    "mentors.end": _l("Mentor and learner parted"),
}
SUBJECTS = {"mentorship": _l("mentor and learner")}
