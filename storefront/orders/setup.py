"""What orders give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.orders.models
from foundation import facts
from foundation.accounts.facts import EmailChanged
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.payments import webhooks
from foundation.payments.reconcile import expect
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from storefront.orders import guessed, staff, views
from storefront.orders.acts import ACTS, PARTS, SUBJECTS
from storefront.orders.privacy import CHAPTER
from storefront.orders.queries import believed_checkouts
from storefront.orders.reactions import on_email_changed
from storefront.orders.shelves import count_to_hand_over
from storefront.orders.webhooks import checkout_changed, dispute_changed

REGISTERED = (storefront.orders.models,)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=10)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    facts.subscribe(EmailChanged, on_email_changed)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(guessed.bp)
    slots.fill(app, "account.panels", views.account_orders)
    slots.fill(app, "staff.queue", staff.queue, order=20)
    orders = navigation.Entry(
        _l("Orders"),
        "orders_staff.orders",
        group=_l("Shop floor"),
        permission=Permission.ORDERS_VIEW,
        count=count_to_hand_over,
        count_words=staff.count_words,
        belongs=("orders_staff.", "returns_staff."),
    )
    navigation.add(app, "staff.nav", orders, order=30)
    navigation.add(app, "account.rooms", navigation.Entry(_l("Orders"), "accounts.home"), order=10)
    webhooks.handle("checkout.session", checkout_changed)
    webhooks.handle("dispute", dispute_changed)
    expect(believed_checkouts)
