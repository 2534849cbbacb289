"""Staff: who is paid for coaching, what it came to, and what it would. The owner sets, finance reads."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.coaching import actions
from commissions.coaching.errors import PlanOver, PlanRuns
from commissions.coaching.forms import PlanForm
from commissions.coaching.models import CoachingPlan
from commissions.coaching.queries import every_plan, plan_by_id
from commissions.coaching.showing import plan_view
from commissions.coaching.words import whose_sales
from commissions.rates.policy import NOTICE
from editors.cohorts.queries import cohorts
from editors.membership.letters import write_to
from editors.mentors.queries import active_editor
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money
from foundation.settings import current
from foundation.web.amounts import beginning_of, last_day_of
from foundation.web.fields import REFUSED
from foundation.web.formats import day
from foundation.web.reasons import ReasonForm

bp = Blueprint("staff_coaching", __name__, url_prefix="/staff/coaching")


@bp.get("")
@permitted(Permission.RATES_VIEW)
def index() -> str:
    """Every plan, with what it has given."""
    return render_template(
        "commissions/coaching/staff.html",
        rows=[
            (one, whose_sales(one), _last_day(one), Money(given, one.currency)) for one, given in every_plan()
        ],
        currency=current().currency,
        may_set=_may_set(),
    )


@bp.get("/<int:plan_id>")
@permitted(Permission.RATES_VIEW)
def plan(plan_id: int) -> str:
    """One plan: what it would give now, by learner, and what its months gave."""
    found = plan_by_id(plan_id)
    return render_template(
        "commissions/coaching/staff_plan.html",
        view=plan_view(found, clock.now()),
        last_day=_last_day(found),
        may_end=_may_set() and found.ends_at is None,
    )


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def new() -> str | Response | tuple[str, int]:
    """Begin a plan."""
    shop = current()
    form = PlanForm(formdata=None) if request.method == "GET" else PlanForm()
    form.offer([(str(one.id), one.called) for one in cohorts()])
    if request.method == "GET":
        return _form(form)
    if not form.validate():
        return _form(form), REFUSED
    coach = active_editor(str(form.handle.data).removeprefix("@").lower())
    if coach is None:
        form.handle.errors = (_("No active style editor has this handle."),)
        return _form(form), REFUSED
    begins = beginning_of(form.first_day.data, shop.timezone)
    assert begins is not None
    try:
        made = actions.begin_plan(
            actor=current_staff(),
            draft=actions.PlanDraft(
                coach_id=coach.id,
                rate_bps=form.percent.hundredths() or 0,
                currency=shop.currency,
                begins=begins,
                reason=str(form.reason.data),
                cohort_id=int(form.cohort.data) if form.cohort.data else None,
            ),
        )
    except PlanRuns as refused:
        form.handle.errors = (str(refused),)
        return _form(form), REFUSED
    write_to(
        coach.id,
        "commissions/coaching/mail/begun.txt",
        rate_bps=made.rate_bps,
        first_day=made.begins_at,
    )
    flash(_("The plan is written. %(name)s is told.", name=coach.first_name), "good")
    return redirect(url_for("staff_coaching.plan", plan_id=made.id), 303)


@bp.route("/<int:plan_id>/end", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def end(plan_id: int) -> str | Response | tuple[str, int]:
    """End a plan, with the notice of a cut."""
    found, form, now = plan_by_id(plan_id), ReasonForm(), clock.now()
    if request.method == "GET" or not form.validate():
        page = render_template(
            "commissions/coaching/staff_end.html",
            form=form,
            plan=found,
            ends=None if found.begins_at > now else now + NOTICE,
        )
        return page if request.method == "GET" else (page, REFUSED)
    try:
        done = actions.end_plan(actor=current_staff(), plan_id=plan_id, reason=str(form.reason.data))
    except PlanOver as refused:
        flash(str(refused), "warn")
    else:
        write_to(
            done.coach_id,
            "commissions/coaching/mail/ended.txt",
            last_day=_last_day(done),
            reason=done.end_reason,
        )
        flash(_("The plan ends on %(day)s.", day=day(done.ends_at, "year")), "good")
    return redirect(url_for("staff_coaching.plan", plan_id=plan_id), 303)


def _last_day(plan: CoachingPlan) -> object:
    return last_day_of(plan.ends_at, current().timezone)


def _may_set() -> bool:
    reader = current_account()
    return reader is not None and Permission.RATES_SET in reader.permissions


def _form(form: PlanForm) -> str:
    return render_template("commissions/coaching/staff_new.html", form=form)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
