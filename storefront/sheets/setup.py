"""What product files give the application."""

from __future__ import annotations

from flask import Flask

import storefront.sheets.jobs
import storefront.sheets.models
from foundation.audit import acts
from storefront.sheets import cli, staff, staff_export
from storefront.sheets.acts import ACTS, PARTS, SUBJECTS

REGISTERED = (storefront.sheets.models, storefront.sheets.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS, PARTS)
    cli.init_app(app)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_export.bp)
