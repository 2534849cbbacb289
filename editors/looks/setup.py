"""What looks give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.looks.authors.models
import editors.looks.jobs
import editors.looks.models
from editors.looks import panels, queries, views
from editors.looks.actions import compose_again
from editors.looks.acts import ACTS, SUBJECTS
from editors.looks.models import STATUS_WORDS
from editors.looks.page import oembed
from editors.looks.pictures import card_values
from editors.looks.privacy import CHAPTER
from foundation.audit import acts
from foundation.i18n import pick
from foundation.privacy.chapters import cover
from foundation.web import navigation, sitemap, slots
from storefront.catalog.ports import also_shown, on_lying
from storefront.pairings.ports import put_together

REGISTERED = (editors.looks.models, editors.looks.authors.models, editors.looks.jobs)

# Somebody thought about it: that says as much as three who happened to buy both.
A_LOOK = 3


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=42)
    app.jinja_env.globals.update(look_card=card_values, status_words=STATUS_WORDS, pick=pick)
    app.register_blueprint(views.bp)
    app.register_blueprint(oembed.bp)
    slots.fill(app, "home.hero", panels.home_hero)
    slots.fill(app, "home.looks", panels.home_looks)
    slots.fill(app, "home.occasions", panels.home_occasions)
    slots.fill(app, "home.more", panels.home_more)
    slots.fill(app, "application.meanwhile", panels.meanwhile)
    slots.fill(app, "product.panels", panels.styled_in)
    slots.fill(app, "search.suggestions", panels.looks_like)
    on_lying(compose_again)
    also_shown(queries.looks_fingerprint)
    put_together(queries.WORN_TOGETHER, weight=A_LOOK)
    sitemap.add_pages(app, "looks.look_list")
    sitemap.add_section(app, "looks", queries.pages_of_looks)
    looks = navigation.Entry(_l("Looks"), "looks.look_list", belongs=("looks.", "window."))
    navigation.add(app, "shop.nav", looks, order=20)
    navigation.add(app, "foot.shop", navigation.Entry(_l("Looks"), "looks.look_list"), order=20)
