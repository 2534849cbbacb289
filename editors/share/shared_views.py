"""Where a link leads whose target is gone: a page that says so, and has the nearest thing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask_babel import gettext

from editors.links.models import Link, LinkTarget
from editors.links.policy import LONGEST_CODE
from editors.links.queries import link_by_code
from editors.looks.pictures import card_values
from editors.looks.queries import looks_of
from editors.share.queries import looks_near, shared_link, stand_ins
from foundation.accounts.guards import public
from storefront.catalog.cards import product_card
from storefront.catalog.queries import products_by_ids

bp = Blueprint("shared", __name__, url_prefix="/shared")

NEAR = 4


@bp.get("/<code>")
@public
def gone(code: str) -> Any:
    """What was shared is not on show: what is nearest. When it is back, the way leads to it again."""
    link = shared_link(code) if code.isprintable() and len(code) <= LONGEST_CODE else None
    hit = link_by_code(code) if link else None
    if link is None or hit is None:
        flash(gettext("That link is resting. Here is everything else in the shop."))
        return redirect("/shop")
    if not hit.path.startswith("/shared/"):
        return redirect(hit.path)
    return render_template(
        "editors/share/gone.html",
        link=link,
        editor=link.editor if link.editor.on_show else None,
        looks=[card_values(one) for one in _looks(link)],
        products=[product_card(one) for one in _products(link)],
    )


def _looks(link: Link) -> Any:
    if link.look_id is not None:
        return looks_near(link.look_id, link.editor_id, NEAR)
    return looks_of(link.editor_id, on_show_only=True)[:NEAR] if link.editor.on_show else []


def _products(link: Link) -> Any:
    if link.target != LinkTarget.PRODUCT or link.product_id is None:
        return []
    return products_by_ids(stand_ins(link.product_id, NEAR))
