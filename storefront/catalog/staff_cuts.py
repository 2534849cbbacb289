"""`/staff/products/<id>/pictures/<id>/cut-out`: the picture beside its cut-out, and whether looks show it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.errors import Invalid
from foundation.files.cutting import TOLERANCES, USUAL, Doubt
from foundation.files.storage import url_of
from storefront.catalog.cards import picture_card
from storefront.catalog.errors import PictureNotFound, ProductNotFound
from storefront.catalog.finishing import cut_again, use_cut
from storefront.catalog.models import Picture, Product
from storefront.catalog.queries import product_by_id

DOUBTS = {
    Doubt.BUSY: _l("No cut-out could be made: its backdrop is not plain."),
    Doubt.FAINT: _l("No cut-out could be made: the piece has nearly the colour of its backdrop."),
    Doubt.NOTHING_LEFT: _l("No cut-out could be made: nothing stands out from the backdrop."),
}
WORDS = {
    "careful": _l("Careful: keeps what is nearly the colour of the backdrop"),
    USUAL: _l("Usual"),
    "generous": _l("Generous: takes shades and folds of the backdrop too"),
}

bp = Blueprint(
    "catalog_cuts",
    __name__,
    url_prefix="/staff/products/<int:product_id>/pictures/<int:picture_id>/cut-out",
)


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def show(product_id: int, picture_id: int) -> str:
    """Both, side by side."""
    product, picture = _find(product_id, picture_id)
    card = picture_card(product, picture)
    cut = None
    if picture.cut_medium_key is not None:
        cut = card | {"src": url_of(picture.cut_medium_key), "srcset": "", "avif": ""}
    return render_template(
        "storefront/catalog/staff/cut_out.html",
        product=product,
        picture=picture,
        card=card,
        cut=cut,
        doubt=DOUBTS.get(Doubt(picture.cut_doubt)) if picture.cut_doubt else None,
        tolerances=WORDS,
    )


@bp.post("/use")
@permitted(Permission.CATALOGUE_EDIT)
def use(product_id: int, picture_id: int) -> Response:
    """Show the cut-out in looks, or the picture as it is."""
    wanted = request.form.get("use") == "yes"
    use_cut(actor=current_staff(), product_id=product_id, picture_id=picture_id, use=wanted)
    sentence = gettext("Looks show the cut-out.") if wanted else gettext("Looks show the picture as it is.")
    flash(sentence, "good")
    return _back(product_id, picture_id)


@bp.post("/again")
@permitted(Permission.CATALOGUE_EDIT)
def again(product_id: int, picture_id: int) -> Response:
    """Another one, by another tolerance."""
    tolerance = request.form.get("tolerance", "")
    if tolerance not in TOLERANCES:
        raise Invalid()
    cut_again(actor=current_staff(), product_id=product_id, picture_id=picture_id, tolerance=tolerance)
    flash(gettext("It is being made. Look again in a few seconds."), "good")
    return _back(product_id, picture_id)


def _find(product_id: int, picture_id: int) -> tuple[Product, Picture]:
    product = product_by_id(product_id)
    if product is None:
        raise ProductNotFound()
    for picture in product.pictures:
        if picture.id == picture_id:
            return product, picture
    raise PictureNotFound()


def _back(product_id: int, picture_id: int) -> Response:
    return redirect(url_for("catalog_cuts.show", product_id=product_id, picture_id=picture_id), 303)
