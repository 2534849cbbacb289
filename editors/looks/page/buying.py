"""The form of a look: a size and a quantity for each piece, read with everything that can be wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from editors.looks.models import MOST_OF_ONE, LookPiece
from foundation.money import Money
from foundation.web.formats import money
from storefront.cart.policy import Choice
from storefront.catalog.categories import slot_of
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.policy import size_of
from storefront.usual.policy import fitting

USUAL_MOST = 3


@dataclass
class PieceRow:
    """One piece as the form shows it: what can be chosen, what is chosen, what is wrong."""

    number: int
    piece: LookPiece
    product: Product
    variants: Sequence[Variant]
    left: Set[int]
    chosen: int | None
    quantity: int
    wrong: str | None = None

    @property
    def sold_out(self) -> bool:
        return not self.left

    @property
    def withdrawn(self) -> bool:
        """Whether the shop no longer has it at all; then there is no page to lead to either."""
        return self.product.status != ProductStatus.ACTIVE

    @property
    def most(self) -> int:
        return max(USUAL_MOST, self.piece.quantity, min(self.quantity, MOST_OF_ONE))

    @property
    def size_name(self) -> str:
        return f"size-{self.piece.id}"

    @property
    def quantity_name(self) -> str:
        return f"quantity-{self.piece.id}"

    @property
    def only_variant(self) -> Variant | None:
        """The variant of a piece that comes in one size; the form then asks for none."""
        return self.variants[0] if len(self.variants) == 1 else None

    @property
    def price(self) -> Money:
        """What one costs: of the chosen size, or of the cheapest that is left."""
        by_id = {variant.id: variant.price for variant in self.variants}
        if self.chosen in by_id:
            return by_id[self.chosen]
        return min((by_id[one] for one in by_id if one in self.left), default=self.product.price)

    @property
    def total(self) -> Money:
        return self.price * (0 if self.sold_out else self.quantity)

    @property
    def note(self) -> str:
        """The quiet line under the name: its colour, and what one costs where the look takes several."""
        parts = [self.product.colour_name] if self.product.colour_name else []
        if self.quantity > 1:
            parts.append(gettext("%(price)s each", price=money(self.price)))
        return ". ".join(parts)

    @property
    def spoken(self) -> str:
        """How the number on the picture is read out."""
        return f"{self.product.name}, {money(self.price * self.piece.quantity)}"

    @property
    def choices(self) -> list[dict[str, Any]]:
        """For the size picker: sold out sizes stay in the row and say so."""
        return [
            {
                "value": variant.id,
                "label": variant.label or gettext("One size"),
                "sold_out": variant.id not in self.left,
                "minor": variant.price_minor,
            }
            for variant in self.variants
        ]


def rows_of(pieces: Sequence[LookPiece], left: Set[int], kept: Mapping[str, str]) -> list[PieceRow]:
    """The form as it opens: quantities as in the look, and a size where there is no choice or we know it.

    `left`: the variants that can be bought. `kept`: the sizes of the reader, as `usual.policy` wants them.
    """
    return [_row(number, piece, left, kept) for number, piece in enumerate(pieces, start=1)]


def sizes_chosen(rows: Sequence[PieceRow]) -> dict[str, str]:
    """The sizes that are to go into the bag, by the place where they are worn."""
    found = {}
    for row in rows:
        variant = next((one for one in row.variants if one.id == row.chosen and row.quantity), None)
        if variant is not None and len(row.variants) > 1:
            found[slot_of(row.product.category)] = _size(row.product, variant)
    return found


def read_choices(
    rows: Sequence[PieceRow], form: MultiDict[str, str], *, counting: bool = False
) -> list[Choice]:
    """Put what was sent into the rows and return what is to go into the bag.

    Rows with something wrong say so in `wrong`; then the result must not be used. Sold-out pieces and
    pieces with quantity 0 are left out. `counting`: only the total is asked for, and sizes may be missing.
    """
    chosen = []
    for row in rows:
        if row.sold_out:
            continue
        _read(row, form, counting)
        if row.wrong is None and row.quantity and row.chosen is not None:
            chosen.append(Choice(row.chosen, row.quantity))
    return chosen


def total_of(rows: Sequence[PieceRow], currency: str) -> Money:
    """What the look costs as it is set now, tax included."""
    amount = Money.zero(currency)
    for row in rows:
        amount = amount + row.total
    return amount


def count_of(rows: Sequence[PieceRow]) -> int:
    return sum(row.quantity for row in rows if not row.sold_out)


def _row(number: int, piece: LookPiece, left: Set[int], kept: Mapping[str, str]) -> PieceRow:
    product = piece.product
    sold = product.status == ProductStatus.ACTIVE
    there = [variant.id for variant in product.variants if sold and variant.id in left]
    return PieceRow(
        number=number,
        piece=piece,
        product=product,
        variants=product.variants,
        left=frozenset(there),
        chosen=there[0] if len(there) == 1 else _usual(product, there, kept),
        quantity=piece.quantity,
    )


def _usual(product: Product, there: Sequence[int], kept: Mapping[str, str]) -> int | None:
    """The variant in the reader's size; None where it is not known, sold out, or comes in several colours."""
    sizes = {variant.id: _size(product, variant) for variant in product.variants}
    size = fitting(kept, slot_of(product.category), sizes.values())
    found = [variant_id for variant_id in there if size and sizes[variant_id] == size]
    return found[0] if len(found) == 1 else None


def _size(product: Product, variant: Variant) -> str:
    return size_of(product.option_names, variant.option_values)


def _read(row: PieceRow, form: MultiDict[str, str], counting: bool) -> None:
    size = form.get(row.size_name, "")
    known = {str(variant.id): variant.id for variant in row.variants}
    row.chosen = known.get(size, row.chosen if not size else None)
    quantity = form.get(row.quantity_name, str(row.quantity)).strip()
    if not (quantity.isascii() and quantity.isdecimal() and len(quantity) == 1):
        row.wrong = gettext("How many? A whole number from 0 to %(most)s.", most=MOST_OF_ONE)
        return
    row.quantity = int(quantity)
    if row.quantity and row.chosen is None and not counting:
        row.wrong = gettext("Choose a size, or set the quantity to 0.")
