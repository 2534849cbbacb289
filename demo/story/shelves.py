"""Fill the shop: every product of the demo's catalogue through the catalogue's own action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from demo.catalogue import CATALOGUE, Product
from demo.pictures import Picture, render_all
from foundation.actors import Actor
from foundation.files.storage import store
from foundation.money import Money
from storefront.catalog.actions import attach_picture, save_products
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus
from storefront.catalog.naming import title_and_colour

CURRENCY = "EUR"
BATCH = 40
VENDOR = "Vetrina"
SMALL, MEDIUM, LARGE = 240, 480, 720

# The demo's shelves, as the departments of the shop know them.
DEPARTMENTS = {
    "tops": "tops",
    "shirts-and-blouses": "tops",
    "knitwear": "knitwear",
    "jackets-and-coats": "outerwear",
    "trousers-and-jeans": "trousers",
    "skirts": "skirts",
    "dresses-and-jumpsuits": "dresses",
    "shoes": "shoes",
    "bags": "bags",
    "accessories": "accessories",
}

Drawings = dict[str, PictureDraft]
Progress = Callable[[int, int], None]


class _Words(NamedTuple):
    """A product as the naming of the shop reads it."""

    title: str
    title_it: str
    colour: str
    colour_it: str


def draw_pictures(folder: Path, progress: Progress | None = None) -> Drawings:
    """Render what is not rendered yet and keep the files where the shop serves them from, by handle."""
    rendered = render_all([product.drawn for product in CATALOGUE], folder, progress=progress)
    return {product.handle: _picture(product, rendered[product.drawn]) for product in CATALOGUE}


def fill(*, actor: Actor, today: datetime, drawings: Drawings) -> dict[str, int]:
    """Put every product on its shelf; the ids by handle. Without a drawing it shows the shop's placeholder."""
    drafts = [_draft(product, today) for product in CATALOGUE]
    ids: dict[str, int] = {}
    for start in range(0, len(drafts), BATCH):
        saved = save_products(actor=actor, drafts=drafts[start : start + BATCH])
        ids |= {one.handle: one.product_id for one in saved}
    for handle, picture in drawings.items():
        attach_picture(actor=actor, product_id=ids[handle], rendition=picture)
    return ids


def _draft(product: Product, today: datetime) -> ProductDraft:
    compare_at = product.compare_at_minor
    return ProductDraft(
        handle=product.handle,
        title=product.title,
        title_it=product.title_it,
        description=f"<p>{product.story}</p>",
        description_it=f"<p>{product.story_it}</p>",
        vendor=VENDOR,
        category=DEPARTMENTS[product.category.key],
        kind=product.drawn.kind,
        slot=product.slot,
        colour=product.colour[0],
        colour_it=product.colour[1],
        fabric=product.cloth.en,
        fabric_it=product.cloth.it,
        care=product.cloth.care_en,
        care_it=product.cloth.care_it,
        tags=product.occasions,
        option_names=("Size",) if len(product.labels) > 1 else (),
        status=ProductStatus.ACTIVE,
        published_at=today - timedelta(days=product.published_days_ago),
        variants=[
            VariantDraft(
                price=Money(product.price_minor, CURRENCY),
                compare_at=Money(compare_at, CURRENCY) if compare_at else None,
                option_values=(size.label,) if len(product.labels) > 1 else (),
                sku=size.sku,
                barcode=size.barcode,
                grams=product.weight_g,
                on_hand=size.stock,
            )
            for size in product.sizes
        ],
    )


def _picture(product: Product, picture: Picture) -> PictureDraft:
    words = _Words(product.title, product.title_it, *product.colour)
    x, y, width, height = picture.box
    keys = {size: store(picture.files[size].read_bytes(), ".webp") for size in (SMALL, MEDIUM, LARGE)}
    return PictureDraft(
        alt=title_and_colour(words, "en"),
        alt_it=title_and_colour(words, "it"),
        small_key=keys[SMALL],
        medium_key=keys[MEDIUM],
        large_key=keys[LARGE],
        width=picture.width,
        height=picture.height,
        body_x=x,
        body_y=y,
        body_width=width,
        body_height=height,
        real_height_mm=picture.height_mm,
    )
