"""What payments bring into the application."""

from __future__ import annotations

from flask import Flask

import foundation.payments.jobs
import foundation.payments.models
from foundation.db import db
from foundation.payments import cli, client, views
from foundation.settings import Settings, SettingsRefused
from foundation.web.csrf import csrf

REGISTERED = (foundation.payments.jobs, foundation.payments.models)


def init_app(app: Flask) -> None:
    """Raises `SettingsRefused` when a real key meets a database in which the stand-in has worked."""
    app.register_blueprint(views.blueprint)
    # Stripe has no session of ours: its signature is the proof.
    csrf.exempt(views.blueprint)
    settings: Settings = app.extensions["vetrina.settings"]
    if settings.stripe_secret_key:
        _refuse_made_up_payments(app)
    client.init_app(app)
    cli.init_app(app)


def _refuse_made_up_payments(app: Flask) -> None:
    """Orders paid at the stand-in were never paid. The table is asked for by name: it belongs to a
    package above."""
    with app.app_context():
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("select to_regclass('sandbox_objects') is not null")
            there = cursor.fetchone()
            if there and there[0]:
                cursor.execute("select exists (select from sandbox_objects)")
                used = cursor.fetchone()
                if used and used[0]:
                    raise SettingsRefused(
                        "DATABASE_URL holds payments of the stand-in for Stripe. "
                        "Give STRIPE_SECRET_KEY a database of its own."
                    )
        finally:
            connection.close()
