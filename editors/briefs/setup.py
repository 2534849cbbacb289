"""What briefs give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.briefs.models
from editors.briefs import panels, views
from editors.briefs.acts import ACTS, SUBJECTS
from editors.membership.guards import editor_here
from foundation.audit import acts
from foundation.web import navigation, slots

REGISTERED = (editors.briefs.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    slots.fill(app, "studio.notices", panels.pinned, order=60)
    entry = navigation.Entry(_l("Briefs"), "briefs.briefs", belongs=("briefs.",), shown=_leads)
    navigation.add(app, "studio.nav", entry, order=84)


def _leads() -> bool:
    editor = editor_here()
    return editor is not None and editor.on_show and editor.lead_since is not None
