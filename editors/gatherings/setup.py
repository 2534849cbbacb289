"""What the collections of editors give the application."""

from __future__ import annotations

from flask import Flask

import editors.gatherings.models
from editors.gatherings.acts import ACTS, SUBJECTS
from editors.gatherings.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover

REGISTERED = (editors.gatherings.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=41)
