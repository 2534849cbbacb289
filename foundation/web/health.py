"""Is the process alive, and can it do its work? For whoever watches the installation."""

from __future__ import annotations

from datetime import datetime, timedelta

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.accounts.guards import public
from foundation.db import Base, db
from foundation.jobs.queries import worker_seen_at

bp = Blueprint("health", __name__)
WORKER_SILENCE = timedelta(seconds=60)


class Readiness(Base):
    """One row that is rewritten to see that the database takes writes."""

    __tablename__ = "readiness"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """The database takes a small write and has the newest tables. A silent worker is told, not fatal."""
    try:
        with db.engine.begin() as connection:
            connection.execute(update(Readiness).values(checked_at=clock.machine()))
            written = connection.execute(select(Readiness.checked_at)).scalar_one_or_none() is not None
            revision = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return jsonify(status="unavailable", database="no answer"), 503
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    seen = worker_seen_at()
    # procrastinate writes heartbeats by the database's clock, which is the machine's.
    awake = seen is not None and clock.machine() - seen < WORKER_SILENCE
    good = written and revision == newest
    state = {
        "status": "ok" if good else "unavailable",
        "database": "ok" if written else "read-only",
        "migrations": "ok" if revision == newest else f"at {revision}, newest is {newest}",
        "worker": "ok" if awake else "not seen lately",
    }
    return jsonify(state), 200 if good else 503


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
