"""Where a link leads whose target is gone: a page that says so, and has the nearest thing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from editors.links.models import Link, LinkTarget
from editors.links.policy import LONGEST_CODE
from editors.links.queries import link_by_code
from editors.looks.card_queries import looks_of
from editors.looks.page.buying import count_of, total_of
from editors.looks.page.parts import rows_of_look
from editors.looks.pictures import card_values
from editors.looks.queries import look_page
from editors.looks.words import look_name
from editors.share.queries import looks_near, shared_link, stand_ins
from foundation.accounts.guards import public
from foundation.settings import current
from storefront.catalog.cards import product_card
from storefront.catalog.queries import products_by_ids
from storefront.usual.remembering import kept_sizes

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
    if hit.path != f"/shared/{link.code}":
        return redirect(hit.path)
    return render_template(
        "editors/share/gone.html",
        link=link,
        editor=link.editor if link.editor.on_show else None,
        looks=[card_values(one) for one in _looks(link)],
        products=[product_card(one) for one in _products(link)],
    )


@bp.get("/<code>/bag")
@public
def packed(code: str) -> Any:
    """What was packed for whoever came by the link: shown first, put into the bag by their button."""
    link = shared_link(code) if code.isprintable() and len(code) <= LONGEST_CODE else None
    look = look_page(link.look.slug) if link and link.look else None
    if link is None or look is None or not link.pieces:
        return redirect(url_for("shared.gone", code=code))
    wanted = dict(link.pieces)
    rows = rows_of_look(look, kept_sizes())
    for row in rows:
        mine = [one.id for one in row.variants if one.id in wanted]
        row.quantity = wanted[mine[0]] if mine else 0
        if mine and mine[0] in row.left:
            row.chosen = mine[0]
        elif mine and not row.sold_out:
            row.chosen, row.wrong = (
                None,
                gettext("The packed size is sold out. Choose another, or leave it out."),
            )
    shown = [row for row in rows if row.quantity]
    return render_template(
        "editors/share/packed.html",
        editor=link.editor,
        look=look,
        title=look_name(look),
        rows=shown,
        left_out=[row for row in rows if not row.quantity],
        total=total_of(shown, shown[0].product.currency if shown else current().currency),
        count=count_of(shown),
    )


def _looks(link: Link) -> Any:
    if link.look_id is not None:
        return looks_near(link.look_id, link.editor_id, NEAR)
    return looks_of(link.editor_id, on_show_only=True)[:NEAR] if link.editor.on_show else []


def _products(link: Link) -> Any:
    if link.target != LinkTarget.PRODUCT or link.product_id is None:
        return []
    return products_by_ids(stand_ins(link.product_id, NEAR))
