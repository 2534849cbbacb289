"""What the share kit gives the application."""

from __future__ import annotations

from flask import Flask

import editors.share.jobs
import editors.share.models
from editors.looks.facts import LookComposed
from editors.share import reactions, shared_views, views
from editors.share.acts import PARTS
from foundation import facts
from foundation.audit import acts

REGISTERED = (editors.share.jobs, editors.share.models)


def init_app(app: Flask) -> None:
    acts.name(app, {}, parts=PARTS)
    app.register_blueprint(shared_views.bp)
    app.register_blueprint(views.bp)
    facts.subscribe(LookComposed, reactions.on_look_composed)
