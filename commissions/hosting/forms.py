from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from commissions.hosting.policy import HIGHEST_BPS, Way
from foundation.web.amounts import Amount, Hundredths, Within
from foundation.web.fields import NO_CONTROLS, Day, Select, choice, stripped

SHARE = _l("Write a percentage up to 20, such as 2 or 2.5.")
MOST_EACH, MOST_ALL = 100_000, 10_000_000


class RuleForm(FlaskForm):
    """A new rule for hosts: for what, how much, in which store, from when."""

    way = Select(_l("What counts"), default=str(Way.GUEST))
    each = Amount(_l("For each guest"), least=1, most=MOST_EACH)
    percent = Hundredths(
        _l("Percent of net sales"),
        validators=[Within(1, HIGHEST_BPS, SHARE)],
        render_kw={"inputmode": "decimal"},
    )
    most = Amount(_l("For one evening at most"), least=1, most=MOST_ALL)
    place = Select(_l("Store"), default="")
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

    def offer(self, stores: Sequence[tuple[str, str]]) -> None:
        """The stores that may have a rule of their own."""
        self.way.choices = [
            choice(str(Way.GUEST), _("Every guest who comes")),
            choice(str(Way.SHARE), _("What guests buy and nobody else earns by")),
        ]
        self.place.choices = [
            choice("", _("Every store")),
            *(choice(value, words) for value, words in stores),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        right: bool = super().validate(extra_validators)
        if not right:
            return False
        if self.way.data == Way.GUEST and self.each.minor() is None:
            self.each.errors = (_("Write an amount, such as 5 or 7.50."),)
            return False
        if self.way.data == Way.SHARE and self.percent.hundredths() is None:
            self.percent.errors = (str(SHARE),)
            return False
        return True
