from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.jobs import actions
from foundation.jobs.queries import failed_jobs, waiting_count, worker_seen_at

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
