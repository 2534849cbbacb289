from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from foundation.settings import current
from foundation.web.fields import NO_CONTROLS, Radios, Select, stripped
from storefront.assortment.policy import HIGHEST, BulkChange, Kind, Rule, ending_of
from storefront.assortment.reading import price, share
from storefront.assortment.words import RULES, ending_words

ENDINGS = ("", "00", "50", "90", "95", "99")
LONGEST_TAG = 60


def choice(value: str, label: Any) -> SelectChoice:
    """A choice whose words are said in the language of whoever reads."""
    return SelectChoice(value, label)


class BulkForm(FlaskForm):
    """What is to become of many products; what its kind does not need stays empty."""

    tag = StringField(
        _l("Tag"),
        filters=[stripped],
        validators=[Length(max=LONGEST_TAG, message=_l("Keep a tag under 60 characters.")), NO_CONTROLS],
        render_kw={"maxlength": LONGEST_TAG, "list": "tags", "autocomplete": "off"},
    )
    category = Select(_l("Department"), validate_choice=False)
    rule = Radios(
        _l("How"),
        choices=[choice(str(rule), words) for rule, words in RULES.items()],
        default=str(Rule.LESS_PERCENT),
    )
    figure = StringField(_l("How much"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    ending = Select(_l("Every new price ends in"), default="")
    keep_old = BooleanField(_l("Show the old price beside it, struck through"), default=True)

    tags: Sequence[str] = ()

    def offer(self, categories: Sequence[tuple[str, str]], tags: Sequence[str]) -> None:
        """Departments to choose from, and tags there are, to be offered while one is written."""
        self.tags = tags
        self.category.choices = [SelectChoice(key, name) for key, name in categories]
        words: dict[str, Any] = {"": _("as it comes")}
        self.ending.choices = [
            SelectChoice(one, words.get(one) or ending_words(int(one), current().currency)) for one in ENDINGS
        ]

    def change(self, kind: Kind) -> BulkChange | None:
        """What is asked, or None with what is missing said beside its field."""
        if not self.validate():
            return None
        match kind:
            case Kind.TAG | Kind.UNTAG:
                if "," in (self.tag.data or "") or not self.tag.data:
                    self.tag.errors = (_("Write one tag, without commas."),)
                    return None
                return BulkChange(kind, word=self.tag.data)
            case Kind.CATEGORY:
                if self.category.data not in {choice.value for choice in self.category.iter_choices()}:
                    self.category.errors = (_("Choose a department."),)
                    return None
                return BulkChange(kind, word=self.category.data)
            case Kind.PRICE:
                return self._price()
        return BulkChange(kind)

    def _price(self) -> BulkChange | None:
        rule = Rule(self.rule.data)
        if rule is Rule.BACK:
            return BulkChange(Kind.PRICE, rule=rule)
        shared, currency = rule in (Rule.LESS_PERCENT, Rule.MORE_PERCENT), current().currency
        figure = share(self.figure.data) if shared else price(self.figure.data, currency)
        most = (9_999 if rule is Rule.LESS_PERCENT else 100_000) if shared else HIGHEST
        if figure is None or not 0 < figure <= most:
            percentage = _("Write a percentage, such as 10 or 12.5.")
            self.figure.errors = (percentage if shared else _("Write an amount, such as 15 or 7.50."),)
            return None
        return BulkChange(
            Kind.PRICE,
            rule=rule,
            figure=figure,
            ending=int(self.ending.data) * ending_of(currency) // 100 if self.ending.data else None,
            ending_of=ending_of(currency),
            keep_old=bool(self.keep_old.data) and rule in (Rule.LESS, Rule.LESS_PERCENT, Rule.SET),
        )
