"""A product as somebody hands it in: an import, the demo's story, later a form.

None always means "not said": the row keeps what it has (a new row starts empty).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.money import Money
from storefront.catalog.models import ProductStatus


@dataclass(frozen=True, kw_only=True)
class PictureDraft:
    """A picture: either an address to fetch it from, or the keys of the three stored widths."""

    alt: str = ""
    alt_it: str | None = None
    source_url: str | None = None
    small_key: str | None = None
    medium_key: str | None = None
    large_key: str | None = None
    width: int | None = None
    height: int | None = None
    body_x: int | None = None
    body_y: int | None = None
    body_width: int | None = None
    body_height: int | None = None
    real_height_mm: int | None = None


@dataclass(frozen=True, kw_only=True)
class VariantDraft:
    """One variant. `option_values` are its identity within the product, in the order of `option_names`.

    A new variant whose `tracked` is not said is tracked when somebody counted it (`on_hand` is said).
    """

    price: Money
    option_values: Sequence[str] = ()
    compare_at: Money | None = None
    sku: str | None = None
    barcode: str | None = None
    grams: int | None = None
    on_hand: int | None = None
    tracked: bool | None = None
    oversell: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ProductDraft:
    """A whole product, known by its handle: variants that are not listed are withdrawn.

    `pictures`: None leaves the pictures alone, a list replaces those that came from an address. Whoever says
    ACTIVE with a `published_at` to come gets a product that is scheduled. `digest` is a hash
    of what a file said of it, for the next time it says the same.
    """

    handle: str
    title: str
    variants: Sequence[VariantDraft]
    option_names: Sequence[str] = ()
    title_it: str | None = None
    description: str | None = None
    description_it: str | None = None
    vendor: str | None = None
    category: str | None = None
    kind: str | None = None
    slot: str | None = None
    colour: str | None = None
    colour_it: str | None = None
    fabric: str | None = None
    fabric_it: str | None = None
    care: str | None = None
    care_it: str | None = None
    seo_title: str | None = None
    seo_title_it: str | None = None
    seo_description: str | None = None
    seo_description_it: str | None = None
    tags: Sequence[str] | None = None
    status: ProductStatus | None = None
    published_at: datetime | None = None
    pictures: Sequence[PictureDraft] | None = None
    digest: str | None = None


def one_an_address(pictures: Iterable[PictureDraft]) -> list[PictureDraft]:
    """Those that have an address, one for each: the first mention counts."""
    kept: dict[str, PictureDraft] = {}
    for picture in pictures:
        if picture.source_url is not None:
            kept.setdefault(picture.source_url, picture)
    return list(kept.values())
