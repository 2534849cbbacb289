"""The page of a till, and every act on its basket but taking the money."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.accounts.queries import account_by_id
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.i18n import reader_language
from foundation.web import headers
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number
from storefront.till import actions
from storefront.till.errors import NoStoreYet, PieceUnknown
from storefront.till.finding import found_at, one_of_code
from storefront.till.forms import (
    AddForm,
    AdviceForm,
    BasketForm,
    CodeForm,
    CustomerForm,
    OccasionForm,
    OffForm,
    ParkForm,
    QuantityForm,
)
from storefront.till.here import stand_in, store_here, this_store
from storefront.till.page import any_discount, till_page
from storefront.till.ports import credit, occasion_at
from storefront.till.queries import people_like, store_of_till, stores_with_tills

bp = Blueprint("till", __name__, url_prefix="/staff/till")


@bp.errorhandler(NoStoreYet)
def choose_first(error: NoStoreYet) -> Answer:
    """The session of this till is gone: where it stands has to be said again."""
    flash(str(error), "warn")
    return redirect(url_for("till.till"), 303)


@bp.get("")
@permitted(Permission.TILL_USE)
def till() -> Response | str:
    """What is being rung up; before that, in which store."""
    place = store_here()
    if place is None or "choose" in request.args:
        return render_template("storefront/till/stores.html", stores=stores_with_tills(), here=place)
    # The one page that may look through a camera: for barcodes, and nothing leaves the browser.
    page = make_response(till_page(place))
    page.headers["Permissions-Policy"] = headers.features(allowed="camera")
    return page


@bp.post("/store")
@permitted(Permission.TILL_USE)
def choose_store() -> Answer:
    """This till stands there from now on."""
    place = store_of_till(sent_number("place") or 0)
    if place is not None:
        stand_in(place)
    return _back()


@bp.get("/find")
@permitted(Permission.TILL_USE)
def find() -> str:
    """Pieces by what was typed so far, for the part of the page that shows them."""
    place, words = this_store(), _asked("code")
    return render_template("storefront/till/_found.html", words=words, found=found_at(place.id, words))


@bp.post("/add")
@permitted(Permission.TILL_USE)
def add() -> Answer | tuple[str, int]:
    """A number was scanned or typed, or a result chosen: one more of that piece.

    What is no number is looked for; what names several pieces is shown, to choose one.
    """
    place, form = this_store(), AddForm()
    code = str(form.code.data or "")
    if not form.validate() or not (code or form.variant.data):
        return _refused(PieceUnknown())
    variant = form.variant.data or one_of_code(code)
    if variant is None:
        if found_at(place.id, code):
            return redirect(url_for("till.till", q=code), 303)
        unknown = _("No piece on sale has the number or the name “%(code)s”.", code=code)
        return till_page(place, sentence=unknown), 404
    return _act(
        lambda: actions.add(
            actor=current_staff(), place_id=place.id, variant_id=variant, language=reader_language()
        )
    )


@bp.post("/lines/<int:variant_id>")
@permitted(Permission.TILL_USE)
def change(variant_id: int) -> Answer | tuple[str, int]:
    """How many of a piece; none takes it out."""
    form = QuantityForm()
    if not form.validate():
        return _wrong(form)
    return _act(
        lambda: actions.set_quantity(
            actor=current_staff(),
            token=str(form.basket.data),
            variant_id=variant_id,
            quantity=form.quantity.data or 0,
            without_limit=any_discount(),
        )
    )


@bp.post("/lines/<int:variant_id>/off")
@permitted(Permission.TILL_USE)
def take_off(variant_id: int) -> Answer | tuple[str, int]:
    """Make a line cheaper, with the reason for it."""
    form = OffForm()
    if not form.validate():
        return _wrong(form)
    return _act(
        lambda: actions.take_off(
            actor=current_staff(),
            token=str(form.basket.data),
            variant_id=variant_id,
            off_bps=form.bps,
            off_minor=form.minor,
            reason=str(form.reason.data or ""),
            without_limit=any_discount(),
        )
    )


@bp.post("/lines/<int:variant_id>/advice")
@permitted(Permission.TILL_USE)
def advise(variant_id: int) -> Answer | tuple[str, int]:
    """One of the staff advised it: nobody earns a commission on the line."""
    form = AdviceForm()
    if not form.validate():
        return _wrong(form)
    return _act(
        lambda: actions.advise(
            actor=current_staff(),
            token=str(form.basket.data),
            variant_id=variant_id,
            advised=form.advised.data == "yes",
        )
    )


@bp.post("/empty")
@permitted(Permission.TILL_USE)
def empty() -> Answer | tuple[str, int]:
    """Nobody buys it; the page that follows offers to take it back."""
    form = BasketForm()
    if not form.validate():
        return _wrong(form)
    token = str(form.basket.data)
    return _act(
        lambda: actions.empty(actor=current_staff(), token=token), url_for("till.till", emptied=token)
    )


@bp.post("/park")
@permitted(Permission.TILL_USE)
def park() -> Answer | tuple[str, int]:
    """The next customer first."""
    form = ParkForm()
    if not form.validate():
        return _wrong(form)
    return _act(
        lambda: actions.park(
            actor=current_staff(), token=str(form.basket.data), label=str(form.label.data or "")
        )
    )


@bp.post("/take-up")
@permitted(Permission.TILL_USE)
def take_up() -> Answer | tuple[str, int]:
    """Go on with a basket that was put aside."""
    form = BasketForm()
    if not form.validate():
        return _wrong(form)
    return _act(lambda: actions.take_up(actor=current_staff(), token=str(form.basket.data)))


@bp.get("/people")
@permitted(Permission.TILL_USE)
def people() -> str:
    """Accounts by what was typed so far, for the part of the page that shows them."""
    who = _asked("who")
    found = people_like(who) if len(who) > 1 else ()
    return render_template("storefront/till/_people.html", who=who, people=found)


@bp.post("/customer")
@permitted(Permission.TILL_USE)
def customer() -> Answer | tuple[str, int]:
    """Who buys: an account, an address for the receipt, or nobody by name."""
    form = CustomerForm()
    if not form.validate():
        return _wrong(form)
    account = account_by_id(form.account.data) if form.account.data else None
    return _act(
        lambda: actions.choose_customer(
            actor=current_staff(),
            token=str(form.basket.data),
            account=account,
            email=str(form.email.data or ""),
        )
    )


@bp.post("/voucher")
@permitted(Permission.TILL_USE)
def voucher() -> Answer | tuple[str, int]:
    """Take a voucher, or take it away again."""
    form = CodeForm()
    if not form.validate():
        return _wrong(form)
    return _act(
        lambda: actions.choose_voucher(
            actor=current_staff(), token=str(form.basket.data), code=str(form.code.data or "")
        )
    )


@bp.post("/credit")
@permitted(Permission.TILL_USE)
def credit_to() -> Answer | tuple[str, int]:
    """Whose advice sold it, by their code; nothing typed takes it back."""
    form, port = CodeForm(), credit()
    if not form.validate() or port is None:
        return _wrong(form)
    typed = str(form.code.data or "")
    credited = port.of_code(typed) if typed else None
    if typed and credited is None:
        unknown = _("Nobody who earns here has the code “%(code)s”.", code=typed)
        return till_page(this_store(), sentence=unknown), 404
    return _act(
        lambda: actions.choose_credit(actor=current_staff(), token=str(form.basket.data), credited=credited)
    )


@bp.post("/occasion")
@permitted(Permission.TILL_USE)
def sold_at() -> Answer | tuple[str, int]:
    """At which event that goes on here it is sold, chosen or by a ticket; nothing takes it back."""
    form, place = OccasionForm(), this_store()
    if not form.validate():
        return _wrong(form)
    ref = str(form.ref.data or "")
    occasion = occasion_at(place.id, ref) if ref else None
    if ref and occasion is None:
        return till_page(place, sentence=_("No event that goes on here has this ticket.")), 404
    return _act(
        lambda: actions.choose_occasion(actor=current_staff(), token=str(form.basket.data), occasion=occasion)
    )


def _act(work: Callable[[], object], then: str | None = None) -> Answer | tuple[str, int]:
    """Do it and show the till; what cannot be is said there, and nothing has changed."""
    this_store()
    try:
        with all_or_nothing():
            work()
    except Problem as problem:
        return _refused(problem)
    return redirect(then or url_for("till.till"), 303)


def _refused(problem: Problem) -> tuple[str, int]:
    return till_page(this_store(), sentence=str(problem)), problem.status


def _wrong(form: BasketForm) -> tuple[str, int]:
    """What was typed cannot be read: said in one line, above the basket."""
    said = [str(error) for errors in form.errors.values() for error in errors]
    return till_page(this_store(), sentence=" ".join(said) or _("Please try again.")), REFUSED


def _back() -> Answer:
    return redirect(url_for("till.till"), 303)


def _asked(name: str) -> str:
    return " ".join(request.args.get(name, "")[:80].split())
