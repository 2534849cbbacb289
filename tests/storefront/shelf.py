"""Products for tests, as somebody would hand them in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from foundation.actors import Actor
from foundation.money import Money
from storefront.assortment.actions import apply_change
from storefront.assortment.policy import BulkChange, Kind
from storefront.catalog.actions import attach_picture, save_product
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import Product
from storefront.catalog.queries import products_by_ids

CLERK = Actor.system("test")


def draft(
    handle: str = "corso-denim-jacket",
    title: str = "Corso denim jacket",
    *,
    stock: Mapping[str, int] | None = None,
    price: int = 8000,
    **more: Any,
) -> ProductDraft:
    """A product in sizes; `stock` says how many of each lie in the stock room."""
    stock = {"S": 5, "M": 5, "L": 5} if stock is None else stock
    return ProductDraft(
        handle=handle,
        title=title,
        option_names=["Size"],
        variants=[
            VariantDraft(
                price=Money(price, "EUR"), option_values=[size], on_hand=number, sku=f"{handle}-{size}"
            )
            for size, number in stock.items()
        ],
        **({"category": "outerwear", "kind": "Denim jacket"} | more),
    )


def put_on_shelf(
    handle: str = "corso-denim-jacket", title: str = "Corso denim jacket", **more: Any
) -> Product:
    """Save a product; call it inside `work()`."""
    return save_product(actor=CLERK, draft=draft(handle, title, **more))


def hang(product_id: int, alt: str = "") -> None:
    """A picture that is ready; call it inside `work()`."""
    keys = {
        f"{size}_key": f"{letter * 40}.webp"
        for size, letter in (("small", "a"), ("medium", "b"), ("large", "c"))
    }
    attach_picture(
        actor=CLERK, product_id=product_id, rendition=PictureDraft(**keys, width=1280, height=1600, alt=alt)
    )


def address_of(name: str) -> PictureDraft:
    return PictureDraft(source_url=f"https://pictures.example/{name}.jpg", alt=name)


def picture_bytes(width: int = 900, height: int = 1125, form: str = "PNG", **more: Any) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (180, 60, 40)).save(buffer, form, **more)
    return buffer.getvalue()


def written(folder: Path, text: str | bytes, name: str = "products.csv") -> Path:
    """A product file on disk, byte for byte."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def tagged(product_id: int) -> int:
    """An act on many products, though of one: it is tagged `test`; the id of the act."""
    (product,) = products_by_ids([product_id])
    what = BulkChange(Kind.TAG, word="test")
    return apply_change(actor=CLERK, change=what, versions={product_id: product.version}, reason="A test").id
