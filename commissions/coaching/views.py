"""The studio: what a coach earns by the sales of the people they coach, and what those people are told."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, render_template

from commissions.coaching.queries import plans_about, plans_of
from commissions.coaching.showing import plan_view
from editors.membership.guards import current_editor, earner
from foundation import clock
from foundation.settings import current
from foundation.web.amounts import last_day_of

bp = Blueprint("coaching", __name__)


@bp.get("/studio/coaching")
@earner
def mine() -> str:
    """Each plan: what this month would give, by learner, and why the months before gave what they gave."""
    now = clock.now()
    return render_template(
        "commissions/coaching/studio.html",
        views=[plan_view(one, now, own=True) for one in plans_of(current_editor().id)],
        last_day=lambda moment: last_day_of(moment, current().timezone),
        now=now,
    )


def told(*, editor_id: int, **_: Any) -> str:
    """Beside the mentors of an editor: who is paid for coaching them, how much, and that it is not they who
    pay; and the way to what they earn by coaching, which is no entry of the menu that all would ask for."""
    plans, own = plans_about(editor_id, clock.now()), plans_of(editor_id)
    return render_template("commissions/coaching/told.html", plans=plans, own=own) if plans or own else ""


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
