"""Staff: what hosts are given, by which rule, and what waits. The owner sets, finance reads."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.hosting import actions
from commissions.hosting.errors import NothingToGive, RuleOver, RuleRuns
from commissions.hosting.forms import RuleForm
from commissions.hosting.models import HostRule
from commissions.hosting.policy import Way
from commissions.hosting.ports import hosted
from commissions.hosting.queries import (
    every_rule,
    hosts_named,
    last_rewards,
    reward_of,
    rule_by_id,
    waiting,
    waiting_for,
)
from commissions.hosting.words import rule_words
from commissions.rates.policy import NOTICE
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.errors import Conflict
from foundation.money import Money
from foundation.settings import current
from foundation.web.amounts import beginning_of, last_day_of
from foundation.web.fields import REFUSED
from foundation.web.formats import day
from foundation.web.reasons import ReasonForm
from storefront.places.queries import stores

bp = Blueprint("staff_hosting", __name__, url_prefix="/staff/hosting")


@bp.get("")
@permitted(Permission.RATES_VIEW)
def index() -> str:
    """Every rule with what it has given; what waits, and what was given last."""
    now = clock.now()
    waits = waiting(now)
    return render_template(
        "commissions/hosting/staff.html",
        rules=[
            (one, rule_words(one), _last_day(one), Money(given, one.currency)) for one, given in every_rule()
        ],
        waits=[(one, one.rule.gives(one.hosted.guests, one.net_minor)) for one in waits],
        hosts=hosts_named([one.hosted.editor_id for one in waits]),
        rewards=last_rewards(),
        currency=current().currency,
        now=now,
        may_set=_may_set(),
        rule_words=rule_words,
    )


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def new() -> str | Response | tuple[str, int]:
    """Begin a rule."""
    shop = current()
    form = RuleForm(formdata=None) if request.method == "GET" else RuleForm()
    form.offer([(str(one.id), f"{one.name}, {one.city}") for one in stores()])
    if request.method == "GET":
        return _form(form)
    if not form.validate():
        return _form(form), REFUSED
    begins = beginning_of(form.first_day.data, shop.timezone)
    assert begins is not None
    guest = form.way.data == Way.GUEST
    try:
        actions.begin_rule(
            actor=current_staff(),
            draft=actions.RuleDraft(
                currency=shop.currency,
                begins=begins,
                reason=str(form.reason.data),
                each_minor=form.each.minor() if guest else None,
                rate_bps=None if guest else form.percent.hundredths(),
                most_minor=form.most.minor(),
                place_id=int(form.place.data) if form.place.data else None,
            ),
        )
    except RuleRuns as refused:
        form.place.errors = (str(refused),)
        return _form(form), REFUSED
    flash(_("The rule is written. Hosts read it where they propose an evening."), "good")
    return redirect(url_for("staff_hosting.index"), 303)


@bp.route("/<int:rule_id>/end", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def end(rule_id: int) -> str | Response | tuple[str, int]:
    """End a rule, with the notice of a cut."""
    found, form, now = rule_by_id(rule_id), ReasonForm(), clock.now()
    if request.method == "GET" or not form.validate():
        page = render_template(
            "commissions/hosting/staff_end.html",
            form=form,
            rule=found,
            words=rule_words(found),
            ends=None if found.begins_at > now else now + NOTICE,
        )
        return page if request.method == "GET" else (page, REFUSED)
    try:
        done = actions.end_rule(actor=current_staff(), rule_id=rule_id, reason=str(form.reason.data))
    except RuleOver as refused:
        flash(str(refused), "warn")
    else:
        flash(_("The rule ends on %(day)s.", day=day(done.ends_at, "year")), "good")
    return redirect(url_for("staff_hosting.index"), 303)


@bp.route("/events/<event>/refuse", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def refuse(event: str) -> str | Response | tuple[str, int]:
    """Say why an event gives nothing."""
    one = hosted(event)
    promised = waiting_for(one) if one is not None else None
    if one is None or promised is None:
        raise NothingToGive()
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        page = render_template(
            "commissions/hosting/staff_refuse.html",
            form=form,
            one=one,
            decided=reward_of(event),
            amount=promised.rule.gives(one.guests, promised.net_minor),
        )
        return page if request.method == "GET" else (page, REFUSED)
    try:
        actions.refuse_reward(actor=current_staff(), event=event, reason=str(form.reason.data))
    except Conflict as refused:
        flash(str(refused), "warn")
    else:
        flash(_("This evening gives nothing. Its host reads why."), "good")
    return redirect(url_for("staff_hosting.index"), 303)


def _last_day(rule: HostRule) -> object:
    return last_day_of(rule.ends_at, current().timezone)


def _may_set() -> bool:
    reader = current_account()
    return reader is not None and Permission.RATES_SET in reader.permissions


def _form(form: RuleForm) -> str:
    return render_template("commissions/hosting/staff_new.html", form=form)
