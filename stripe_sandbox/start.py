"""What the stand-in brings into the application."""

from __future__ import annotations

from flask import Flask

from foundation import clock
from foundation.payments import client as payments_client
from foundation.settings import Settings
from stripe_sandbox import checkout, destinations, disputes, jobs, refunds, transfers, views
from stripe_sandbox.client import SandboxTransport
from stripe_sandbox.clockwork import moved_clock

# Importing these registers their operations and jobs.
ANSWERS = (checkout, destinations, disputes, refunds, transfers, jobs)
TRANSPORT = "vetrina.sandbox"


def init_app(app: Flask) -> None:
    """Answer for Stripe in this process; does nothing when a key is set."""
    settings: Settings = app.extensions["vetrina.settings"]
    if not settings.sandbox:
        return
    transport = SandboxTransport(settings.base_url)
    app.extensions[TRANSPORT] = transport
    payments_client.connect(app, transport)
    clock.shift_by(moved_clock.offset)
    app.register_blueprint(views.blueprint)
