"""What the agreement gives the application."""

from __future__ import annotations

from flask import Flask

import editors.agreements.models
from editors.agreements.acts import ACTS, SUBJECTS
from editors.agreements.showing import body_of
from foundation.audit import acts

REGISTERED = (editors.agreements.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.jinja_env.globals.update(agreement_body=body_of)
