"""The picture of a look for a template: the composed one, or its pieces drawn until it is there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from editors.looks.canvas.garment import Garment, Lying, garment
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH
from editors.looks.cards import LookCard
from editors.looks.models import Look, LookPiece
from editors.looks.painting.drawing import drawing_of, photo_drawing
from editors.looks.painting.picture import WIDTHS
from editors.looks.words import signed_by
from foundation.files.storage import outside_url, url_of
from foundation.i18n import pick
from storefront.catalog.cards import product_path
from storefront.catalog.models import PictureStatus, Product

#: How wide a number is on that canvas, and how near it comes to the edge.
SPOT_WIDTH, EDGE = 19, 11
SPOT_UNITS = 24  # tenths of a canvas unit in a unit of the spots' own canvas, 300 x 400


def card_values(look: LookCard) -> dict[str, Any]:
    """What the macros of a look need; `look.total` is None for a draft without pieces."""
    alt = _words(look, [piece.name for piece in look.pieces])
    return {
        "href": url_for("looks.look", slug=look.slug),
        "title": look.name,
        "by": signed_by(look.editor_name, look.with_name),
        "picture": _composed(look, alt),
        "alt": alt,
        "drawing": photo_drawing(look.photo_key)
        if look.photo_key
        else drawing_of(look.ground, [piece.lying for piece in look.pieces], look.captions),
        "pieces": len(look.pieces),
        "piece_names": [piece.name for piece in look.pieces],
        "total": look.total,
        "credits": [
            {"name": piece.name, "href": product_path(piece.handle), "price": piece.price * piece.quantity}
            for piece in look.pieces
        ],
    }


def page_values(look: Look) -> dict[str, Any]:
    """The same for a look loaded with pieces, products and covers."""
    alt = _words(look, [piece.product.name for piece in look.pieces])
    return {
        "picture": _composed(look, alt),
        "alt": alt,
        "drawing": photo_drawing(look.photo_key)
        if look.photo_key
        else drawing_of(look.ground, [_lying(piece) for piece in look.pieces], look.captions),
    }


def spots_of(pieces: Sequence[LookPiece], labels: Sequence[str]) -> list[dict[str, Any]]:
    """The numbers on the picture, in the order of the pieces, each leading to its piece on the page."""
    spots: list[dict[str, Any]] = []
    for number, (piece, label) in enumerate(zip(pieces, labels, strict=True), start=1):
        x, y = _apart(piece.x / SPOT_UNITS, piece.y / SPOT_UNITS, [(one["x"], one["y"]) for one in spots])
        spots.append({"x": x, "y": y, "label": label, "href": f"#piece-{number}"})
    return spots


def _apart(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The place nearest by on the picture where a number covers no other."""
    rings = [(x, y)] + [
        (x + ring * SPOT_WIDTH * math.cos(turn), y + ring * SPOT_WIDTH * math.sin(turn))
        for ring in range(1, 7)
        for turn in (math.pi * step / 4 for step in range(8))
    ]
    inside = [(min(max(at, EDGE), 300 - EDGE), min(max(down, EDGE), 400 - EDGE)) for at, down in rings]
    free = (at for at in inside if all(math.dist(at, one) >= SPOT_WIDTH - 1 for one in taken))
    found = next(free, inside[0])
    return round(found[0], 1), round(found[1], 1)


def _composed(look: Look | LookCard, alt: str) -> dict[str, Any] | None:
    """The composed picture with its widths and its words; None until the job has made it."""
    if not (look.picture_small_key and look.picture_medium_key and look.picture_large_key):
        return None
    keys = (look.picture_small_key, look.picture_medium_key, look.picture_large_key)
    return {
        "src": url_of(look.picture_medium_key),
        "srcset": _widths(keys),
        "avif": _widths(look.picture_avif_keys),
        "shared": outside_url(url_of(look.picture_large_key)),
        "width": CANVAS_WIDTH,
        "height": CANVAS_HEIGHT,
        "alt": alt,
    }


def _widths(keys: Sequence[str]) -> str:
    """A srcset of the three widths; empty where there is none."""
    return ", ".join(f"{url_of(key)} {width}w" for key, width in zip(keys, WIDTHS, strict=False))


def _words(look: Look | LookCard, piece_names: Sequence[str]) -> str:
    """What somebody who does not see the picture is told: its pieces, and what is written among them."""
    title = pick(look.title, look.title_it)
    alt = gettext("Look: %(title)s. %(pieces)s", title=title, pieces=", ".join(piece_names))
    written = [one["text"] for one in look.captions if one["text"] not in (look.title, look.title_it)]
    if not written:
        return alt
    return gettext("%(look)s. It says: %(captions)s", look=alt, captions=" / ".join(written))


def laid_down(product: Product) -> tuple[Garment, str | None]:
    """A product, cover loaded, as a thing that is laid down, and the file of its picture if it has come."""
    cover = product.cover
    ready = cover if cover is not None and cover.status == PictureStatus.READY else None
    shape = garment(
        product.slot,
        ready.lying_large_key if ready else None,
        ready.width if ready else None,
        ready.height if ready else None,
        ready.body_x if ready else None,
        ready.body_y if ready else None,
        ready.body_width if ready else None,
        ready.body_height if ready else None,
        ready.real_height_mm if ready else None,
    )
    return shape, ready.lying_medium_key if ready else None


def _lying(piece: LookPiece) -> Lying:
    shape, medium_key = laid_down(piece.product)
    return Lying(
        x=piece.x,
        y=piece.y,
        scale=piece.scale,
        rotation=piece.rotation,
        layer=piece.layer,
        flip=piece.flip,
        copies=piece.copies,
        medium_key=medium_key,
        garment=shape,
    )
