"""What a cell of a product file may hold, and what it means: one field for each column we use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from babel.numbers import get_currency_precision
from marshmallow import Schema, ValidationError, fields

from foundation import days
from foundation.money import Money, minor_of
from foundation.spreadsheets import as_written
from storefront.catalog.models import ProductStatus
from storefront.sheets.faults import Fault, Said, said

HIGHEST_PRICE = 99_999_999  # major units
HIGHEST_COUNT = 1_000_000_000
LONGEST_BODY = 200_000
TRUE, FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
# How spreadsheets are made to keep the zeros before a number.
QUOTED_NUMBER = re.compile(r'="([^"]*)"')
# Cells that repeat are read once: sizes, prices, brands. What is longer hardly ever does.
REPEATS, MOST_MET = 40, 20_000


class CellRefused(ValidationError):
    """A cell that does not hold what its column wants."""

    def __init__(self, fault: Fault, **values: str | int) -> None:
        self.said = said(fault, **values)
        super().__init__(fault.value)


class Words(fields.Field[str]):
    """A text of at most `most` characters; never a formula."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> str:
        text = str(value)
        if text[0] == "=":
            kept = QUOTED_NUMBER.fullmatch(text)
            if kept is None:
                raise CellRefused(Fault.FORMULA, value=text)
            text = kept[1]
        elif text[0] == "'":
            text = as_written(text)
        if len(text) > self.most:
            raise CellRefused(Fault.TOO_LONG, most=self.most, length=len(text))
        return text


class Handle(Words):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> str:
        if not re.fullmatch(r"\w[\w.-]*", value):
            raise CellRefused(Fault.HANDLE_SIGNS)
        return super()._deserialize(value, attr, data)


class Price(fields.Field[Money]):
    """An amount as text, read digit by digit: `49.9`, `49.90`, or `49,90` as in an Italian spreadsheet."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> Money:
        currency: str = self.context_currency()
        match = re.fullmatch(r"([0-9]+)(?:([.,])([0-9]+))?", value)
        if match is None:
            if re.fullmatch(r"-[0-9.,]+", value):
                raise CellRefused(Fault.BELOW_ZERO, value=value)
            if re.fullmatch(r"[0-9]{1,3}(?:[., '’][0-9]{3})+(?:[.,][0-9]+)?", value):
                raise CellRefused(Fault.THOUSANDS, value=value)
            raise CellRefused(Fault.NOT_A_PRICE, value=value)
        whole, mark, part = match[1], match[2], match[3] or ""
        if mark == "," and len(part) != get_currency_precision(currency):
            raise CellRefused(Fault.NOT_IN_CURRENCY, value=value, currency=currency)
        if len(whole) > len(str(HIGHEST_PRICE)) or int(whole) > HIGHEST_PRICE:
            raise CellRefused(Fault.TOO_HIGH, value=value)
        try:
            return Money(minor_of(whole, part, currency), currency)
        except ValueError:
            raise CellRefused(Fault.NOT_IN_CURRENCY, value=value, currency=currency) from None

    def context_currency(self) -> str:
        """The shop's currency: the file names none."""
        return str(getattr(self.parent, "currency"))  # noqa: B009


class Count(fields.Field[int]):
    """A whole number; `12.0` is one too, because spreadsheets like to add that."""

    def __init__(self, *, negative: bool = False) -> None:
        super().__init__()
        self.negative = negative

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> int:
        match = re.fullmatch(r"(-?[0-9]{1,12})(?:[.,]0+)?", value)
        if match is None or abs(int(match[1])) > HIGHEST_COUNT:
            raise CellRefused(Fault.NOT_WHOLE, value=value)
        number = int(match[1])
        if number < 0 and not self.negative:
            raise CellRefused(Fault.NEGATIVE)
        return number


class Flag(fields.Field[bool]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> bool:
        word = value.casefold()
        if word not in TRUE | FALSE:
            raise CellRefused(Fault.NEITHER, value=value)
        return word in TRUE


class NoGiftCard(Flag):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> bool:
        if super()._deserialize(value, attr, data):
            raise CellRefused(Fault.GIFT_CARD)
        return False


class Policy(fields.Field[bool]):
    """Whether it may be sold below zero: deny or continue in one dialect, true or false in the other."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> bool:
        word = value.casefold()
        if word not in {"deny", "continue"} | TRUE | FALSE:
            raise CellRefused(Fault.POLICY, value=value)
        return word in {"continue"} | TRUE


class Status(fields.Field[str]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> str:
        word = str(value.casefold())
        if word not in set(ProductStatus):
            raise CellRefused(Fault.STATUS, value=value)
        return word


class Address(fields.Field[str]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> str:
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.netloc or len(value) > 2000:
            raise CellRefused(Fault.NO_ADDRESS, value=value)
        return str(value)


class Moment(fields.Field[datetime]):
    """A moment with its offset from UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **unused: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not days.known(moment):
            raise CellRefused(Fault.NO_MOMENT, value=value)
        return moment


class RowSchema(Schema):
    """One row of a product file, its columns by their meaning; a cell that is empty says nothing."""

    # Hardly one of these is there twice, so they would only push out of memory what is.
    OF_THEIR_OWN: ClassVar = frozenset({"title", "title_it", "sku", "barcode", "image"})

    def __init__(self, *, currency: str) -> None:
        super().__init__()
        self.currency = currency
        self._met: dict[tuple[str, str], Any] = {}

    def read(self, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[tuple[str, Said]]]:
        """What the cells that are not empty mean, and what is wrong with the others, by column."""
        values: dict[str, Any] = {}
        wrong: list[tuple[str, Said]] = []
        met = self._met
        for key, text in cells.items():
            value = met.get((key, text))
            try:
                values[key] = self.cell(key, text) if value is None else value
            except CellRefused as refused:
                wrong.append((key, refused.said))
        return values, wrong

    def cell(self, key: str, text: str) -> Any:
        """What one cell means. Raises `CellRefused`."""
        value = self._met.get((key, text))
        if value is None:
            # Not by `deserialize`: nothing is missing here or checked twice, and to find that out costs more.
            value = self.fields[key]._deserialize(text, None, None)
            if len(text) <= REPEATS and key not in self.OF_THEIR_OWN:
                if len(self._met) == MOST_MET:
                    self._met.clear()
                self._met[key, text] = value
        return value

    handle = Handle(200)
    title = Words(255)
    title_it = Words(255)
    body = Words(LONGEST_BODY)
    body_it = Words(LONGEST_BODY)
    seo_title = Words(255)
    seo_title_it = Words(255)
    seo_description = Words(1000)
    seo_description_it = Words(1000)
    vendor = Words(255)
    category = Words(500)
    kind = Words(255)
    department = Words(80)
    slot = Words(20)
    tags = Words(5000)
    published = Flag()
    published_at = Moment()
    status = Status()
    option1_name, option2_name, option3_name = Words(120), Words(120), Words(120)
    option1_value, option2_value, option3_value = Words(120), Words(120), Words(120)
    sku = Words(255)
    barcode = Words(255)
    price = Price()
    compare_at = Price()
    tracker = Words(120)
    quantity = Count(negative=True)
    policy = Policy()
    grams = Count()
    image = Address()
    image_position = Count()
    image_alt = Words(1000)
    image_alt_it = Words(1000)
    variant_image = Address()
    gift_card = NoGiftCard()
    colour = Words(120)
    colour_it = Words(120)
    fabric = Words(500)
    fabric_it = Words(500)
    care = Words(2000)
    care_it = Words(2000)
