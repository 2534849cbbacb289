"""What wish lists give the application."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import user_logged_in, user_logged_out

import storefront.wishes.jobs
import storefront.wishes.models
from foundation.accounts.models import Account
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from foundation.web.visits import visit_id
from storefront.wishes import hearts, views
from storefront.wishes.actions import join_account
from storefront.wishes.privacy import CHAPTER
from storefront.wishes.queries import wish_count

REGISTERED = (storefront.wishes.models, storefront.wishes.jobs)


def bring_wishes_along(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed in: what this visit wished for joins their account's list."""
    visit = visit_id()
    if visit is not None:
        join_account(actor=user.as_person(), visit=visit, account_id=user.id)
    hearts.remember(wish_count(None, user.id))


def leave_wishes_behind(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed out: their list stays with their account."""
    hearts.remember(wish_count(visit_id(), None) if visit_id() else 0)


def in_words(count: int) -> str:
    return ngettext("%(num)s wish", "%(num)s wishes", count)


def seen_place(*, product_id: int, **_: Any) -> str:
    return render_template("storefront/wishes/_seen_place.html", product_id=product_id)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=32)
    app.register_blueprint(views.bp)
    user_logged_in.connect(bring_wishes_along, app)
    user_logged_out.connect(leave_wishes_behind, app)
    slots.fill(app, "card.acts", hearts.heart)
    slots.fill(app, "product.acts", hearts.heart)
    slots.fill(app, "shop.after", hearts.form)
    slots.fill(app, "product.end", seen_place)
    wishes = navigation.Entry(_l("Wish list"), "wishes.show", count=hearts.wishes_kept, count_words=in_words)
    navigation.add(app, "account", wishes, order=5)
    navigation.add(app, "account.rooms", wishes, order=40)
