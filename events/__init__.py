"""Evenings in the stores: proposed by style editors, answered by its staff, shown to everybody."""

from __future__ import annotations

from flask import Blueprint, Flask

from events.afterwards import setup as afterwards
from events.calendar import setup as calendar
from events.door import setup as door
from events.feeds import setup as feeds
from events.guests import setup as guests
from events.hitches import setup as hitches
from events.imports import setup as imports
from events.invites import setup as invites
from events.overview import setup as overview
from events.pages import setup as pages
from events.perks import setup as perks
from events.photos import setup as photos
from events.proposals import setup as proposals
from events.reports import setup as reports
from events.rewards import setup as rewards
from events.sales import setup as sales
from events.tillfiles import setup as tillfiles

FEATURES = (
    calendar,
    proposals,
    hitches,
    pages,
    perks,
    guests,
    imports,
    invites,
    door,
    feeds,
    sales,
    afterwards,
    photos,
    reports,
    rewards,
    tillfiles,
    overview,
)


def init_app(app: Flask) -> None:
    # Carries the templates of all features; each feature has a blueprint of its own for its pages.
    app.register_blueprint(Blueprint("events", __name__, template_folder="templates"))
    for feature in FEATURES:
        feature.init_app(app)
