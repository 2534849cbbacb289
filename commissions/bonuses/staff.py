"""Staff: bonuses beside the commissions. The owner adds and ends them; finance reads what they cost."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.accruals.words import TONES, state_words
from commissions.bonuses import actions
from commissions.bonuses.errors import BonusOver
from commissions.bonuses.forms import BonusForm
from commissions.bonuses.models import Bonus
from commissions.bonuses.policy import BonusKind, Goal, Whom
from commissions.bonuses.queries import awards_of_bonus, bonus_by_id, every_bonus
from commissions.bonuses.words import asks_for, whom_words
from commissions.rates.policy import NOTICE
from editors.cohorts.queries import cohorts
from editors.tiers.queries import tiers
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money
from foundation.settings import current
from foundation.web.amounts import beginning_of, end_of, last_day_of
from foundation.web.fields import REFUSED
from foundation.web.formats import day
from foundation.web.reasons import ReasonForm

SHOWN = 200  # of those who earned a bonus, the newest

bp = Blueprint("staff_bonuses", __name__, url_prefix="/staff/bonuses")


@bp.get("")
@permitted(Permission.RATES_VIEW)
def index() -> str:
    """Every bonus, with its days, for whom it is, and what came of it."""
    reader, currency = current_account(), current().currency
    return render_template(
        "commissions/bonuses/staff.html",
        rows=[
            (one, asks_for(one), _for_whom(one), last_day_of(one.ends_at, current().timezone), taken)
            for one, taken in every_bonus()
        ],
        as_money=lambda minor: Money(minor, currency),
        now=clock.now(),
        currency=currency,
        may_set=reader is not None and Permission.RATES_SET in reader.permissions,
    )


@bp.get("/<int:bonus_id>")
@permitted(Permission.RATES_VIEW)
def bonus(bonus_id: int) -> str:
    """Who earned a bonus, by which order, and where it stands."""
    found, reader = bonus_by_id(bonus_id), current_account()
    return render_template(
        "commissions/bonuses/staff_bonus.html",
        bonus=found,
        asks=asks_for(found),
        whom=_for_whom(found),
        last_day=last_day_of(found.ends_at, current().timezone),
        rows=[
            (award, editor, state_words(award.status, due_at=award.due_at, paid_at=award.paid_at))
            for award, editor in awards_of_bonus(bonus_id, limit=SHOWN)
        ],
        tones=TONES,
        may_end=reader is not None
        and Permission.RATES_SET in reader.permissions
        and found.end_reason is None
        and found.ends_at > (found.begins_at if found.begins_at > clock.now() else clock.now() + NOTICE),
    )


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def new() -> str | Response | tuple[str, int]:
    """Add a bonus."""
    shop = current()
    form = BonusForm(formdata=None) if request.method == "GET" else BonusForm()
    form.offer(
        tiers=[(str(one.id), one.called) for one in tiers()],
        cohorts=[(str(one.id), one.called) for one in cohorts()],
    )
    if request.method == "GET":
        return _form(form)
    if not form.validate() or not form.sound(clock.today(shop.timezone), shop.currency):
        return _form(form), REFUSED
    kind = BonusKind(form.kind.data)
    goal = Goal(form.goal.data) if kind is BonusKind.CHALLENGE else None
    begins, ends = beginning_of(form.first_day.data, shop.timezone), end_of(form.last_day.data, shop.timezone)
    assert begins is not None and ends is not None
    made = actions.add_bonus(
        actor=current_staff(),
        draft=actions.BonusDraft(
            kind=kind,
            name=str(form.name.data),
            name_it=form.name_it.data or None,
            amount=Money(form.minor(form.amount, shop.currency) or 0, shop.currency),
            begins=begins,
            ends=ends,
            reason=str(form.reason.data),
            goal=goal,
            goal_count={
                Goal.ORDERS: form.orders.data,
                Goal.NET: form.minor(form.net, shop.currency) if goal is Goal.NET else None,
            }[goal]
            if goal
            else None,
            event=str(form.event.data or "") if kind is BonusKind.EVENT else "",
            whom=Whom(form.whom.data),
            whom_id=form.whom_id,
        ),
    )
    flash(_("%(name)s is added.", name=made.called), "good")
    return redirect(url_for("staff_bonuses.index"), 303)


@bp.route("/<int:bonus_id>/end", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def end(bonus_id: int) -> str | Response | tuple[str, int]:
    """Stop a bonus before its last day."""
    found, form, now = bonus_by_id(bonus_id), ReasonForm(), clock.now()
    if request.method == "GET" or not form.validate():
        page = render_template(
            "commissions/bonuses/staff_end.html",
            form=form,
            bonus=found,
            ends=None if found.begins_at > now else now + NOTICE,
        )
        return page if request.method == "GET" else (page, REFUSED)
    try:
        done = actions.end_bonus(actor=current_staff(), bonus_id=bonus_id, reason=str(form.reason.data))
    except BonusOver as refused:
        flash(str(refused), "warn")
    else:
        flash(
            _("%(name)s ends on %(day)s.", name=done.called, day=day(done.ends_at, "year"))
            if done.ends_at > done.begins_at
            else _("%(name)s never begins.", name=done.called),
            "good",
        )
    return redirect(url_for("staff_bonuses.bonus", bonus_id=bonus_id), 303)


def _for_whom(bonus: Bonus) -> str:
    named: dict[int, str] = {}
    if bonus.whom == Whom.TIER:
        named = {one.id: one.called for one in tiers()}
    elif bonus.whom == Whom.COHORT:
        named = {one.id: one.called for one in cohorts()}
    return named.get(bonus.whom_id or 0) or whom_words()[Whom(bonus.whom)]


def _form(form: BonusForm) -> str:
    return render_template("commissions/bonuses/staff_new.html", form=form, currency=current().currency)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
