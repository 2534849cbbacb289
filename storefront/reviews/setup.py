"""What reviews give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.reviews.jobs
import storefront.reviews.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from storefront.catalog.ports import also_shown
from storefront.reviews import panels, staff, views
from storefront.reviews.acts import ACTS, PARTS, SUBJECTS
from storefront.reviews.piles import count_unanswered
from storefront.reviews.privacy import CHAPTER
from storefront.reviews.queries import reviews_version

REGISTERED = (storefront.reviews.models, storefront.reviews.jobs)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=20)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    slots.fill(app, "product.rating", panels.rating)
    slots.fill(app, "product.evidence", panels.evidence)
    slots.fill(app, "product.data", panels.data)
    also_shown(reviews_version)
    slots.fill(app, "order.panels", panels.on_order, order=40)
    slots.fill(app, "staff.queue", panels.queue, order=25)
    reviews = navigation.Entry(
        _l("Reviews"),
        "reviews_staff.reviews",
        group=_l("Shop floor"),
        permission=Permission.REVIEWS_MANAGE,
        count=count_unanswered,
        count_words=panels.count_words,
        belongs=("reviews_staff.",),
    )
    navigation.add(app, "staff.nav", reviews, order=45)
    navigation.add(app, "account.rooms", navigation.Entry(_l("Reviews"), "reviews.mine"), order=50)
