from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import clock, settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.money import Money
from foundation.web.fields import REFUSED
from foundation.web.formats import day, listed, money
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.catalog.categories import PARENTS, category_name, path_name, to_choose
from storefront.catalog.queries import departments
from storefront.collections.queries import collections_by_ids, collections_named
from storefront.promotions import actions
from storefront.promotions.errors import CodeTaken
from storefront.promotions.forms import PauseForm, VoucherForm
from storefront.promotions.models import UseStatus, Voucher, VoucherStatus
from storefront.promotions.policy import Scope, Way, spelled
from storefront.promotions.queries import (
    PAGE,
    count_uses,
    given_away,
    products_by_handle,
    products_of,
    uses_of_voucher,
    voucher_by_id,
)
from storefront.promotions.queries import vouchers as find_vouchers
from storefront.promotions.showing import gives_of

bp = Blueprint("promotions_staff", __name__, url_prefix="/staff/vouchers")


@bp.get("")
@permitted(Permission.VOUCHERS_MANAGE)
def vouchers() -> str:
    """Every voucher, the newest first, found by a part of its code."""
    wanted = request.args.get("state", "")
    status = VoucherStatus(wanted) if wanted in list(VoucherStatus) else None
    words = spelled(request.args.get("q", "")[:40])
    page = page_number()
    found = find_vouchers(status, words, page)
    not_beyond(page, found.rows)
    names = {None: _("All"), VoucherStatus.ACTIVE: _("Count now"), VoucherStatus.PAUSED: _("Paused")}

    def address(number: int) -> str:
        return url_for(
            "promotions_staff.vouchers", state=status and str(status), q=words or None, page=number
        )

    return render_template(
        "storefront/promotions/staff/vouchers.html",
        rows=[(one, _gives(one), _state(one), _uses(one)) for one in found.rows],
        tabs=tabs(
            names,
            status,
            lambda key: url_for("promotions_staff.vouchers", state=key and str(key), q=words or None),
        ),
        status=status,
        words=words,
        page=page,
        pages=pages_of(found.total, PAGE),
        previous=address(page - 1),
        following=address(page + 1),
    )


@bp.get("/new")
@permitted(Permission.VOUCHERS_MANAGE)
def new() -> str:
    """The form of a new voucher."""
    return _form(VoucherForm(formdata=None))


@bp.post("/new")
@permitted(Permission.VOUCHERS_MANAGE)
def create() -> Response | tuple[str, int]:
    """Make a voucher; it counts from then on, or from its first day."""
    form = VoucherForm()
    form.offer(_departments(), collections_named())
    valid = form.validate()
    products = products_by_handle(form.wanted_handles()) if form.scope.data == Scope.PRODUCTS else {}
    if form.complete(products) and valid:
        try:
            made = actions.make_voucher(
                actor=current_staff(),
                draft=form.draft(products, settings.current().timezone),
                reason=str(form.reason.data),
            )
        except CodeTaken as taken:
            form.code.errors = (str(taken),)
        else:
            flash(_("%(code)s is made. Tell people about it.", code=made.code), "good")
            return redirect(url_for("promotions_staff.voucher", voucher_id=made.id), 303)
    return _form(form), REFUSED


@bp.get("/<int:voucher_id>")
@permitted(Permission.VOUCHERS_MANAGE)
def voucher(voucher_id: int) -> str:
    """One voucher: its terms, who used it, and what it gave away."""
    return _page(voucher_by_id(voucher_id), PauseForm(formdata=None))


@bp.post("/<int:voucher_id>/pause")
@permitted(Permission.VOUCHERS_MANAGE)
def pause(voucher_id: int) -> Response | tuple[str, int]:
    """Nobody can use it from now on."""
    form = PauseForm()
    if not form.validate():
        return _page(voucher_by_id(voucher_id), form), REFUSED
    actions.pause_voucher(actor=current_staff(), voucher_id=voucher_id, reason=str(form.reason.data))
    flash(_("It is paused. Orders that hold it keep it."), "good")
    return redirect(url_for("promotions_staff.voucher", voucher_id=voucher_id), 303)


@bp.post("/<int:voucher_id>/resume")
@permitted(Permission.VOUCHERS_MANAGE)
def resume(voucher_id: int) -> Response | tuple[str, int]:
    """It counts again."""
    form = PauseForm()
    if not form.validate():
        return _page(voucher_by_id(voucher_id), form), REFUSED
    actions.resume_voucher(actor=current_staff(), voucher_id=voucher_id, reason=str(form.reason.data))
    flash(_("It counts again."), "good")
    return redirect(url_for("promotions_staff.voucher", voucher_id=voucher_id), 303)


def _form(form: VoucherForm) -> str:
    form.offer(_departments(), collections_named())
    return render_template(
        "storefront/promotions/staff/new.html",
        form=form,
        beneath=PARENTS,
        currency=settings.current().currency,
    )


def _departments() -> list[tuple[str, str]]:
    known = to_choose(key for key, _count in departments())
    return [(key, category_name(key)) for key, _way in known]  # the form shows them as a tree


def _page(found: Voucher, form: PauseForm) -> str:
    page = page_number()
    uses = uses_of_voucher(found.id, page)
    not_beyond(page, uses)
    currency = settings.current().currency
    orders, minor = given_away(found.id)
    words = {
        UseStatus.HELD: (_("Waits for payment"), ""),
        UseStatus.USED: (_("Used"), "good"),
        UseStatus.RETURNED: (_("Given back"), ""),
    }
    return render_template(
        "storefront/promotions/staff/voucher.html",
        voucher=found,
        gives=_gives(found),
        status=_state(found),
        terms=_terms(found, currency),
        uses=[
            (use, words[UseStatus(use.status)], Money(use.goods_minor + use.delivery_minor, currency))
            for use in uses
        ],
        orders=orders,
        given=Money(minor, currency),
        page=page,
        pages=pages_of(count_uses(found.id), PAGE),
        history=history("voucher", found.id),
        form=form,
        paused=found.status == VoucherStatus.PAUSED,
    )


def _gives(found: Voucher) -> str:
    return gives_of(found, settings.current().currency)


def _uses(found: Voucher) -> str:
    if found.total_limit is None:
        return str(found.uses)
    return _("%(uses)s of %(limit)s", uses=found.uses, limit=found.total_limit)


def _state(found: Voucher) -> tuple[str, str]:
    now = clock.now()
    if found.status == VoucherStatus.PAUSED:
        return _("Paused"), "warn"
    if found.ends_at is not None and now >= found.ends_at:
        return _("Over"), ""
    if found.total_limit is not None and found.uses >= found.total_limit:
        return _("Used up"), ""
    if found.starts_at is not None and now < found.starts_at:
        return _("Not yet"), ""
    return _("Valid"), "good"


def _terms(found: Voucher, currency: str) -> list[tuple[str, Any]]:
    """The terms in pairs; what does not limit it is left out."""
    scope = _("Everything")
    if found.scope == Scope.CATEGORIES:
        scope = listed([path_name(key) for key in found.categories])
    elif found.scope == Scope.PRODUCTS:
        scope = listed([product.title for product in products_of(found)])
    elif found.scope == Scope.COLLECTIONS:
        scope = listed([one.name for one in collections_by_ids(found.collection_ids)])
    how = _("By itself, for everybody") if found.way == Way.OFFERED else _("For those who type its code")
    rows: list[tuple[str, Any]] = [
        (_("It gives"), _gives(found)),
        (_("How it counts"), how),
        (_("It counts for"), scope),
    ]
    if found.minimum_minor:
        rows.append((_("From a sum of"), money(Money(found.minimum_minor, currency))))
    if found.starts_at is not None:
        rows.append((_("First day"), day(found.starts_at)))
    if found.ends_at is not None:
        rows.append((_("Until"), day(found.ends_at - timedelta(seconds=1))))
    if found.first_order:
        rows.append((_("Whose"), _("A first order only")))
    rows.append((_("Uses"), _uses(found)))
    if found.person_limit is not None:
        rows.append((_("For each person"), str(found.person_limit)))
    rows.append((_("Goes together"), _("with others that say so too") if found.stackable else _("with none")))
    return rows
