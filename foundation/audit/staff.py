from __future__ import annotations

from flask import Blueprint, render_template, request

from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import PAGE_SIZE, latest

bp = Blueprint("audit_staff", __name__, url_prefix="/staff/audit")


@bp.get("/")
@permitted(Permission.AUDIT_VIEW)
def rows() -> str:
    """Who did what, newest first; `before` pages on, `action` narrows."""
    before = request.args.get("before", type=int)
    action = request.args.get("action", "").strip()
    found = latest(before=before, action=action)
    return render_template(
        "foundation/audit/rows.html", rows=found, action=action, more=len(found) == PAGE_SIZE
    )
