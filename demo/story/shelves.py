"""Fill the shop: every product of the demo's catalogue through the catalogue's own action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from demo.catalogue import CATALOGUE, Product, Size
from demo.pictures import OPENING_WIDTHS, WIDTHS, Picture, render_all
from demo.story.looks import LOOKS
from foundation import clock
from foundation.actors import Actor
from foundation.files.storage import store
from foundation.money import Money
from storefront.catalog.actions import attach_picture, save_products
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus
from storefront.catalog.naming import title_and_colour

CURRENCY = "EUR"
# What is reduced was sold at its whole price before, so that the shop knows the lowest price of the thirty days before
# the reduction, which the law wants beside it. It is reduced as long as the story lasts.
FIRST_SOLD, REDUCED = timedelta(days=90), timedelta(days=71)
BATCH = 40

# The demo's shelves, as the departments of the shop know them; of shoes, bags and accessories the kind says more.
DEPARTMENTS = {
    "tops": "tops",
    "shirts-and-blouses": "tops",
    "knitwear": "knitwear",
    "jackets-and-coats": "outerwear",
    "trousers-and-jeans": "trousers",
    "skirts": "skirts",
    "dresses-and-jumpsuits": "dresses",
    "trainers": "sneakers",
    "ankle-boots": "boots",
    "loafers": "flats",
    "heels": "heels",
    "sandals": "sandals",
    "tote": "totes",
    "shoulder-bag": "shoulder-bags",
    "belt": "belts",
    "scarf": "scarves",
    "hat": "hats",
    "beanie": "hats",
    "earrings": "jewellery",
    "necklace": "jewellery",
    "watch": "watches",
    "sunglasses": "sunglasses",
}

IN_LOOKS = {handle for look in LOOKS for handle, _ in look.pieces}

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
    rendered: dict[str, Picture] = {}
    for widths in (WIDTHS, OPENING_WIDTHS):
        some = [product for product in CATALOGUE if opening_widths(product) == widths]
        before = len(rendered)

        def tell(done: int, _: int, before: int = before) -> None:
            if progress:
                progress(before + done, len(CATALOGUE))

        made = render_all([product.drawn for product in some], folder, widths=widths, progress=tell)
        rendered |= {product.handle: made[product.drawn] for product in some}
    return {product.handle: front(product, rendered[product.handle]) for product in CATALOGUE}


def opening_widths(product: Product) -> tuple[int, ...]:
    """How large a piece is drawn before the shop opens: larger when a look is laid from its picture."""
    return WIDTHS if product.handle in IN_LOOKS else OPENING_WIDTHS


def fill(*, actor: Actor, today: datetime, drawings: Drawings) -> dict[str, int]:
    """Put every product on its shelf; the ids by handle. Without a drawing it shows the shop's placeholder."""
    reduced = [product for product in CATALOGUE if product.compare_at_minor]
    with clock.held_at(today - FIRST_SOLD):
        ids = _save(actor, [_draft(product, today, full_price=True) for product in reduced])
    with clock.held_at(today - REDUCED):
        _save(actor, [_draft(product, today) for product in reduced])
    ids |= _save(actor, [_draft(product, today) for product in CATALOGUE if not product.compare_at_minor])
    ids = {product.handle: ids[product.handle] for product in CATALOGUE}
    for handle, picture in drawings.items():
        attach_picture(actor=actor, product_id=ids[handle], rendition=picture)
    return ids


def _save(actor: Actor, drafts: Sequence[ProductDraft]) -> dict[str, int]:
    """The ids by handle."""
    ids: dict[str, int] = {}
    for start in range(0, len(drafts), BATCH):
        saved = save_products(actor=actor, drafts=drafts[start : start + BATCH])
        ids |= {one.handle: one.product_id for one in saved}
    return ids


def department_of(product: Product) -> str:
    """The department of the shop a product hangs in."""
    shelf = DEPARTMENTS.get(product.category.key)
    return shelf if shelf is not None else DEPARTMENTS[product.drawn.kind]


def _draft(product: Product, today: datetime, *, full_price: bool = False) -> ProductDraft:
    compare_at = None if full_price else product.compare_at_minor
    price_minor = (product.compare_at_minor if full_price else None) or product.price_minor
    return ProductDraft(
        handle=product.handle,
        title=product.title,
        title_it=product.title_it,
        description=f"<p>{product.story}</p>",
        description_it=f"<p>{product.story_it}</p>",
        vendor=product.vendor,
        category=department_of(product),
        kind=product.drawn.kind,
        slot=product.slot,
        colour=product.colour[0],
        colour_it=product.colour[1],
        fabric=product.cloth.en,
        fabric_it=product.cloth.it,
        care=product.cloth.care_en,
        care_it=product.cloth.care_it,
        tags=product.occasions,
        option_names=_option_names(product),
        status=ProductStatus.ACTIVE,
        published_at=today - timedelta(days=product.published_days_ago),
        variants=[
            VariantDraft(
                price=Money(price_minor, CURRENCY),
                compare_at=Money(compare_at, CURRENCY) if compare_at else None,
                option_values=_option_values(product, size),
                sku=size.sku,
                barcode=size.barcode,
                grams=product.weight_g,
                on_hand=size.stock,
            )
            for size in product.sizes
        ],
    )


def _option_names(product: Product) -> tuple[str, ...]:
    return (*(["Colour"] if product.shades else []), *(["Size"] if len(product.labels) > 1 else []))


def _option_values(product: Product, size: Size) -> tuple[str, ...]:
    return (*([size.shade] if product.shades else []), *([size.label] if len(product.labels) > 1 else []))


def front(product: Product, picture: Picture) -> PictureDraft:
    """The picture of the whole piece."""
    return hung(picture, *names(product))


def names(product: Product) -> tuple[str, str]:
    """What a piece is called beside its picture, in English and Italian."""
    words = _Words(product.title, product.title_it, *product.colour)
    return title_and_colour(words, "en"), title_and_colour(words, "it")


def hung(picture: Picture, alt: str, alt_it: str) -> PictureDraft:
    """A picture with its files kept where the shop serves them from."""
    keys = [store(picture.files[width].read_bytes(), ".webp") for width in sorted(picture.files)]
    x, y, width, height = picture.box
    return PictureDraft(
        alt=alt,
        alt_it=alt_it,
        small_key=keys[0],
        medium_key=keys[1],
        large_key=keys[-1],
        width=picture.width,
        height=picture.height,
        body_x=x,
        body_y=y,
        body_width=width,
        body_height=height,
        real_height_mm=picture.height_mm,
    )
