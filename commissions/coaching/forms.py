from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from commissions.coaching.policy import HIGHEST_BPS
from foundation.web.amounts import Hundredths, Within
from foundation.web.fields import NO_CONTROLS, Day, Select, choice, stripped

SHARE = _l("Write a percentage up to 20, such as 2 or 2.5.")


class PlanForm(FlaskForm):
    """A new plan: who coaches, whose sales count, the percentage, from when."""

    handle = StringField(
        _l("Coach, by their handle"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say who it is.")),
            Length(max=40, message=_l("That is too long.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 40, "autocapitalize": "none", "spellcheck": "false"},
    )
    cohort = Select(_l("Whose sales count"), default="")
    percent = Hundredths(
        _l("Percent of net sales"),
        validators=[InputRequired(str(SHARE)), Within(1, HIGHEST_BPS, SHARE)],
        render_kw={"inputmode": "decimal"},
    )
    first_day = Day(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say it in a few words: your colleagues read this later.")),
            Length(max=300, message=_l("Keep it under 300 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 300},
    )

    def offer(self, cohorts: Sequence[tuple[str, str]]) -> None:
        """The groups that have leads of their own."""
        self.cohort.choices = [
            choice("", _("Everybody they mentor")),
            *(choice(value, words) for value, words in cohorts),
        ]
