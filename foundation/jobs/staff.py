from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.jobs import actions
from foundation.jobs.queries import failed_count, failed_jobs, waiting_count, worker_seen_at
from foundation.web import navigation

bp = Blueprint("jobs_staff", __name__, url_prefix="/staff/jobs")


@bp.get("/")
@permitted(Permission.JOBS_MANAGE)
def failed() -> str:
    """Work that was given up, and a button to give it another chance."""
    return render_template(
        "foundation/jobs/failed.html", jobs=failed_jobs(), waiting=waiting_count(), seen=worker_seen_at()
    )


@bp.post("/<int:job_id>/retry")
@permitted(Permission.JOBS_MANAGE)
def retry(job_id: int) -> Response:
    reason = request.form.get("reason", "").strip() or _("Tried again from the list")
    actions.retry_failed(actor=current_staff(), job_id=job_id, reason=reason)
    flash(_("Back in the queue."))
    return redirect(url_for("jobs_staff.failed"), code=303)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    entry = navigation.Entry(
        _l("Failed work"),
        "jobs_staff.failed",
        group=_l("House"),
        permission=Permission.JOBS_MANAGE,
        count=failed_count,
    )
    navigation.add(app, "staff.nav", entry, order=90)
