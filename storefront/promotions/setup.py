"""What vouchers give the application."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_in

import storefront.promotions.models
from foundation.accounts.models import Account
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from foundation.web.visits import visit_id
from storefront.promotions import showing, staff, views
from storefront.promotions.actions import merge_into_account
from storefront.promotions.acts import ACTS, SUBJECTS
from storefront.promotions.privacy import CHAPTER

REGISTERED = (storefront.promotions.models,)


def bring_vouchers_along(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed in: the vouchers beside this visit's bag join those of their account."""
    visit = visit_id()
    if visit is not None:
        merge_into_account(actor=user.as_person(), visit=visit, account_id=user.id)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=35)
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    user_logged_in.connect(bring_vouchers_along, app)
    slots.fill(app, "cart.discounts", showing.in_bag)
    slots.fill(app, "cart.vouchers", views.under_sum)
    entry = navigation.Entry(
        _l("Vouchers"),
        "promotions_staff.vouchers",
        group=_l("Shop floor"),
        permission=Permission.VOUCHERS_MANAGE,
        belongs=("promotions_staff.",),
    )
    navigation.add(app, "staff.nav", entry, order=36)
