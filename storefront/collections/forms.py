from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from foundation import settings
from foundation.web.amounts import (
    Amount,
    beginning_of,
    end_of,
    first_day_of,
    last_day_of,
    typed_as,
)
from foundation.web.fields import NO_CONTROLS, Day, Radios, Select, WholeNumber, choice, stripped, tidy
from storefront.collections.actions import CollectionDraft
from storefront.collections.models import Collection
from storefront.collections.policy import (
    BY_NUMBER,
    BY_WORDS,
    DEAREST,
    MOST_RULES,
    Field,
    Kind,
    Matches,
    Order,
    Rule,
)

MOST_PLACES = 99
BLANKS = 2
TOO_LONG = _l("That is too long.")
# What the form and the collection call by the same name and hold as the same value.
SAME = (
    *("title", "title_it", "handle", "words", "words_it", "sort", "home_place"),
    *("seo_title", "seo_title_it", "seo_description", "seo_description_it"),
)
PRICES = frozenset({Field.PRICE_FROM, Field.PRICE_TO})
FIELDS = {
    Field.CATEGORY: _l("Department is"),
    Field.TYPE: _l("Type is"),
    Field.TAG: _l("Has the tag"),
    Field.VENDOR: _l("Brand is"),
    Field.PRICE_FROM: _l("Costs at least"),
    Field.PRICE_TO: _l("Costs at most"),
    Field.ON_SALE: _l("Is reduced"),
    Field.IN_STOCK: _l("Is in stock"),
    Field.LEFT_AT_MOST: _l("At most so many left"),
    Field.NEWER_THAN: _l("New since so many days"),
}
ORDERS = {
    Order.HAND: _l("As we hung them"),
    Order.NEWEST: _l("Newest first"),
    Order.CHEAPEST: _l("Price, low to high"),
    Order.DEAREST: _l("Price, high to low"),
    Order.WORN: _l("In most looks"),
}


def line(label: Any, longest: int, *validators: Any, **attributes: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=TOO_LONG), NO_CONTROLS],
        render_kw={"maxlength": longest, **attributes},
    )


def lines(label: Any, longest: int, **attributes: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[Length(max=longest, message=TOO_LONG)],
        render_kw={"rows": 3, "maxlength": longest, **attributes},
    )


class NewForm(FlaskForm):
    """What a new collection is called, and how its pieces get into it."""

    title = line(_l("Title, in English"), 120, DataRequired(_l("Write what it is called.")))
    title_it = line(_l("Title, in Italian"), 120, lang="it")
    kind = Radios(
        _l("Its pieces"),
        choices=[
            choice(str(Kind.HAND), _l("By hand: you choose them and their order")),
            choice(str(Kind.RULE), _l("By rule: whatever fits at the moment")),
        ],
        default=str(Kind.HAND),
        validators=[InputRequired(_l("Choose how its pieces get into it."))],
    )


class RuleForm(Form):
    """One rule; without a field it is none. Only what its field wants is looked at."""

    field = Select(_l("What has to be so"), filters=[stripped], validators=[Optional()])
    words = line(_l("Words"), 255, list="words-in-use")
    category = Select(_l("Department"), filters=[stripped], validators=[Optional()])
    amount = Amount(_l("Price"), most=DEAREST)
    number = WholeNumber(
        _l("Number"),
        validators=[Optional(), NumberRange(1, 100_000, message=_l("Write a whole number."))],
        render_kw={"inputmode": "numeric", "min": 1},
    )

    def offer(self, categories: Sequence[tuple[str, str]]) -> None:
        self.field.choices = [choice("", _("No rule"))] + [
            choice(str(field), words) for field, words in FIELDS.items()
        ]
        self.category.choices = [choice(key, name) for key, name in categories]

    def wants(self) -> Any:
        """The input its field is compared with; the field itself when nobody knows it."""
        if self.field.data not in list(Field):
            return self.field
        field = Field(self.field.data)
        if field in BY_NUMBER:
            return self.amount if field in PRICES else self.number
        return self.category if field == Field.CATEGORY else self.words

    def rule(self) -> Rule | None:
        """The rule that was written, None for an empty line; raises `ValueError` when it lacks something."""
        if not self.field.data:
            return None
        field = Field(self.field.data)
        words = self.category.data if field == Field.CATEGORY else self.words.data
        number = self.amount.minor() if field in PRICES else self.number.data
        return Rule(field, words if field in BY_WORDS else None, number if field in BY_NUMBER else None)


class CollectionForm(FlaskForm):
    """A collection: what it says, what it holds, how it is sorted, when and where it is shown."""

    title = line(_l("Title, in English"), 120, DataRequired(_l("Write what it is called.")))
    title_it = line(_l("Title, in Italian"), 120, lang="it")
    handle = line(
        _l("Address on the web"),
        120,
        DataRequired(_l("This is needed.")),
        Regexp(
            r"^[a-z0-9]+(-[a-z0-9]+)*$",
            message=_l("Small letters, numbers and hyphens, like the-winter-coat."),
        ),
        autocapitalize="none",
        spellcheck="false",
    )
    words = lines(_l("What it is about, in English"), 1000)
    words_it = lines(_l("The same in Italian"), 1000, lang="it")
    # Not called `matches`: a field of that name hides the method of the form that scripts ask.
    fits = Radios(
        _l("A piece belongs to it when it fits"),
        choices=[
            choice(str(Matches.ALL), _l("all of these")),
            choice(str(Matches.ANY), _l("any of these")),
        ],
        default=str(Matches.ALL),
        filters=[stripped],  # `Optional` takes spaces for nothing, and lets them pass
        validators=[Optional()],
    )
    rules = FieldList(FormField(RuleForm), max_entries=MOST_RULES)
    sort = Select(_l("Sorted by"))
    first_day = Day(_l("First day"), validators=[Optional()])
    last_day = Day(_l("Last day"), validators=[Optional()])
    home_place = WholeNumber(
        _l("Place on the home page"),
        validators=[Optional(), NumberRange(1, MOST_PLACES, message=_l("Write a whole number."))],
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_PLACES},
    )
    seo_title = line(_l("Title for search engines, in English"), 120)
    seo_title_it = line(_l("Title for search engines, in Italian"), 120, lang="it")
    seo_description = lines(_l("Description for search engines, in English"), 300)
    seo_description_it = lines(_l("Description for search engines, in Italian"), 300, lang="it")

    @classmethod
    def of(cls, collection: Collection, zone: str) -> CollectionForm:
        """The form as the collection is now, with empty lines for further rules."""
        rows = [_row(row.rule) for row in collection.rules]
        blanks = [{"field": ""}] * min(BLANKS, MOST_RULES - len(rows))
        same = {name: getattr(collection, name) for name in SAME}
        return cls(
            formdata=None,
            data=same
            | {
                "fits": collection.matches,
                "rules": rows + blanks if collection.kind == Kind.RULE else [],
                "first_day": first_day_of(collection.starts_at, zone),
                "last_day": last_day_of(collection.ends_at, zone),
            },
        )

    def offer(self, kind: Kind, categories: Sequence[tuple[str, str]]) -> None:
        """Say what can be chosen; to be called before anything is validated or shown."""
        self.sort.choices = [
            choice(str(order), words)
            for order, words in ORDERS.items()
            if kind == Kind.HAND or order != Order.HAND
        ]
        for row in self.rules:
            row.form.offer(categories)

    def complete(self) -> bool:
        """Whether every rule says what it needs, and the days follow each other; told beside the field."""
        whole = True
        for row in self.rules:
            try:
                row.form.rule()
            except ValueError:
                whole = False
                wants = row.form.wants()
                if not wants.errors:
                    wants.errors = (_("Say what it is compared with."),)
        if self.first_day.data and self.last_day.data and self.last_day.data < self.first_day.data:
            self.last_day.errors = (_("The last day comes before the first."),)
            whole = False
        return whole

    def wanted_rules(self) -> list[Rule]:
        """The rules that are complete, in their order."""
        found = []
        for row in self.rules:
            try:
                rule = row.form.rule()
            except ValueError:
                continue
            if rule is not None and rule not in found:
                found.append(rule)
        return found

    def draft(self, zone: str) -> CollectionDraft:
        """What was filled in; only after it was found right. Days are meant on the shop's own clock."""
        return CollectionDraft(
            title=str(self.title.data),
            handle=str(self.handle.data),
            words=self.words.data or "",
            sort=Order(self.sort.data),
            matches=Matches(self.fits.data or Matches.ALL),
            rules=self.wanted_rules(),
            home_place=self.home_place.data,
            starts_at=beginning_of(self.first_day.data, zone),
            ends_at=end_of(self.last_day.data, zone),
            **{
                name: self[name].data or None
                for name in (
                    *("title_it", "words_it", "seo_title", "seo_title_it"),
                    *("seo_description", "seo_description_it"),
                )
            },
        )


def _row(rule: Rule) -> dict[str, Any]:
    row: dict[str, Any] = {"field": str(rule.field)}
    if rule.field == Field.CATEGORY:
        row["category"] = rule.words
    elif rule.field in PRICES:
        row["amount"] = typed_as(rule.number, settings.current().currency)
    elif rule.field in BY_NUMBER:
        row["number"] = rule.number
    else:
        row["words"] = rule.words
    return row
