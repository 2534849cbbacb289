"""What share links give the application."""

from __future__ import annotations

from flask import Flask

import editors.links.models
from editors.links.acts import ACTS, SUBJECTS
from foundation.audit import acts

REGISTERED = (editors.links.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
