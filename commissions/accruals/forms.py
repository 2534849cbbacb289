from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from commissions.holds.words import reason_names
from foundation.web.fields import Radios, Select, a_key, choice
from foundation.web.reasons import ReasonForm


class HoldForm(ReasonForm):
    """Whose commission is held, and what it is about: the one thing the editor reads."""

    editor = Select(_l("Whose commission"), coerce=a_key, validators=[InputRequired(_l("Choose one."))])
    about = Radios(_l("What it is about"), validators=[InputRequired(_l("Choose what it is about."))])

    def offer(self, editors: Sequence[tuple[int, str]]) -> None:
        """Fill in what can be chosen."""
        self.editor.choices = [choice(str(key), name) for key, name in editors]
        self.about.choices = [choice(reason.value, words) for reason, words in reason_names().items()]
