"""A product as a card of a list shows it: plain values, so that the macro needs no model and no query."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, ngettext

from foundation.files.storage import url_of
from foundation.i18n import pick
from foundation.money import Money
from foundation.web.assets import asset
from foundation.web.formats import money
from storefront.catalog.listed import ListedProduct, ShownPicture, ShownProduct
from storefront.catalog.models import Focus, PictureStatus
from storefront.catalog.naming import Coloured, title_and_colour

# Our own drawing of an empty hanger, among the built assets.
PLACEHOLDER = "img/placeholder.svg"


def product_card(product: ShownProduct, *, in_stock: bool = True) -> dict[str, Any]:
    """The arguments of the macro `card_product`; `product.cover` has to be loaded. Prices include tax."""
    more = [product.colour_name] if product.colour_name else []
    if product.has_price_span:
        more.append(gettext("Price depends on the choice"))
    return {
        "href": product_path(product.handle),
        "name": product.name,
        "price": product.price,
        "picture": picture_card(product, product.cover),
        "more": ". ".join(more),
        "sold_out": not in_stock,
    }


def listed_card(product: ListedProduct) -> dict[str, Any]:
    """The same for a row of a list, which knows more: the price before a reduction, the number of looks."""
    card = product_card(product, in_stock=product.in_stock)
    more = [card["more"]]
    if product.lowest_before is not None:
        more.append(lowest_words(product.lowest_before))
    if product.worn_in:
        more.append(ngettext("In %(num)s look", "In %(num)s looks", product.worn_in))
    card["more"] = ". ".join(part for part in more if part)
    return card | {"was": product.was, "product_id": product.id}


def lowest_words(price: Money) -> str:
    """What the law wants beside a reduced price."""
    return gettext("Lowest price in the 30 days before: %(price)s", price=money(price))


def product_path(handle: str) -> str:
    """The address of a product on our host."""
    return f"/shop/{handle}"


def picture_card(product: Coloured, picture: ShownPicture | None) -> dict[str, Any]:
    """Address, widths, size and words of one picture; a drawn placeholder while there is none."""
    alt = pick(picture.alt, picture.alt_it) if picture else ""
    alt = alt or title_and_colour(product)
    if picture is None or picture.status != PictureStatus.READY:
        return {"src": asset(PLACEHOLDER), "srcset": "", "width": 480, "height": 600, "alt": alt}
    width, height = picture.width or 480, picture.height or 600
    keys = ((picture.small_key, 320), (picture.medium_key, 640), (picture.large_key, 1280))
    sources = {min(wide, width): url_of(key) for key, wide in keys if key}
    return {
        "src": sources[min(640, width)],
        "srcset": ", ".join(f"{url} {wide}w" for wide, url in sources.items()),
        "avif": ", ".join(
            f"{url_of(key)} {wide}w" for key, wide in zip(picture.avif_keys, sources, strict=False)
        ),
        "width": width,
        "height": height,
        "alt": alt,
        "focus": "" if picture.focus == Focus.WHOLE else str(picture.focus),
    }
