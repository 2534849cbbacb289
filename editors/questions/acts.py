"""What acts on the questions of the application are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "questions.ask": _l("Question added to the application"),
    "questions.reword": _l("Question of the application changed"),
    "questions.retire": _l("Question asked no more"),
    "questions.ask_again": _l("Question asked again"),
    "questions.move": _l("Question moved"),
}
SUBJECTS = {"question": _l("question")}
