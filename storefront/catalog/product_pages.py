"""The parts of a product's page that are the same for everybody, rendered once per version and language.

Everything they show is in the key: the product's version, the catalogue's (related pieces), what is left,
what the slots show besides, the reader's sizes, the language and the address of the shop. So nothing has to
be thrown away when something changes; what is no longer asked for falls out at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from foundation.i18n import reader_language
from foundation.money import Money
from foundation.web import slots
from foundation.web.kept import Recent
from storefront.catalog import ports
from storefront.catalog.neighbours import related_products
from storefront.catalog.presenting import ProductView, present
from storefront.catalog.queries import ProductState, product_for_page

KEPT = 600
# Where the reader's own token goes; everything around it is everybody's.
TOKEN_MARK = "<!--token-->"
# Where this reader can do something with the product: others fill the slot.
ACTS_MARK = "<!--acts-->"

Key = tuple[object, ...]


@dataclass(frozen=True)
class ProductParts:
    """Rendered parts, in the order of the page: head, gallery and form (around the token), what people who
    own it say, the shop's own words, related.
    """

    view: ProductView
    head: Markup
    before_acts: Markup
    before_token: Markup
    after_token: Markup
    evidence: Markup
    story: Markup
    related: Markup


_kept: Recent[ProductParts] = Recent(KEPT)


def parts_of(state: ProductState, base_url: str) -> ProductParts | None:
    """The rendered parts of a product as it is now; None when it vanished between two statements."""
    sizes = ports.usual_sizes()
    key: Key = (state.key, reader_language(), base_url, tuple(sizes.items()))
    parts = _kept.get(key)
    if parts is None:
        parts = _render(state, base_url, sizes)
        if parts is not None:
            _kept.put(key, parts)
    return parts


def _render(state: ProductState, base_url: str, taken: Mapping[str, str]) -> ProductParts | None:
    found = product_for_page(state.id)
    if found is None:
        return None
    product, lowest, sizes = found
    if not any(variant.id in state.left for variant in product.variants):
        return None
    besides: dict[str, object] = {}
    for more in slots.gather("product.data", product_id=product.id):
        besides |= more
    view = present(
        product,
        state.left,
        related_products(product),
        base_url,
        besides,
        in_stores=state.in_stores,
        lowest=Money(lowest, product.currency) if lowest is not None else None,
        size_guide_of=sizes,
        taken=taken,
    )
    before, _, after = _part("main", view).partition(TOKEN_MARK)
    before_acts, _, before = before.partition(ACTS_MARK)
    return ProductParts(
        view=view,
        head=Markup(_part("head", view)),
        before_acts=Markup(before_acts),
        before_token=Markup(before),
        after_token=Markup(after),
        evidence=slots.render(
            "product.evidence", product_id=product.id, handle=product.handle, sizes=view.sizes
        ),
        story=Markup(_part("story", view)),
        related=Markup(_part("related", view)),
    )


def _part(name: str, view: ProductView) -> str:
    return render_template(f"storefront/catalog/_product_{name}.html", view=view)
