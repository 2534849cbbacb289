"""What kept addresses give the application."""

from __future__ import annotations

from flask import Flask

import storefront.addresses.models
from foundation.audit import acts
from storefront.addresses.acts import ACTS, PARTS, SUBJECTS

REGISTERED = (storefront.addresses.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS, PARTS)
