from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
)

from foundation.web.amounts import AMOUNT, Amount, Hundredths, Within, beginning_of, end_of
from foundation.web.fields import Day, Radios, WholeNumber, a_key, choice, stripped
from storefront.promotions.actions import VoucherDraft
from storefront.promotions.policy import Kind, Scope, Way, spelled

LARGEST = 10_000_00
MOST_USES = 1_000_000
MOST_PIECES = 99
SHARE = _l("Write a percentage from 1 to 100, such as 10 or 12.5.")
COUNT = _l("Write a whole number.")


def count(label: Any, most: int) -> WholeNumber:
    return WholeNumber(
        label,
        validators=[Optional(), NumberRange(1, most, message=COUNT)],
        render_kw={"inputmode": "numeric", "min": 1, "max": most},
    )


class VoucherForm(FlaskForm):
    """A new voucher. What its kind does not need may stay empty."""

    code = StringField(
        _l("Code"),
        filters=[lambda typed: spelled(typed) if typed else typed],
        validators=[
            DataRequired(_l("Write the code people will type.")),
            Length(3, 40, message=_l("From 3 to 40 signs.")),
            Regexp(r"^[A-Z0-9-]+$", message=_l("Letters, digits and dashes only.")),
        ],
        render_kw={"maxlength": 40, "autocomplete": "off", "spellcheck": "false"},
    )
    way = Radios(
        _l("How it counts"),
        choices=[
            choice(str(Way.TYPED), _l("For those who type its code")),
            choice(str(Way.OFFERED), _l("By itself, for everybody")),
        ],
        default=str(Way.TYPED),
        validators=[InputRequired(_l("Choose how it counts."))],
    )
    kind = Radios(
        _l("What it gives"),
        choices=[
            choice(str(Kind.PERCENT), _l("A percentage off")),
            choice(str(Kind.AMOUNT), _l("An amount off")),
            choice(str(Kind.DELIVERY), _l("Free delivery")),
            choice(str(Kind.PIECES), _l("Buy some, get some")),
        ],
        default=str(Kind.PERCENT),
        validators=[InputRequired(_l("Choose what it gives."))],
    )
    percent = Hundredths(
        _l("Percent"), validators=[Within(100, 10_000, SHARE)], render_kw={"inputmode": "decimal"}
    )
    amount = Amount(_l("Amount"), least=1, most=LARGEST)
    buy = count(_l("Buy"), MOST_PIECES)
    get = count(_l("Get"), MOST_PIECES)
    scope = Radios(
        _l("What it counts for"),
        choices=[
            choice(str(Scope.EVERYTHING), _l("Everything")),
            choice(str(Scope.CATEGORIES), _l("Departments")),
            choice(str(Scope.COLLECTIONS), _l("Collections")),
            choice(str(Scope.PRODUCTS), _l("Chosen products")),
        ],
        default=str(Scope.EVERYTHING),
        validators=[InputRequired(_l("Choose what it counts for."))],
    )
    categories = SelectMultipleField(_l("Departments"))
    collections = SelectMultipleField(_l("Collections"), coerce=a_key)
    handles = TextAreaField(
        _l("Chosen products"), validators=[Length(max=10_000)], render_kw={"rows": 4, "spellcheck": "false"}
    )
    minimum = Amount(_l("From a sum of"), most=LARGEST)
    first_day = Day(_l("First day"), validators=[Optional()])
    last_day = Day(_l("Last day"), validators=[Optional()])
    first_order = BooleanField(_l("For a first order only"))
    total_limit = count(_l("Uses in all"), MOST_USES)
    person_limit = count(_l("Uses for each person"), MOST_USES)
    stackable = BooleanField(_l("Goes together with others that say so too"))
    reason = StringField(
        _l("What it is for"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say it in a few words: your colleagues read this later.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
        render_kw={"maxlength": 200},
    )

    def offer(self, categories: Sequence[tuple[str, str]], collections: Sequence[tuple[int, str]]) -> None:
        self.categories.choices = [SelectChoice(key, name) for key, name in categories]
        self.collections.choices = [(number, name) for number, name in collections]

    def wanted_handles(self) -> list[str]:
        return list(dict.fromkeys((self.handles.data or "").split()))[:200]

    def complete(self, products: Mapping[str, int]) -> bool:
        """Whether what the kind and the scope need was written; says what is missing beside its field."""
        kind = self.kind.data
        missing: list[tuple[Any, str]] = []
        if kind in (Kind.PERCENT,) and not self.percent.data:
            missing.append((self.percent, str(SHARE)))
        if kind == Kind.AMOUNT and not self.amount.data:
            missing.append((self.amount, str(AMOUNT)))
        if kind == Kind.PIECES:
            missing += [(one, str(COUNT)) for one in (self.buy, self.get) if not one.data]
        if self.scope.data == Scope.CATEGORIES and not self.categories.data:
            missing.append((self.categories, _("Choose at least one.")))
        if self.scope.data == Scope.COLLECTIONS and not self.collections.data:
            missing.append((self.collections, _("Choose at least one.")))
        if self.scope.data == Scope.PRODUCTS:
            unknown = [handle for handle in self.wanted_handles() if handle not in products]
            if unknown or not products:
                told = (
                    _("We do not know %(handle)s.", handle=unknown[0])
                    if unknown
                    else _("Write at least one.")
                )
                missing.append((self.handles, told))
        if self.first_day.data and self.last_day.data and self.last_day.data < self.first_day.data:
            missing.append((self.last_day, _("The last day comes before the first.")))
        if self.way.data == Way.OFFERED:
            told = _("What counts by itself counts for everybody: this needs a code to type.")
            missing += [(one, told) for one in (self.first_order, self.person_limit) if one.data]
        for one, told in missing:
            one.errors = (told,)
        return not missing

    def draft(self, products: Mapping[str, int], zone: str) -> VoucherDraft:
        """The voucher as it was written; days are meant on the shop's own clock, the last one included."""
        kind, scope = Kind(self.kind.data), Scope(self.scope.data)
        percent = self.percent.hundredths()
        if kind == Kind.PIECES and percent is None:
            percent = 10_000
        return VoucherDraft(
            code=str(self.code.data),
            kind=kind,
            way=Way(self.way.data),
            percent_bps=(percent or 0) if kind in (Kind.PERCENT, Kind.PIECES) else 0,
            amount_minor=(self.amount.minor() or 0) if kind == Kind.AMOUNT else 0,
            buy=(self.buy.data or 0) if kind == Kind.PIECES else 0,
            get=(self.get.data or 0) if kind == Kind.PIECES else 0,
            scope=scope,
            categories=self.categories.data or [] if scope == Scope.CATEGORIES else [],
            collection_ids=self.collections.data or [] if scope == Scope.COLLECTIONS else [],
            product_ids=sorted(products.values()) if scope == Scope.PRODUCTS else [],
            minimum_minor=self.minimum.minor() or 0,
            starts_at=beginning_of(self.first_day.data, zone),
            ends_at=end_of(self.last_day.data, zone),
            first_order=bool(self.first_order.data),
            total_limit=self.total_limit.data,
            person_limit=self.person_limit.data,
            stackable=bool(self.stackable.data),
        )


class PauseForm(FlaskForm):
    """Why a voucher is paused, or counts again."""

    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say why, in a few words.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
        render_kw={"maxlength": 200},
    )
