"""`/staff`: what waits, oldest first."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Flask, render_template, request
from flask_babel import lazy_gettext as _l

from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.staff.queue import waiting
from foundation.web import navigation

SHOWN = 30

bp = Blueprint("staff", __name__, url_prefix="/staff")


@bp.get("")
@permitted(Permission.STAFF_DESK)
def today() -> str:
    """The queue of the day; `kind` narrows it to one sort of work, `all` shows more than the first thirty."""
    jobs = waiting()
    kinds = Counter(job.kind for job in jobs)
    chosen = request.args.get("kind", "")
    picked = [job for job in jobs if job.kind == chosen] if chosen in kinds else jobs
    shown = picked if "all" in request.args else picked[:SHOWN]
    return render_template(
        "foundation/staff/today.html",
        jobs=shown,
        hidden=len(picked) - len(shown),
        kinds=kinds,
        chosen=chosen if chosen in kinds else "",
        total=len(jobs),
        oldest=jobs[0].since if jobs else None,
        now=clock.now(),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    entry = navigation.Entry(_l("Today"), "staff.today", group=_l("Desk"), permission=Permission.STAFF_DESK)
    navigation.add(app, "staff.nav", entry, order=0)
    desk = navigation.Entry(_l("The desk"), "staff.today", permission=Permission.STAFF_DESK)
    navigation.add(app, "rooms", desk, order=10)
