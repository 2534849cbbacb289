"""What the page of the programme gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.programme.models
from editors.programme import staff, views
from editors.programme.acts import ACTS, SUBJECTS
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, sitemap

REGISTERED = (editors.programme.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    sitemap.add_pages(app, "programme.programme")
    for label, endpoint, order in (
        (_l("Page"), "programme_page.page", 10),
        (_l("Figures"), "programme_page.figures", 12),
    ):
        entry = navigation.Entry(label, endpoint, permission=Permission.EDITORS_MANAGE)
        navigation.add(app, "programme.nav", entry, order=order)
    circle = navigation.Entry(
        _l("Style editors"), "programme.programme", belongs=("programme.", "membership.")
    )
    navigation.add(app, "shop.nav", circle, order=40)
    told = navigation.Entry(_l("The programme"), "programme.programme")
    navigation.add(app, "foot.community", told, order=9)
