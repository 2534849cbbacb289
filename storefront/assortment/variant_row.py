"""One variant as a row of a product's form."""

from __future__ import annotations

import orjson
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, StringField
from wtforms.validators import Length

from foundation.money import Money
from foundation.web.fields import NO_CONTROLS, stripped
from storefront.assortment.policy import HIGHEST
from storefront.assortment.reading import price as typed_price
from storefront.catalog.drafts import VariantDraft

MOST_VARIANTS = 100
HEAVIEST, MOST_PIECES = 1_000_000, 100_000


class VariantRow(Form):
    """One variant; `values` are its options, which make it the one it is. `on_hand` is asked of new ones."""

    values = HiddenField()
    known = HiddenField()
    sku = StringField(_l("Article number"), filters=[stripped], validators=[Length(max=255), NO_CONTROLS])
    barcode = StringField(_l("Barcode"), filters=[stripped], validators=[Length(max=255), NO_CONTROLS])
    price = StringField(_l("Price"), filters=[stripped])
    compare_at = StringField(_l("Price before"), filters=[stripped])
    grams = StringField(_l("Grams"), filters=[stripped])
    on_hand = StringField(_l("Pieces"), filters=[stripped])
    gone = BooleanField(_l("No longer sold"))

    @property
    def options(self) -> list[str]:
        """The values of its options; nothing for nonsense."""
        try:
            found = orjson.loads(self.values.data or "[]")
        except orjson.JSONDecodeError:
            return []
        return [str(one)[:255] for one in found] if isinstance(found, list) else []

    @property
    def label(self) -> str:
        return " / ".join(self.options)

    def read(self, currency: str) -> VariantDraft | None:
        """The variant, or None with what is wrong said beside its field."""
        price = _figure(self.price, currency, _("Write a price, such as 80 or 79.90."), needed=True)
        compare_at = _figure(self.compare_at, currency, _("Write a price, such as 80 or 79.90."))
        grams = _whole(self.grams, HEAVIEST)
        on_hand = _whole(self.on_hand, MOST_PIECES)
        if self.price.errors or self.compare_at.errors or self.grams.errors or self.on_hand.errors:
            return None
        if compare_at is not None and compare_at <= (price or 0):
            self.compare_at.errors = (_("It has to be higher than the price, or empty."),)
            return None
        return VariantDraft(
            option_values=self.options,
            price=Money(price or 0, currency),
            compare_at=Money(compare_at, currency) if compare_at is not None else None,
            sku=self.sku.data or "",
            barcode=self.barcode.data or "",
            grams=grams or 0,
            on_hand=None if self.known.data else on_hand or 0,
            tracked=None if self.known.data else True,
        )


def _figure(field: StringField, currency: str, told: str, *, needed: bool = False) -> int | None:
    if not field.data and not needed:
        return None
    figure = typed_price(field.data, currency)
    if figure is None or figure > HIGHEST:
        field.errors = (told,)
    return figure


def _whole(field: StringField, most: int) -> int | None:
    typed = field.data or ""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 9 and int(typed) <= most):
        field.errors = (_("Write a whole number."),)
        return None
    return int(typed)
