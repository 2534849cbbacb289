from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, signed_in
from foundation.errors import Forbidden
from foundation.web.fields import REFUSED
from storefront.usual.actions import keep_sizes
from storefront.usual.forms import SizesForm
from storefront.usual.queries import sizes_of
from storefront.usual.remembering import carry

bp = Blueprint("usual", __name__, url_prefix="/account/sizes")


@bp.get("")
@signed_in
def show() -> str:
    """What we believe somebody takes, to be put right or taken away."""
    return _page(SizesForm(formdata=None, data=sizes_of(_reader())))


@bp.post("")
@signed_in
def save() -> Response | tuple[str, int]:
    """Keep what is written; what is empty is forgotten."""
    form = SizesForm()
    if not form.validate():
        return _page(form), REFUSED
    keep_sizes(actor=current_person(), account_id=_reader(), sizes=form.sizes())
    carry({slot: size for slot, size in form.sizes().items() if size})
    flash(_("Your sizes are kept."), "good")
    return redirect(url_for("usual.show"), code=303)


def _page(form: SizesForm) -> str:
    return render_template("storefront/usual/sizes.html", form=form)


def _reader() -> int:
    account = current_account()
    if account is None:
        raise Forbidden()
    return account.id
