from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from commissions.claims.forms import ReplyForm
from commissions.holds.words import reason_names
from foundation.web.fields import NO_CONTROLS, Radios, Select, a_key, choice, stripped
from foundation.web.reasons import ReasonForm


class HoldForm(ReasonForm):
    """Whose commission is held, and what it is about: the one thing the editor reads."""

    editor = Select(_l("Whose commission"), coerce=a_key, validators=[InputRequired(_l("Choose one."))])
    about = Radios(_l("What it is about"), validators=[InputRequired(_l("Choose what it is about."))])

    def offer(self, editors: Sequence[tuple[int, str]]) -> None:
        """Fill in what can be chosen."""
        self.editor.choices = [choice(str(key), name) for key, name in editors]
        self.about.choices = [choice(reason.value, words) for reason, words in reason_names().items()]


class CorrectForm(ReplyForm):
    """Whose an order is by hand: a candidate of the receipt, somebody else by their handle, or nobody."""

    NOBODY, OTHER = "nobody", "other"

    who = Radios(_l("Whose it is"), validators=[InputRequired(_l("Choose one."))])
    handle = StringField(
        _l("The handle of their window"),
        filters=[stripped],
        validators=[Length(max=40, message=_l("A handle is shorter than that.")), NO_CONTROLS],
        render_kw={"maxlength": 40, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def offer(self, editors: Sequence[tuple[int, str]], *, credited: bool) -> None:
        """Fill in what can be chosen; nobody is one of them only where somebody is credited now."""
        self.who.choices = [
            *(choice(str(key), name) for key, name in editors),
            choice(self.OTHER, _l("Somebody else")),
            *([choice(self.NOBODY, _l("Nobody"))] if credited else []),
        ]
