from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from commissions.rates.policy import NEW, RETURNING, Per, Scope
from commissions.rates.words import per_words, scope_words
from foundation.web.amounts import Amount, Hundredths, Within
from foundation.web.fields import NO_CONTROLS, Day, Radios, Select, WholeNumber, choice, stripped

LARGEST = 10_000_000_00
MOST_LINES, BLANK_LINES = 20, 2
SHARE = _l("Write a percentage from 0 to 100, such as 12 or 12.5.")

Choices = Sequence[tuple[str, str]]


def _reason() -> StringField:
    return StringField(
        _l("Why"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say it in a few words: your colleagues read this later.")),
            Length(max=300, message=_l("Keep it under 300 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 300},
    )


def _line(label: Any, longest: int) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": longest},
    )


class ForSomething(FlaskForm):
    """What a rate is for: one of the scopes, and in it one subject."""

    scope = Radios(
        _l("What it counts for"),
        default=Scope.PROGRAMME.value,
        validators=[InputRequired(_l("Choose what it is for."))],
    )
    handle = _line(_l("Product, by the handle in its address"), 200)
    collection = Select(_l("Collection"), default="")
    category = Select(_l("Department"), default="")
    cohort = Select(_l("Pilot group"), default="")
    tier = Select(_l("Step"), default="")
    customer = Select(_l("Customers"), default="")
    percent = Hundredths(
        _l("Percent"), validators=[Within(0, 10_000, SHARE)], render_kw={"inputmode": "decimal"}
    )

    def offer(self, *, collections: Choices, categories: Choices, cohorts: Choices, tiers: Choices) -> None:
        """Fill in what can be chosen."""
        self.scope.choices = [choice(scope.value, words) for scope, words in scope_words().items()]
        none = choice("", _("None"))
        for field, offered in (
            (self.collection, collections),
            (self.category, categories),
            (self.cohort, cohorts),
            (self.tier, tiers),
            (self.customer, ((NEW, _("New customers")), (RETURNING, _("Returning customers")))),
        ):
            field.choices = [none, *(choice(value, words) for value, words in offered)]

    @property
    def subject(self) -> str:
        """What was chosen in the scope that was chosen; a product by its handle."""
        field = self._field()
        return str(field.data or "") if field is not None else ""

    def complete(self, products: Mapping[str, int]) -> bool:
        """Whether the subject was named; says what is missing beside its field."""
        field = self._field()
        if field is None:
            return True
        if not field.data:
            field.errors = (_("Say which."),)
        elif self.scope.data == Scope.PRODUCT and field.data not in products:
            field.errors = (_("We do not know %(handle)s.", handle=field.data),)
        return not field.errors

    def _field(self) -> Any:
        return {
            Scope.PRODUCT: self.handle,
            Scope.COLLECTION: self.collection,
            Scope.CATEGORY: self.category,
            Scope.COHORT: self.cohort,
            Scope.TIER: self.tier,
            Scope.CUSTOMER: self.customer,
        }.get(Scope(self.scope.data)) if self.scope.data in set(Scope) else None  # fmt: skip


class RateForm(ForSomething):
    """A new rate. `ends`: no rate of its own any more."""

    ends = BooleanField(_l("No rate of its own any more: the next broader one counts"))
    first_day = Day(_l("Not before"), validators=[Optional()])
    reason = _reason()

    def sound(self) -> bool:
        """Whether there is a rate, or an end of one that can end."""
        if self.ends.data and self.scope.data == Scope.PROGRAMME:
            self.ends.errors = (_("The programme always has a rate."),)
        elif not self.ends.data and self.percent.hundredths() is None:
            self.percent.errors = (str(SHARE),)
        return not self.ends.errors and not self.percent.errors


class CampaignForm(ForSomething):
    """A campaign: basis points on top, for some days."""

    name = _line(_l("Name, in English"), 80)
    name_it = _line(_l("Name, in Italian"), 80)
    first_day = Day(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    last_day = Day(_l("Last day"), validators=[InputRequired(_l("Choose a day."))])
    reason = _reason()

    def sound(self, today: Any) -> bool:
        """Whether it has a name, a rate, and days that are not over."""
        if not self.name.data:
            self.name.errors = (_("Give it a name."),)
        if not self.percent.hundredths():
            self.percent.errors = (str(SHARE),)
        first, last = self.first_day.data, self.last_day.data
        if first and last and (last < first or last < today):
            self.last_day.errors = (_("The last day is before the first, or over already."),)
        return not (self.name.errors or self.percent.errors or self.last_day.errors)


class CapForm(FlaskForm):
    """What may be earned at most; an empty amount lifts the cap."""

    per = Radios(
        _l("What it counts for"),
        default=Per.ORDER.value,
        validators=[InputRequired(_l("Choose what it is for."))],
    )
    amount = Amount(_l("At most"), least=1, most=LARGEST)
    reason = _reason()

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.per.choices = [choice(per.value, words) for per, words in per_words().items()]


class TrialForm(ForSomething):
    """What if: a past order, and a rate to try out on it. A GET form, so nothing is written."""

    class Meta:
        csrf = False

    order = _line(_l("Order"), 20)
    editor = _line(_l("Style editor, by handle"), 40)


class BasketLine(Form):
    """A piece of a bag that nobody bought; without a product it is none."""

    product = _line(_l("Product"), 400)
    quantity = WholeNumber(
        _l("Pieces"),
        default=1,
        validators=[NumberRange(1, 99, message=_l("Write a whole number from 1 to 99."))],
        render_kw={"inputmode": "numeric", "min": 1, "max": 99},
    )

    @property
    def handle(self) -> str:
        """The end of the address, whether all of it was pasted or the handle alone."""
        return (self.product.data or "").partition("?")[0].rstrip("/").rpartition("/")[2]


class BasketForm(FlaskForm):
    """What if: a bag, an editor, a customer and a day. A GET form, so nothing is written."""

    class Meta:
        csrf = False

    lines = FieldList(FormField(BasketLine), max_entries=MOST_LINES)
    editor = _line(_l("Style editor, by handle"), 40)
    customer = Radios(_l("Who buys"), default=NEW, validators=[InputRequired(_l("Say who buys."))])
    on = Day(_l("Bought on"), validators=[InputRequired(_l("Choose a day."))])

    def offer(self) -> None:
        """Fill in what can be chosen, and keep two empty lines below those that are filled in."""
        self.customer.choices = [
            choice(NEW, _("A new customer")),
            choice(RETURNING, _("A returning customer")),
        ]
        empty = sum(not row.form.handle for row in self.lines)
        while empty < BLANK_LINES and len(self.lines) < MOST_LINES:
            self.lines.append_entry()
            empty += 1

    @property
    def filled(self) -> list[BasketLine]:
        """The lines with a product."""
        return [row.form for row in self.lines if row.form.handle]
