"""The demo shop's catalogue: 300 pieces, written and drawn for it, the same in every run."""

from . import (
    accessories,
    bags,
    coats,
    dresses,
    evening,
    headwear,
    jackets,
    jeans,
    jewellery,
    knitwear,
    shirts,
    shoes,
    skirts,
    summer_shoes,
    tailoring,
    tops,
    trousers,
)
from .model import CATEGORIES, OCCASIONS, ONE_SIZE, Category, Cloth, Drawn, Product, Size

#: Everything the demo sells, shelf by shelf.
CATALOGUE: tuple[Product, ...] = (
    *tops.PRODUCTS,
    *knitwear.PRODUCTS,
    *shirts.PRODUCTS,
    *tailoring.PRODUCTS,
    *jackets.PRODUCTS,
    *coats.PRODUCTS,
    *trousers.PRODUCTS,
    *jeans.PRODUCTS,
    *skirts.PRODUCTS,
    *dresses.PRODUCTS,
    *evening.PRODUCTS,
    *shoes.PRODUCTS,
    *summer_shoes.PRODUCTS,
    *bags.PRODUCTS,
    *headwear.PRODUCTS,
    *accessories.PRODUCTS,
    *jewellery.PRODUCTS,
)

BY_HANDLE: dict[str, Product] = {product.handle: product for product in CATALOGUE}

__all__ = [
    "BY_HANDLE",
    "CATALOGUE",
    "CATEGORIES",
    "OCCASIONS",
    "ONE_SIZE",
    "Category",
    "Cloth",
    "Drawn",
    "Product",
    "Size",
]
