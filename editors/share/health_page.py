"""What an editor reads of a link that leads nowhere good, and what it might lead to instead."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from editors.gatherings.queries import gatherings_of
from editors.links.models import Link, LinkTarget
from editors.share.models import LinkProblem
from editors.share.queries import own_looks_near, problems_of, stand_ins
from storefront.catalog.naming import title_and_colour
from storefront.catalog.queries import products_by_ids
from storefront.collections.queries import shown_collections

OFFERED = 2


def ailment(link: Link) -> dict[str, Any] | None:
    """What is wrong with a link just now in a sentence, and the better targets; None when all is well."""
    problem = problems_of(Link.id == link.id).get(link.id)
    if problem is None:
        return None
    looks = own_looks_near(link.look_id, link.editor_id, OFFERED)
    found = [(f"look:{look.id}", look.name) for look in looks]
    if link.target == LinkTarget.PRODUCT and link.product_id:
        like_it = products_by_ids(stand_ins(link.product_id, OFFERED))
        found = [(f"product:{product.id}", title_and_colour(product)) for product in like_it] + found
    if link.target == LinkTarget.GATHERING:
        others = [one for one in gatherings_of(link.editor_id) if one.id != link.gathering_id]
        found = [(f"gathering:{one.id}", one.name) for one in others[:OFFERED]] + found
    if link.target == LinkTarget.COLLECTION:
        shown = shown_collections(1)[0]
        found = [(f"collection:{one.id}", one.name) for one in shown[:OFFERED]] + found
    return {"told": told(problem), "offers": [*found, ("window", gettext("My window"))]}


def told(problem: LinkProblem) -> str:
    words = {
        LinkProblem.GONE: gettext("What it leads to is no longer on show."),
        LinkProblem.SOLD_OUT: gettext("What it leads to is sold out."),
        LinkProblem.OVER: gettext("The collection it leads to is over."),
    }
    return words[problem]
