"""The application: the ordered list of packages, lowest first."""

from __future__ import annotations

import os
from collections.abc import Mapping

import commissions
import editors
import events
import foundation.start
import storefront
import stripe_sandbox.start
from foundation.settings import Settings
from foundation.web.application import Vetrina

PACKAGES = (foundation.start, stripe_sandbox.start, storefront, editors, commissions, events)


def create_app(environ: Mapping[str, str] | None = None) -> Vetrina:
    """Build the application from an environment (the process's own by default)."""
    settings = Settings.read(os.environ if environ is None else environ)
    app = Vetrina(__name__, template_folder=None, static_folder=None)
    app.extensions["vetrina.settings"] = settings
    for package in PACKAGES:
        package.init_app(app)
    return app
