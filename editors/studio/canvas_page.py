"""What the canvas of a look is given: the scene, the pieces by number, the sentences, the addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from editors.looks.arranging import stored_scene
from editors.looks.canvas.grounds import GROUNDS, fill_of
from editors.looks.canvas.scene import (
    FARTHEST_X,
    FARTHEST_Y,
    INKS,
    LARGEST,
    LONGEST_CAPTION,
    MOST_CAPTIONS,
    SMALLEST,
)
from editors.looks.models import MOST_OF_ONE, MOST_PIECES, Look
from editors.looks.painting.drawing import LETTER_DROP, LETTER_SIZE
from editors.looks.pictures import laid_down
from editors.studio.canvas_words import canvas_words
from foundation.files.storage import url_of
from foundation.i18n import reader_language
from foundation.money import Money
from foundation.settings import current
from foundation.web.formats import money
from storefront.catalog.models import Product, ProductStatus
from storefront.stock.queries import available

#: So few of a piece in all its sizes are told.
FEW = 3
LIMITS = {
    "pieces": MOST_PIECES,
    "ofOne": MOST_OF_ONE,
    "captions": MOST_CAPTIONS,
    "letters": LONGEST_CAPTION,
    "x": FARTHEST_X,
    "y": FARTHEST_Y,
    "smallest": SMALLEST,
    "largest": LARGEST,
}


def canvas_values(look: Look, products: Sequence[Product]) -> dict[str, Any]:
    """Everything the script of the canvas reads, as one JSON value."""
    return {
        "look": look.id,
        "version": look.version,
        "onShow": look.on_show,
        "language": reader_language(),
        "scene": stored_scene(look).as_dict(),
        "sum": sum_of({piece.product_id: piece.quantity for piece in look.pieces}, products),
        "pieces": {str(values["id"]): values for values in pieces_values(products)},
        "grounds": {
            ground.value: {"fill": fill_of(ground), "name": str(painted.words)}
            for ground, painted in GROUNDS.items()
        },
        "letters": {"size": LETTER_SIZE, "drop": LETTER_DROP, "inks": {i.value: INKS[i] for i in INKS}},
        "limits": LIMITS,
        "words": canvas_words(),
        "save": url_for("studio_canvas.save", look_id=look.id),
        "arranged": url_for("studio_canvas.arranged", look_id=look.id),
        "drawer": url_for("studio_canvas.drawer", look_id=look.id),
        "total": url_for("studio_canvas.total", look_id=look.id),
        "copy": url_for("studio_canvas.copy", look_id=look.id),
    }


def sum_of(bought: Mapping[int, int], products: Iterable[Product]) -> str:
    """What so many of these products cost together, each at its lowest price, as the reader writes money."""
    total = Money.zero(current().currency)
    for product in products:
        total = total + product.price * bought[product.id]
    return money(total)


def pieces_values(products: Iterable[Product], instead: int | None = None) -> list[dict[str, Any]]:
    """Products, variants and covers loaded, for the script, with what an editor should know of each.

    `instead`: the piece they are offered for.
    """
    shown = list(products)
    left = available(variant.id for product in shown for variant in product.variants)
    return [_values(product, left) | ({"instead": instead} if instead else {}) for product in shown]


def _values(product: Product, left: Mapping[int, int]) -> dict[str, Any]:
    """One: its name and price, and its picture around the middle of the garment."""
    shape, key = laid_down(product)
    return {
        "id": product.id,
        "name": product.name,
        "colour": product.colour_name,
        "price": money(product.price),
        "href": url_of(key) if key else None,
        "frame": shape.frame,
        "size": shape.size,
        "notes": _notes(product, left),
        "gone": _is_gone(product, left),
    }


def _notes(product: Product, left: Mapping[int, int]) -> list[str]:
    """What an editor should know before the look goes out: gone, nearly gone, cheaper than it was."""
    if product.status != ProductStatus.ACTIVE:
        return [gettext("No longer sold")]
    if _is_gone(product, left):
        return [gettext("Sold out")]
    notes = []
    number = sum(left.get(variant.id, 0) for variant in product.variants)
    if number <= FEW:
        notes.append(ngettext("Only %(num)s left", "Only %(num)s left", number))
    if any(variant.compare_at for variant in product.variants):
        notes.append(gettext("Reduced price"))
    return notes


def _is_gone(product: Product, left: Mapping[int, int]) -> bool:
    return product.status != ProductStatus.ACTIVE or not any(
        left.get(variant.id, 0) for variant in product.variants
    )
