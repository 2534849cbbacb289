"""What payments bring into the application."""

from __future__ import annotations

from flask import Flask

import foundation.payments.jobs
import foundation.payments.models
from foundation.payments import cli, client, views
from foundation.web.csrf import csrf

REGISTERED = (foundation.payments.jobs, foundation.payments.models)


def init_app(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    # Stripe has no session of ours: its signature is the proof.
    csrf.exempt(views.blueprint)
    client.init_app(app)
    cli.init_app(app)
