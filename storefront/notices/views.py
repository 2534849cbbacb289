from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, public
from foundation.i18n import reader_language
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED
from storefront.catalog.cards import picture_card, product_path
from storefront.catalog.errors import ProductNotFound
from storefront.notices import actions
from storefront.notices.errors import NotSoldOut
from storefront.notices.forms import NoticeForm
from storefront.notices.queries import is_of, waitable

bp = Blueprint("notices", __name__)
AN_HOUR = timedelta(hours=1)
TRIES = 20


@bp.get("/shop/<handle>/notice")
@public
def ask(handle: str) -> str:
    """The form: a size that is sold out, and an address."""
    account = current_account()
    return _page(handle, NoticeForm(email=account.email if account else ""))


@bp.post("/shop/<handle>/notice")
@public
def wait(handle: str) -> Response | tuple[str, int]:
    """Lend the address for one letter."""
    form = NoticeForm()
    if not form.validate():
        return _page(handle, form), REFUSED
    if not is_of(handle, form.variant_id.data):
        raise ProductNotFound()
    spend_try(purpose="notice", subject=str(request.remote_addr), limit=TRIES, per=AN_HOUR)
    try:
        actions.wait_for(
            actor=current_person(),
            variant_id=form.variant_id.data,
            email=form.email.data,
            language=reader_language(),
            account=current_account(),
        )
    except NotSoldOut as there:
        flash(str(there.sentence), "good")
    else:
        flash(_("We write to %(email)s when it is back, once.", email=form.email.data), "good")
    return redirect(product_path(handle), 303)


def _page(handle: str, form: NoticeForm) -> str:
    found = waitable(handle)
    if found is None:
        raise ProductNotFound()
    return render_template(
        "storefront/notices/ask.html",
        form=form,
        handle=handle,
        name=found.product.name,
        picture=picture_card(found.product, found.product.pictures[0] if found.product.pictures else None),
        sizes=[(variant.id, variant.label or _("one size")) for variant in found.sold_out],
    )
