"""What foundation gives the application, in order."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

import foundation.accounts.models
import foundation.audit.models
import foundation.files.jobs
import foundation.jobs.jobs
import foundation.limits.jobs
import foundation.mail.jobs
from foundation import db, i18n, staff
from foundation.accounts import acts as account_acts
from foundation.accounts import sessions
from foundation.audit import acts
from foundation.audit import staff as audit_staff
from foundation.cursors import Cursor
from foundation.files import views as files
from foundation.jobs import acts as job_acts
from foundation.jobs import cli as jobs_cli
from foundation.jobs import staff as jobs_staff
from foundation.mail import views as outbox
from foundation.payments import start as payments
from foundation.postgres import ensure_running
from foundation.privacy import setup as privacy
from foundation.settings import Settings
from foundation.web import health, logs, metrics, proxies, shell, slots

# Imported for what they register: tables with the metadata, jobs with the queue.
REGISTERED = (
    foundation.accounts.models,
    foundation.audit.models,
    foundation.files.jobs,
    foundation.jobs.jobs,
    foundation.limits.jobs,
    foundation.mail.jobs,
)
# What a statement was called with may be somebody's name and street: errors and logs leave it out.
POOL = {
    "pool_size": 8,
    "max_overflow": 8,
    "hide_parameters": True,
    "connect_args": {"cursor_factory": Cursor},
}
# Forms and webhooks are small; pictures come with an issue of their own.
LARGEST_REQUEST = 2 * 1024 * 1024


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["vetrina.settings"]
    url = settings.database_url or ensure_running(settings.data_dir / "postgres")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=POOL,
        BABEL_DEFAULT_LOCALE=settings.locale,
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        TESTING=settings.environment == "test",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
    )
    app.register_blueprint(
        Blueprint(
            "foundation", __name__, root_path=str(Path(__file__).parent / "web"), template_folder="templates"
        )
    )
    proxies.init_app(app)
    logs.init_app(app)
    metrics.init_app(app)
    db.init_app(app)
    i18n.init_app(app)
    slots.init_app(app)
    sessions.init_app(app)
    shell.init_app(app)
    staff.init_app(app)
    health.init_app(app)
    jobs_cli.init_app(app)
    payments.init_app(app)
    files.init_app(app)
    jobs_staff.init_app(app)
    audit_staff.init_app(app)
    privacy.init_app(app)
    acts.name(app, account_acts.ACTS, account_acts.SUBJECTS, account_acts.PARTS)
    acts.name(app, job_acts.ACTS, job_acts.SUBJECTS, job_acts.PARTS)
    if settings.smtp_url is None and settings.sandbox:
        outbox.init_app(app)
