"""A size guide as others read it: its table for another one, its JSON for a page, its name on a product."""

from __future__ import annotations

from dataclasses import replace

import orjson
from flask import render_template
from markupsafe import Markup

from storefront.sizing.drafts import GuideDraft
from storefront.sizing.models import SizeGuide
from storefront.sizing.queries import draft_of, guide_on_product


def copied(guide: SizeGuide | None, *, name: str, category: str, vendor: str) -> GuideDraft:
    """A draft with the table of a guide, or an empty one."""
    if guide is None:
        return GuideDraft(name=name, category=category, vendor=vendor)
    return replace(draft_of(guide), name=name, category=category, vendor=vendor)


def said_of(guide: SizeGuide) -> str:
    """A guide whose measures and rows are loaded, as `queries.guide_of_product` says it."""
    measures = [[one.name, one.name_it, one.how, one.how_it, str(one.unit)] for one in guide.measures]
    rows = [[row.size, row.figures] for row in guide.rows]
    return orjson.dumps([guide.words, guide.words_it, measures, rows]).decode()


def on_product(product_id: int) -> Markup:
    """At the desk, on the page of a product: which guide counts for it, and the way there."""
    return Markup(
        render_template("storefront/sizing/staff/_on_product.html", guide=guide_on_product(product_id))
    )
