"""What holds give the application."""

from __future__ import annotations

from flask import Flask

import commissions.holds.models
from commissions.holds.acts import ACTS, SUBJECTS
from commissions.holds.privacy import CHAPTER
from commissions.holds.words import told_editor
from foundation.audit import acts
from foundation.privacy.chapters import cover

REGISTERED = (commissions.holds.models,)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=47)
    acts.name(app, ACTS, SUBJECTS)
    app.jinja_env.globals.update(hold_words=told_editor)
