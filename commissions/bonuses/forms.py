from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from commissions.bonuses.policy import BonusKind, Goal, Whom
from commissions.bonuses.ports import takes_place
from commissions.bonuses.words import goal_words, kind_words, whom_words
from foundation.web.amounts import AMOUNT, typed_minor
from foundation.web.fields import NO_CONTROLS, Day, Radios, Select, WholeNumber, choice, stripped

LARGEST = 100_000_00
Choices = Sequence[tuple[str, str]]


def _line(label: Any, longest: int, *more: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[Length(max=longest, message=_l("That is too long.")), NO_CONTROLS, *more],
        render_kw={"maxlength": longest},
    )


class BonusForm(FlaskForm):
    """A new bonus: for what, how much, for whom, and its days."""

    kind = Radios(
        _l("What earns it"),
        default=BonusKind.FIRST_SALE.value,
        validators=[InputRequired(_l("Choose what it is for."))],
    )
    goal = Select(_l("What counts"), default=Goal.ORDERS.value)
    orders = WholeNumber(
        _l("How many orders"),
        validators=[Optional(), NumberRange(1, 100_000, message=_l("Write a whole number."))],
        render_kw={"inputmode": "numeric", "min": 1},
    )
    net = _line(_l("How much is sold"), 20)
    event = _line(_l("Event, by its key"), 100)
    name = _line(_l("Name, in English"), 80, DataRequired(_l("Give it a name.")))
    name_it = _line(_l("Name, in Italian"), 80)
    amount = _line(_l("Amount"), 20)
    whom = Radios(
        _l("For whom"), default=Whom.ALL.value, validators=[InputRequired(_l("Choose what it is for."))]
    )
    tier = Select(_l("Step"), default="")
    cohort = Select(_l("Pilot group"), default="")
    first_day = Day(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    last_day = Day(_l("Last day"), validators=[InputRequired(_l("Choose a day."))])
    reason = _line(
        _l("Why"), 300, DataRequired(_l("Say it in a few words: your colleagues read this later."))
    )

    def offer(self, *, tiers: Choices, cohorts: Choices) -> None:
        """Fill in what can be chosen."""
        self.kind.choices = [choice(one.value, words) for one, words in kind_words().items()]
        self.goal.choices = [choice(one.value, words) for one, words in goal_words().items()]
        self.whom.choices = [choice(one.value, words) for one, words in whom_words().items()]
        none = choice("", _("None"))
        for field, offered in ((self.tier, tiers), (self.cohort, cohorts)):
            field.choices = [none, *(choice(value, words) for value, words in offered)]

    @property
    def whom_id(self) -> int | None:
        """The step or the group that was chosen."""
        field = {Whom.TIER.value: self.tier, Whom.COHORT.value: self.cohort}.get(self.whom.data)
        return int(field.data) if field is not None and field.data else None

    def minor(self, field: Any, currency: str) -> int | None:
        """An amount that was typed, in minor units; None, and a word beside it, for what is none."""
        try:
            found = typed_minor(field.data or "", currency)
        except ValueError:
            found = None
        if found is None or not 0 < found <= LARGEST * 1000:
            field.errors = (str(AMOUNT),)
            return None
        return found

    def sound(self, today: date, currency: str) -> bool:
        """Whether all of it makes sense together; says what does not beside its field."""
        self.minor(self.amount, currency)
        if self.kind.data == BonusKind.CHALLENGE:
            if self.goal.data == Goal.NET:
                self.minor(self.net, currency)
            elif not self.orders.data:
                self.orders.errors = (_("Write a whole number."),)
        if self.kind.data == BonusKind.EVENT and not self.event.data:
            self.event.errors = (_("Say which."),)
        elif self.kind.data == BonusKind.EVENT and not takes_place(self.event.data):
            self.event.errors = (_("We do not know %(handle)s.", handle=self.event.data),)
        field = {Whom.TIER.value: self.tier, Whom.COHORT.value: self.cohort}.get(self.whom.data)
        if field is not None and not field.data:
            field.errors = (_("Say which."),)
        first, last = self.first_day.data, self.last_day.data
        if last < first or last < today:
            self.last_day.errors = (_("The last day is before the first, or over already."),)
        return not any(one.errors for one in self)
