from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import get_currency_precision
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from foundation.money import Money
from storefront.catalog.models import ProductStatus

HIGHEST_PRICE = 99_999_999  # major units
HIGHEST_COUNT = 1_000_000_000
LONGEST_BODY = 200_000
TRUE, FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class Price(fields.Field[Money]):
    """An amount as text, read digit by digit: `49.9`, `49.90`, or `49,90` as in an Italian spreadsheet."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> Money:
        currency: str = self.context_currency()
        digits = get_currency_precision(currency)
        match = re.fullmatch(r"([0-9]+)(?:([.,])([0-9]+))?", value)
        if match is None:
            raise ValidationError(f"“{_short(value)}” is not a price. Write it like 49.90.")
        whole, mark, part = match[1], match[2], match[3] or ""
        if len(part) > digits or (mark == "," and len(part) != digits):
            raise ValidationError(f"“{_short(value)}” is not a price in {currency}. Write it like 49.90.")
        if len(whole) > len(str(HIGHEST_PRICE)) or int(whole) > HIGHEST_PRICE:
            raise ValidationError(f"“{_short(value)}” is higher than any price we take.")
        return Money(int(whole + part.ljust(digits, "0")), currency)

    def context_currency(self) -> str:
        """The shop's currency: the file names none."""
        return str(getattr(self.parent, "currency"))  # noqa: B009


class Count(fields.Field[int]):
    """A whole number; `12.0` is one too, because spreadsheets like to add that."""

    def __init__(self, *, negative: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.negative = negative

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> int:
        match = re.fullmatch(r"(-?[0-9]{1,12})(?:[.,]0+)?", value)
        if match is None or abs(int(match[1])) > HIGHEST_COUNT:
            raise ValidationError(f"“{_short(value)}” is not a whole number.")
        number = int(match[1])
        if number < 0 and not self.negative:
            raise ValidationError("It may not be negative.")
        return number


class Flag(fields.Field[bool]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> bool:
        word = value.casefold()
        if word not in TRUE | FALSE:
            raise ValidationError(f"“{_short(value)}” is neither true nor false.")
        return word in TRUE


class Policy(fields.Field[bool]):
    """Whether it may be sold below zero: deny or continue in one dialect, true or false in the other."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> bool:
        word = value.casefold()
        if word not in {"deny", "continue"} | TRUE | FALSE:
            raise ValidationError(f"“{_short(value)}” is neither deny nor continue.")
        return word in {"continue"} | TRUE


class Address(fields.Field[str]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> str:
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.netloc or len(value) > 2000:
            raise ValidationError(
                f"“{_short(value)}” is not an address that begins with http:// or https://."
            )
        return str(value)


def _text(limit: int) -> fields.String:
    return fields.String(validate=validate.Length(max=limit, error=f"Longer than {limit} characters."))


class RowSchema(Schema):
    """One row of a product file, its columns by their meaning; cells that are empty are not there."""

    class Meta:
        unknown = EXCLUDE

    def __init__(self, *, currency: str) -> None:
        super().__init__()
        self.currency = currency

    handle = fields.String(
        validate=[
            validate.Length(max=200, error="Longer than 200 characters."),
            validate.Regexp(r"^[\w][\w.-]*$", error="A handle has letters, digits and hyphens only."),
        ]
    )
    title = _text(255)
    body = _text(LONGEST_BODY)
    vendor = _text(255)
    category = _text(500)
    kind = _text(255)
    tags = _text(5000)
    published = Flag()
    status = fields.String(
        validate=validate.OneOf(
            [status.value for status in ProductStatus], error="It is none of active, draft, archived."
        )
    )
    option1_name, option2_name, option3_name = _text(120), _text(120), _text(120)
    option1_value, option2_value, option3_value = _text(120), _text(120), _text(120)
    sku = _text(255)
    barcode = _text(255)
    price = Price()
    compare_at = Price()
    tracker = _text(120)
    quantity = Count(negative=True)
    policy = Policy()
    grams = Count()
    image = Address()
    image_position = Count()
    image_alt = _text(1000)
    variant_image = Address()
    gift_card = Flag()
    colour = _text(120)
    fabric = _text(500)

    @validates_schema
    def no_gift_cards(self, data: dict[str, Any], **unused: Any) -> None:
        if data.get("gift_card"):
            raise ValidationError("Gift cards are not sold here as products.", "gift_card")


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
