"""The addresses somebody keeps. Only their owner reaches these pages."""

from __future__ import annotations

from babel import Locale
from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import settings
from foundation.accounts.guards import current_account, current_person, signed_in
from foundation.accounts.models import Account
from foundation.errors import Forbidden
from foundation.i18n import reader_language
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number
from storefront.addresses import actions
from storefront.addresses.errors import AddressChanged, AddressKept, AddressNotFound, TooManyAddresses
from storefront.addresses.forms import AddressForm, offer_countries
from storefront.addresses.models import PARTS, Address
from storefront.addresses.queries import address_of, addresses_of
from storefront.delivery.queries import countries_delivered_to

bp = Blueprint("addresses", __name__, url_prefix="/account/addresses")
CONFLICT = 409


@bp.get("")
@signed_in
def mine() -> str:
    """All of them, the one a checkout begins with first."""
    return _list_page()


@bp.post("")
@signed_in
def remove() -> str | Response:
    """Take one away. The list is the answer, and carries the words of the one that is gone, to keep it again:
    they lie in no cookie meanwhile. Loading the list anew is just the list."""
    number = sent_number("remove") or 0
    try:
        gone = address_of(_reader().id, number)
    except AddressNotFound:
        return redirect(url_for("addresses.mine"), code=303)
    again = {name: getattr(gone, name) for name in PARTS} | ({"first_choice": "y"} if gone.is_default else {})
    actions.remove_address(actor=current_person(), account_id=_reader().id, address_id=number)
    return _list_page(gone=again)


@bp.get("/new")
@signed_in
def new() -> str:
    """An empty form, with the name the account goes by."""
    first, _space, last = _reader().name.partition(" ")
    country = settings.current().country
    return _form_page(AddressForm(formdata=None, data={"first": first, "last": last, "country": country}))


@bp.post("/new")
@signed_in
def save() -> Response | tuple[str, int]:
    """Keep it. What is wrong or too much is said, with everything that was typed."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _form_page(form), REFUSED
    try:
        address = actions.save_address(actor=current_person(), account_id=_reader().id, draft=form.draft())
    except TooManyAddresses as full:
        return _form_page(form, sentence=str(full)), full.status
    return _kept(form, address.id)


@bp.get("/<int:address_id>")
@signed_in
def edit(address_id: int) -> str:
    """One of them, to be changed."""
    address = address_of(_reader().id, address_id)
    return _form_page(AddressForm.of(address), address)


@bp.post("/<int:address_id>")
@signed_in
def change(address_id: int) -> Response | tuple[str, int]:
    """Change it. Who wrote it on two pages at once is shown both and decides; nothing typed is lost."""
    form, account_id = AddressForm(), _reader().id
    try:
        if not form.validate_on_submit():
            return _form_page(form, address_of(account_id, address_id)), REFUSED
        actions.change_address(
            actor=current_person(),
            account_id=account_id,
            address_id=address_id,
            draft=form.draft(),
            seen=form.seen.data or "",
        )
    except AddressNotFound:
        sentence = _("This address was taken away meanwhile. Keep it, and it is there again.")
        return _form_page(form, sentence=sentence), CONFLICT
    except AddressChanged as changed:
        now = address_of(account_id, address_id)
        form.seen.data = now.seen
        return _form_page(form, now, sentence=str(changed), meanwhile=now), changed.status
    except AddressKept as kept:
        return _form_page(form, address_of(account_id, address_id), sentence=str(kept)), kept.status
    return _kept(form, address_id)


@bp.post("/<int:address_id>/first")
@signed_in
def make_default(address_id: int) -> Response:
    """A checkout begins with this one from now on."""
    try:
        actions.make_default(actor=current_person(), account_id=_reader().id, address_id=address_id)
    except AddressNotFound as gone:
        flash(str(gone), "warn")
    return redirect(url_for("addresses.mine"), code=303)


def _kept(form: AddressForm, address_id: int) -> Response:
    if form.first_choice.data:
        actions.make_default(actor=current_person(), account_id=_reader().id, address_id=address_id)
    flash(_("Your address is kept."), "good")
    return redirect(url_for("addresses.mine"), code=303)


def _list_page(gone: dict[str, str] | None = None) -> str:
    kept = addresses_of(_reader().id)
    return render_template(
        "storefront/addresses/mine.html",
        addresses=[(one, _country(one)) for one in kept],
        full=len(kept) >= actions.MOST,
        most=actions.MOST,
        gone=gone,
    )


def _form_page(
    form: AddressForm,
    address: Address | None = None,
    sentence: str | None = None,
    meanwhile: Address | None = None,
) -> str:
    shop = settings.current()
    offer_countries(form.country, shop.country, countries_delivered_to(), reader_language())
    return render_template(
        "storefront/addresses/form.html",
        form=form,
        address=address,
        sentence=sentence,
        meanwhile=(meanwhile, _country(meanwhile)) if meanwhile else None,
    )


def _country(address: Address) -> str:
    """In the reader's language; the shop's own goes without saying."""
    if address.country == settings.current().country:
        return ""
    return str(Locale(reader_language()).territories.get(address.country, address.country))


def _reader() -> Account:
    account = current_account()
    if account is None:
        raise Forbidden()
    return account
