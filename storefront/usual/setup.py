"""What usual sizes give the application."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_in, user_logged_out

import storefront.usual.models
from foundation.accounts.models import Account
from foundation.privacy.chapters import cover
from foundation.web import navigation
from storefront.catalog.ports import begin_with_sizes
from storefront.usual import views
from storefront.usual.actions import keep_sizes
from storefront.usual.policy import fitting
from storefront.usual.privacy import CHAPTER
from storefront.usual.queries import sizes_of
from storefront.usual.remembering import carry, kept_sizes

REGISTERED = (storefront.usual.models,)


def bring_sizes_along(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed in: what this visit chose is the latest word, and the account knows the rest."""
    chosen = kept_sizes()
    kept = sizes_of(user.id)
    keep_sizes(actor=user.as_person(), account_id=user.id, sizes=chosen)
    carry({slot: size for slot, size in kept.items() if slot not in chosen} | chosen)


def leave_sizes_behind(sender: Flask, user: Account, **named: Any) -> None:
    """Somebody signed out: whoever comes next begins without."""
    carry({})


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=33)
    begin_with_sizes(kept_sizes, fitting)
    app.register_blueprint(views.bp)
    user_logged_in.connect(bring_sizes_along, app)
    user_logged_out.connect(leave_sizes_behind, app)
    room = navigation.Entry(_l("Sizes"), "usual.show")
    navigation.add(app, "account.rooms", room, order=35)
