"""What mentors give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.mentors.models
from editors.membership.features import Feature
from editors.membership.guards import may_try
from editors.mentors import panels, views
from editors.mentors.acts import ACTS, SUBJECTS
from foundation.audit import acts
from foundation.web import navigation, slots

REGISTERED = (editors.mentors.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    mine = _l("About you")
    entry = navigation.Entry(
        _l("Mentor"), "mentors.mentor", belongs=("mentors.",), shown=_is_open, group=mine
    )
    navigation.add(app, "studio.nav", entry, order=85)
    slots.fill(app, "studio.notices", panels.waiting, order=55)


def _is_open() -> bool:
    return may_try(Feature.MENTORS)
