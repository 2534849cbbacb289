"""What the canvas of a look is given: the scene, the pieces by number, the sentences, the addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from editors.looks.arranging import stored_scene
from editors.looks.drawing import LETTER_DROP, LETTER_SIZE
from editors.looks.grounds import GROUNDS, fill_of
from editors.looks.models import MOST_OF_ONE, MOST_PIECES, Look
from editors.looks.pictures import laid_down
from editors.looks.scene import (
    FARTHEST_X,
    FARTHEST_Y,
    INKS,
    LARGEST,
    LONGEST_CAPTION,
    MOST_CAPTIONS,
    SMALLEST,
)
from editors.studio.canvas_words import canvas_words
from foundation.files.storage import url_of
from foundation.i18n import reader_language
from foundation.settings import current
from foundation.web.formats import money
from storefront.catalog.models import Product, ProductStatus

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


def canvas_values(look: Look, products: Iterable[Product]) -> dict[str, Any]:
    """Everything the script of the canvas reads, as one JSON value."""
    return {
        "look": look.id,
        "version": look.version,
        "onShow": look.on_show,
        "language": reader_language(),
        "currency": current().currency,
        "scene": stored_scene(look).as_dict(),
        "pieces": {str(product.id): piece_values(product) for product in products},
        "grounds": {
            ground.value: {"fill": fill_of(ground), "name": str(painted.words)}
            for ground, painted in GROUNDS.items()
        },
        "letters": {"size": LETTER_SIZE, "drop": LETTER_DROP, "inks": {i.value: INKS[i] for i in INKS}},
        "limits": LIMITS,
        "words": canvas_words(),
        "save": url_for("studio_canvas.save", look_id=look.id),
        "copy": url_for("studio_canvas.copy", look_id=look.id),
    }


def piece_values(product: Product) -> dict[str, Any]:
    """A product for the script: its name and price, and its picture around the middle of the garment."""
    shape, key = laid_down(product)
    return {
        "id": product.id,
        "name": product.name,
        "colour": product.colour_name,
        "price": money(product.price),
        "minor": product.price.minor,
        "href": url_of(key) if key else None,
        "frame": shape.frame,
        "size": shape.size,
        "slot": product.slot,
        "sold": product.status == ProductStatus.ACTIVE,
    }
