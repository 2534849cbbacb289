"""What the bag gives the application."""

from __future__ import annotations

from typing import Any

from flask import Flask, flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import user_logged_in, user_logged_out

import storefront.cart.jobs
import storefront.cart.models
from foundation.accounts.models import Account
from foundation.privacy.chapters import cover
from foundation.web import navigation
from foundation.web.visits import visit_id
from storefront.cart import views
from storefront.cart.actions import merge_into_account
from storefront.cart.counter import bag_size, remember
from storefront.cart.privacy import CHAPTER
from storefront.cart.queries import bag_count
from storefront.cart.saving import join_account

REGISTERED = (storefront.cart.models, storefront.cart.jobs)


def bring_bag_along(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed in: what this visit put into a bag joins their account's."""
    visit, brought = visit_id(), 0
    there = bag_count(None, user.id)
    if visit is not None:
        brought = merge_into_account(actor=user.as_person(), visit=visit, account_id=user.id)
        join_account(actor=user.as_person(), visit=visit, account_id=user.id)
    if brought and there:
        flash(_("What you had put in before you signed in lies beside what was in your bag already."))
    remember(bag_count(None, user.id))


def leave_bag_behind(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed out: their bag stays with their account."""
    remember(bag_count(visit_id(), None))


def in_words(count: int) -> str:
    return ngettext("%(num)s piece", "%(num)s pieces", count)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=30)
    app.register_blueprint(views.bp)
    user_logged_in.connect(bring_bag_along, app)
    user_logged_out.connect(leave_bag_behind, app)
    bag = navigation.Entry(
        _l("Bag"), "cart.show", count=bag_size, count_words=in_words, belongs=("cart.", "checkout.")
    )
    navigation.add(app, "shop.tools", bag, order=90)
