"""What share links that are followed give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.clicks.jobs
import commissions.clicks.models
from commissions.clicks import remembering, views, watching
from commissions.clicks.privacy import CHAPTER
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (
    commissions.clicks.jobs,
    commissions.clicks.models,
)


def init_app(app: Flask) -> None:
    for part in (views, watching, remembering):
        part.init_app(app)
    cover(app, CHAPTER, order=44)
    slots.fill(app, "shop.band", views.credit_band)
    slots.fill(app, "cart.empty", views.empty_bag)
    navigation.add(app, "foot.help", Entry(_l("Credit and cookies"), "clicks.choose"), order=80)
