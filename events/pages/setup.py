"""What the pages of events give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from events.pages import panels, views
from events.pages.queries import pages_of_events
from foundation.web import navigation, sitemap, slots
from foundation.web.navigation import Entry


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    slots.fill(app, "window.events", panels.hosted)
    slots.fill(app, "home.more", panels.home_evenings, order=20)
    slots.fill(app, "store.panels", panels.in_store)
    here = Entry(_l("Events"), "event_pages.index", belongs=("event_pages.",))
    navigation.add(app, "shop.nav", here, order=25)
    navigation.add(app, "foot.shop", Entry(_l("Events in stores"), "event_pages.index"), order=30)
    sitemap.add_pages(app, "event_pages.index")
    sitemap.add_section(app, "events", pages_of_events)
