"""What the page of a product shows, worked out once: words, pictures, choices, and what machines read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import gettext, ngettext
from markupsafe import Markup

from foundation.files.storage import outside_url
from foundation.i18n import pick
from foundation.money import Money, decimal_text
from foundation.web.formats import money
from storefront.catalog.cards import lowest_words, picture_card, product_card, product_path
from storefront.catalog.categories import category_name, slot_of
from storefront.catalog.descriptions import plain_text
from storefront.catalog.models import Product, Variant
from storefront.catalog.naming import title_and_colour
from storefront.catalog.neighbours import Listed
from storefront.catalog.policy import COLOUR_OPTIONS, FEW, SIZE_OPTIONS, preselected, size_of
from storefront.catalog.ports import fitting
from storefront.catalog.size_guide import SizeGuide, size_guide
from storefront.catalog.structured import product_data, trail_data
from storefront.catalog.trails import trail_to

CLOSE_UPS = ("top", "hem")
SHORT_STORY = 280
RELATED = 4
# Two full rows of what goes with it, or one.
GOING = 8


@dataclass(frozen=True)
class ProductView:
    """Everything the templates of the product page use; nothing in it touches the database."""

    id: int
    handle: str
    name: str
    colour: str
    title: str
    summary: str
    path: str
    category: str
    category_name: str
    price: Money
    amount: str
    was: Money | None
    lowest: str
    varying: bool
    pictures: Sequence[dict[str, Any]]
    close_ups: Sequence[str]
    swatches: Sequence[dict[str, Any]]
    legend: str
    sizes: Sequence[str]
    guide: SizeGuide | None
    choices: Sequence[dict[str, Any]]
    chosen: int | None
    only_variant: int | None
    last_ones: str
    sold_out: bool
    stores: Sequence[dict[str, str]]
    say: str
    story: Markup
    facts: Sequence[tuple[str, str]]
    related: Sequence[dict[str, Any]]
    goes_with: bool
    filled_up: bool
    picture_url: str
    trail: Sequence[tuple[str, str | None]]
    data: Markup
    trail_data: Markup


def present(
    product: Product,
    left: dict[int, int],
    others: Sequence[Listed],
    base_url: str,
    besides: Mapping[str, Any],
    *,
    in_stores: Mapping[int, str | None] | None = None,
    lowest: Money | None = None,
    size_guide_of: str | None = None,
    taken: Mapping[str, str] | None = None,
) -> ProductView:
    """The view of a product whose variants and pictures are loaded; `left` counts what can be bought.

    `besides` is what others know of it for machines: more of its schema.org document. `in_stores` says where
    each variant can be tried, as `ports.in_stores` writes it. `lowest` is the price the law wants named.
    `size_guide_of` is as `ports.size_guide` says it, `taken` are the reader's sizes of `ports.usual_sizes`.
    """
    variants = [variant for variant in product.variants if variant.id in left]
    counts = [left[variant.id] for variant in variants]
    pictures = [picture_card(product, picture) for picture in product.pictures] or [
        picture_card(product, None)
    ]
    siblings = [entry for entry in others if entry.product.title == product.title]
    strangers = [entry for entry in others if entry.product.title != product.title]
    going = [entry for entry in strangers if entry.goes_with and entry.in_stock]
    related = _full_rows(going, [entry for entry in strangers if not entry.goes_with])
    place = preselected(counts, _fitting(product, variants, taken or {}))
    cheapest = min(variants, key=lambda variant: variant.price_minor)
    say, story = _story(pick(product.description, product.description_it))
    ready = bool(pictures[0]["srcset"])
    trail = [*trail_to(product.category), (product.name, None)]
    return ProductView(
        id=product.id,
        handle=product.handle,
        name=product.name,
        colour=product.colour_name,
        title=search_words(product)[0],
        summary=_summary(product),
        path=product_path(product.handle),
        category=product.category,
        category_name=category_name(product.category),
        price=cheapest.price,
        amount=decimal_text(cheapest.price),
        was=cheapest.compare_at,
        lowest=lowest_words(lowest) if lowest is not None else "",
        varying=len({variant.price_minor for variant in variants}) > 1,
        pictures=pictures,
        close_ups=CLOSE_UPS if ready and len(pictures) == 1 else (),
        swatches=_swatches(product, pictures[0], siblings),
        legend=" / ".join(option_word(name) for name in product.option_names),
        sizes=_sizes(product, variants),
        guide=size_guide(size_guide_of, _sizes(product, variants)),
        choices=[_choice(variant, number) for variant, number in zip(variants, counts, strict=True)],
        chosen=variants[place].id if place is not None else None,
        only_variant=variants[0].id if len(variants) == 1 and not variants[0].label else None,
        last_ones=_last_ones(variants, counts),
        sold_out=not any(counts),
        stores=_stores(variants, in_stores or {}),
        say=say,
        story=story,
        facts=_facts(product),
        goes_with=bool(going),
        filled_up=0 < len(going) < len(related),
        related=[product_card(entry.product, in_stock=entry.in_stock) for entry in related],
        picture_url=outside_url(pictures[0]["src"]),
        trail=trail,
        data=product_data(
            product,
            list(zip(variants, counts, strict=True)),
            base_url=base_url,
            pictures=pictures if ready else (),
            summary=_summary(product),
            besides=besides,
        ),
        trail_data=trail_data(trail, base_url, product_path(product.handle)),
    )


def _full_rows(going: Sequence[Listed], rail: Sequence[Listed]) -> Sequence[Listed]:
    """What goes with it; a row that would have a hole is filled from the same rail, what is left first."""
    if len(going) >= GOING:
        return going[:GOING]
    left_first = sorted(rail, key=lambda entry: not entry.in_stock)
    return [*going, *left_first][:RELATED]


def option_word(name: str) -> str:
    """The usual options in the reader's language, others as the file called them."""
    plain = name.strip().lower()
    if plain in SIZE_OPTIONS:
        return gettext("Size")
    return gettext("Colour") if plain in COLOUR_OPTIONS else name


def _sizes(product: Product, variants: Sequence[Variant]) -> Sequence[str]:
    """What it can be worn in, in the order of the rail; empty where size is no choice."""
    found = (size_of(product.option_names, variant.option_values) for variant in variants)
    return list(dict.fromkeys(size for size in found if size))


def _fitting(product: Product, variants: Sequence[Variant], taken: Mapping[str, str]) -> Sequence[int]:
    """The places of the variants in the reader's size."""
    sizes = [size_of(product.option_names, variant.option_values) for variant in variants]
    own = fitting(taken, slot_of(product.category), sizes)
    return [place for place, size in enumerate(sizes) if size == own]


def _choice(variant: Variant, number: int) -> dict[str, Any]:
    """One size as the macro `sizes` wants it, with the sentence that is told when it is chosen."""
    if number <= 0:
        says, tone = gettext("%(size)s is sold out", size=variant.label), ""
    elif number <= FEW:
        says = ngettext(
            "Only %(num)s left in %(size)s", "Only %(num)s left in %(size)s", number, size=variant.label
        )
        tone = "warn"
    else:
        says, tone = gettext("%(size)s in stock", size=variant.label), "good"
    return {
        "value": variant.id,
        "label": variant.label,
        "sold_out": number <= 0,
        "says": says,
        "tone": tone,
        "minor": variant.price_minor,
        "price": money(variant.price),
    }


def _last_ones(variants: Sequence[Variant], counts: Sequence[int]) -> str:
    """What is nearly gone, said without a choice being made: `S (1), XL (2)`."""
    return ", ".join(
        f"{variant.label} ({number})" if variant.label else str(number)
        for variant, number in zip(variants, counts, strict=True)
        if 0 < number <= FEW
    )


def _stores(variants: Sequence[Variant], in_stores: Mapping[int, str | None]) -> list[dict[str, str]]:
    """Each store that has some of it, by name, with its sizes there: `S, M (1)`."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for variant in variants:
        for name, path, number in orjson.loads(in_stores.get(variant.id) or "[]"):
            found.setdefault((name, path), []).append((variant.label, number))
    return [
        {
            "name": name,
            "href": path,
            "says": ", ".join(_size_there(label, number) for label, number in sizes),
            "tone": "good" if any(number > FEW for _, number in sizes) else "warn",
        }
        for (name, path), sizes in sorted(found.items())
    ]


def _size_there(label: str, number: int) -> str:
    """A size in a store, with its number when it is one of the last few."""
    if number > FEW:
        return label or gettext("in stock")
    return f"{label} ({number})" if label else ngettext("%(num)s left", "%(num)s left", number)


def _swatches(
    product: Product, picture: dict[str, Any], siblings: Sequence[Listed]
) -> Sequence[dict[str, Any]]:
    """The same piece in its other colours, this one first; nothing when there is only this one."""
    if not siblings:
        return ()
    mine = {
        "href": product_path(product.handle),
        "name": product.colour_name,
        "picture": picture,
        "current": True,
    }
    return [mine] + [
        {
            "href": product_path(entry.product.handle),
            "name": entry.product.colour_name or entry.product.name,
            "picture": picture_card(entry.product, entry.product.cover),
            "current": False,
        }
        for entry in siblings
    ]


def _story(description: str) -> tuple[str, Markup]:
    """A short description is said in the display face; a longer or formatted one stays text."""
    plain = plain_text(description)
    formatted = re.search(r"<(ul|ol|table|h3|h4|br)\b|</p>\s*<p", description)
    if plain and len(plain) <= SHORT_STORY and not formatted:
        return plain, Markup("")
    # Cleaned when it came in: `save_products` writes this column and nobody else.
    return "", Markup(description)


def _facts(product: Product) -> list[tuple[str, str]]:
    facts = [
        (gettext("Fabric"), pick(product.fabric, product.fabric_it)),
        (gettext("Care"), pick(product.care, product.care_it)),
    ]
    return [(name, text) for name, text in facts if text]


def search_words(product: Product) -> tuple[str, str]:
    """Title and description as search engines and shared links show them, in the reader's language."""
    written = pick(product.seo_title or "", product.seo_title_it)
    return written or title_and_colour(product), _summary(product)


def _summary(product: Product) -> str:
    """One sentence for search engines and shared links: the one somebody wrote for them, or the first."""
    written = pick(product.seo_description or "", product.seo_description_it)
    plain = written or plain_text(pick(product.description, product.description_it))
    if not written and len(plain) > 155:
        plain = plain[:154].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
    return plain or title_and_colour(product)
