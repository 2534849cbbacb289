"""The versions of a look as rows of a page, each with its drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from editors.looks.canvas.garment import Lying
from editors.looks.canvas.scene import Scene
from editors.looks.models import LookVersion
from editors.looks.painting.drawing import drawing_of, photo_drawing
from editors.looks.pictures import laid_down
from editors.looks.queries import look_versions
from editors.looks.versions import scene_in
from foundation.i18n import pick
from storefront.catalog.models import Product
from storefront.catalog.queries import products_by_ids


def versions_shown(look_id: int) -> list[dict[str, Any]]:
    """The latest versions: number, moment, title, how many pieces, and what `drawn` draws."""
    kept = look_versions(look_id)
    scenes = {one.number: scene_in(one.content) for one in kept}
    wanted = {product for scene in scenes.values() for product in scene.lying}
    products = {product.id: product for product in products_by_ids(wanted)}
    return [_row(one, scenes[one.number], products) for one in kept]


def _row(kept: LookVersion, scene: Scene, products: Mapping[int, Product]) -> dict[str, Any]:
    return {
        "number": kept.number,
        "made_at": kept.made_at,
        "title": pick(kept.content["title"], kept.content["title_it"]),
        "pieces": len(scene.lying),
        "drawing": photo_drawing(kept.photo_key)
        if kept.photo_key
        else drawing_of(scene.ground, _lying(scene, products), scene.captions),
    }


def _lying(scene: Scene, products: Mapping[int, Product]) -> list[Lying]:
    found = []
    for product_id, places in scene.lying.items():
        if product_id not in products:
            continue
        shape, key = laid_down(products[product_id])
        (layer, spot), *again = places
        found.append(
            Lying(
                x=spot.x,
                y=spot.y,
                scale=spot.scale,
                rotation=spot.rotation,
                layer=layer,
                flip=spot.flip,
                copies=[{"layer": at, **one.as_dict()} for at, one in again],
                medium_key=key,
                garment=shape,
            )
        )
    return found
