"""What can be wrong with a product file: a name for each fault, and its sentence in the reader's language.

A fault is kept by its name and its values, so that one import is read in English by one and in Italian by
another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Fault(StrEnum):
    """Of the whole file first, then of one product or cell."""

    EMPTY = "empty"
    NOT_UTF8 = "not_utf8"
    WORKBOOK = "workbook"
    HEADER_BROKEN = "header_broken"
    SAME_COLUMN = "same_column"
    NO_TITLE_COLUMN = "no_title_column"
    NO_PRICE_COLUMN = "no_price_column"
    SCATTERED = "scattered"
    TOO_LARGE = "too_large"

    ROW_BROKEN = "row_broken"
    TOO_MANY_CELLS = "too_many_cells"
    ZERO_BYTE = "zero_byte"
    NO_HANDLE = "no_handle"
    NO_TITLE = "no_title"
    OTHER_TITLE = "other_title"
    OPTION_NAME_MISSING = "option_name_missing"
    OPTION_VALUE_MISSING = "option_value_missing"
    SAME_VARIANT = "same_variant"
    SKU_IN_FILE = "sku_in_file"
    SKU_IN_SHOP = "sku_in_shop"
    NO_PRICE = "no_price"
    NOT_A_PRICE = "not_a_price"
    THOUSANDS = "thousands"
    BELOW_ZERO = "below_zero"
    NOT_IN_CURRENCY = "not_in_currency"
    TOO_HIGH = "too_high"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    NEITHER = "neither"
    POLICY = "policy"
    NO_ADDRESS = "no_address"
    NO_MOMENT = "no_moment"
    TOO_LONG = "too_long"
    HANDLE_SIGNS = "handle_signs"
    STATUS = "status"
    GIFT_CARD = "gift_card"
    FORMULA = "formula"


SENTENCES: dict[Fault, Any] = {
    Fault.EMPTY: _l("The file is empty."),
    Fault.NOT_UTF8: _l("The file is not UTF-8 (line %(line)s, near byte %(byte)s). Save it as “CSV UTF-8”."),
    Fault.WORKBOOK: _l("This is a workbook, and no CSV. Open it and save it as “CSV UTF-8”."),
    Fault.HEADER_BROKEN: _l("The first row cannot be read: a quotation mark is never closed, or misplaced."),
    Fault.SAME_COLUMN: _l("The columns %(first)s and %(second)s mean the same. Leave one of them out."),
    Fault.NO_TITLE_COLUMN: _l(
        "There is no column Title in the first row. Is this a product file, separated by commas?"
    ),
    Fault.NO_PRICE_COLUMN: _l("There is no column Price in the first row. Every piece needs one."),
    Fault.SCATTERED: _l(
        "The rows of too many products lie apart (row %(row)s). Sort the file by its handles first."
    ),
    Fault.TOO_LARGE: _l("The file is larger than %(most)s MB. Cut it in two and bring them in one by one."),
    Fault.ROW_BROKEN: _l("The row cannot be read: a quotation mark is never closed, or misplaced."),
    Fault.TOO_MANY_CELLS: _l("The row has %(cells)s cells, the first row has %(columns)s."),
    Fault.ZERO_BYTE: _l("There is a zero byte in the row."),
    Fault.NO_HANDLE: _l("The handle is missing."),
    Fault.NO_TITLE: _l("The title is missing."),
    Fault.OTHER_TITLE: _l("Row %(row)s has the same handle and another title."),
    Fault.OPTION_NAME_MISSING: _l("The option has a value and no name."),
    Fault.OPTION_VALUE_MISSING: _l("The value of this option is missing."),
    Fault.SAME_VARIANT: _l("Row %(row)s is the same variant."),
    Fault.SKU_IN_FILE: _l("“%(sku)s” is the article number of %(handle)s in row %(row)s as well."),
    Fault.SKU_IN_SHOP: _l("“%(sku)s” is the article number of %(handle)s already."),
    Fault.NO_PRICE: _l("The price is missing."),
    Fault.NOT_A_PRICE: _l("“%(value)s” is not a price. Write it like 49.90."),
    Fault.THOUSANDS: _l(
        "“%(value)s” is not a price: it has a mark for thousands. Write it without, like 1234.56."
    ),
    Fault.BELOW_ZERO: _l("“%(value)s” is not a price: it is below zero."),
    Fault.NOT_IN_CURRENCY: _l("“%(value)s” is not a price in %(currency)s. Write it like 49.90."),
    Fault.TOO_HIGH: _l("“%(value)s” is higher than any price we take."),
    Fault.NOT_WHOLE: _l("“%(value)s” is not a whole number."),
    Fault.NEGATIVE: _l("It may not be negative."),
    Fault.NEITHER: _l("“%(value)s” is neither true nor false."),
    Fault.POLICY: _l("“%(value)s” is neither deny nor continue."),
    Fault.NO_ADDRESS: _l("“%(value)s” is not an address that begins with http:// or https://."),
    Fault.NO_MOMENT: _l("“%(value)s” is not a date and time. Write it like 2026-05-01T09:00:00Z."),
    Fault.TOO_LONG: _l("Longer than %(most)s characters (%(length)s)."),
    Fault.HANDLE_SIGNS: _l("A handle has letters, digits and hyphens only."),
    Fault.STATUS: _l("“%(value)s” is none of active, draft, archived."),
    Fault.GIFT_CARD: _l("Gift cards are not sold here as products."),
    Fault.FORMULA: _l("“%(value)s” is a formula. Save the file with what it comes to."),
}
SHORT = 40


@dataclass(frozen=True)
class Said:
    """One fault with the file's own words; as text it is the sentence, in the reader's language."""

    fault: Fault
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(SENTENCES[self.fault]) % self.values


def said(fault: Fault, **values: str | int) -> Said:
    """A fault with what belongs into its sentence; a cell of the file is shortened."""
    short = {name: _short(value) if isinstance(value, str) else value for name, value in values.items()}
    return Said(fault, short)


def _short(value: str) -> str:
    return value if len(value) <= SHORT else value[: SHORT - 1] + "…"


class FileRefused(ValueError):
    """The file as a whole cannot be read; `said` tells why."""

    def __init__(self, fault: Fault, **values: str | int) -> None:
        self.said = said(fault, **values)
        super().__init__(fault.value)

    def __str__(self) -> str:
        return str(self.said)
