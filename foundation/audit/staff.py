from __future__ import annotations

from flask import Blueprint, Flask, render_template, request
from flask_babel import lazy_gettext as _l

from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import PAGE_SIZE, latest
from foundation.web import navigation

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


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    entry = navigation.Entry(
        _l("Who did what"), "audit_staff.rows", group=_l("House"), permission=Permission.AUDIT_VIEW
    )
    navigation.add(app, "staff.nav", entry, order=91)
