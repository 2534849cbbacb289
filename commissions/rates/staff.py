"""Staff: what editors earn. The owner sets rates; finance reads them."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.rates import actions
from commissions.rates.choosing import known_products, offer, subject_of
from commissions.rates.errors import EndsBefore, NoSuchCampaign, NothingChanges
from commissions.rates.forms import CampaignForm, CapForm, RateForm
from commissions.rates.models import RateCap, RateCard
from commissions.rates.policy import NOTICE, Per, Scope
from commissions.rates.queries import every_cap, every_card
from commissions.rates.showing import Shown, caps_shown, in_scope, parted
from commissions.rates.words import card_words, per_words, scope_words
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.settings import current
from foundation.web.amounts import beginning_of, end_of
from foundation.web.fields import REFUSED
from foundation.web.formats import day
from foundation.web.reasons import ReasonForm
from foundation.web.tabs import tabs

bp = Blueprint("rates_staff", __name__, url_prefix="/staff/rates")


@bp.get("")
@permitted(Permission.RATES_VIEW)
def rates() -> str:
    """What counts now, or another part of the list; the caps beside it."""
    now = clock.now()
    wanted = request.args.get("part", "")
    shown = Shown(wanted) if wanted in set(Shown) else Shown.NOW
    scope = request.args.get("scope", "")
    parts = {part: in_scope(rows, scope) for part, rows in parted(every_card(), now).items()}
    names = {
        Shown.NOW: _("Count now"),
        Shown.ANNOUNCED: _("Ahead"),
        Shown.CAMPAIGNS: _("Campaigns"),
        Shown.EARLIER: _("Past"),
    }
    reader = current_account()
    return render_template(
        "commissions/rates/staff_rates.html",
        rows=parts[shown],
        shown=shown,
        tabs=tabs(
            names,
            shown,
            lambda part: url_for("rates_staff.rates", part=part, scope=scope or None),
            {part: len(rows) for part, rows in parts.items()},
        ),
        caps=[(per_words()[Per(cap.per)], cap) for cap in caps_shown(every_cap(), now)],
        scopes=[("", _("Everything")), *((one.value, words) for one, words in scope_words().items())],
        scope=scope,
        now=now,
        soonest=now + NOTICE,
        may_set=reader is not None and Permission.RATES_SET in reader.permissions,
    )


@bp.get("/new")
@permitted(Permission.RATES_SET)
def new() -> str:
    """The form of a rate."""
    return _rate_page(RateForm(formdata=None))


@bp.post("/new")
@permitted(Permission.RATES_SET)
def set_rate() -> Response | tuple[str, int]:
    """Set a rate: a rise counts at once, a cut after thirty days and a letter."""
    form = RateForm()
    offer(form)
    if not form.validate():
        return _rate_page(form), REFUSED
    products = known_products(form)
    if not (form.complete(products) & form.sound()):
        return _rate_page(form), REFUSED
    subject = subject_of(form, products)
    draft = actions.RateDraft(
        scope=Scope(form.scope.data),
        subject=subject.key,
        label=subject.label,
        label_it=subject.label_it,
        rate_bps=None if form.ends.data else form.percent.hundredths(),
        wished=beginning_of(form.first_day.data, current().timezone),
        reason=str(form.reason.data),
    )
    try:
        card = actions.set_rate(actor=current_staff(), draft=draft)
    except NothingChanges as same:
        form.percent.errors = (str(same),)
        return _rate_page(form), same.status
    flash(_set_words(card), "good")
    return redirect(url_for("rates_staff.rates", part=_part_of(card)), 303)


@bp.get("/campaigns/new")
@permitted(Permission.RATES_SET)
def new_campaign() -> str:
    """The form of a campaign."""
    return _campaign_page(CampaignForm(formdata=None))


@bp.post("/campaigns/new")
@permitted(Permission.RATES_SET)
def add_campaign() -> Response | tuple[str, int]:
    """Add a campaign for some days."""
    form, zone = CampaignForm(), current().timezone
    offer(form)
    if not form.validate():
        return _campaign_page(form), REFUSED
    products = known_products(form)
    if not (form.complete(products) & form.sound(clock.today(zone))):
        return _campaign_page(form), REFUSED
    begins, ends = beginning_of(form.first_day.data, zone), end_of(form.last_day.data, zone)
    assert begins is not None and ends is not None
    draft = actions.CampaignDraft(
        scope=Scope(form.scope.data),
        subject=subject_of(form, products).key,
        label=str(form.name.data),
        label_it=form.name_it.data or None,
        bonus_bps=form.percent.hundredths() or 0,
        begins=begins,
        ends=ends,
        reason=str(form.reason.data),
    )
    card = actions.add_campaign(actor=current_staff(), draft=draft)
    flash(_("%(name)s is added. It runs to its last day.", name=card_words(card)), "good")
    return redirect(url_for("rates_staff.rates", part=Shown.CAMPAIGNS), 303)


@bp.route("/campaigns/<int:card_id>/end", methods=["GET", "POST"])
@permitted(Permission.RATES_SET)
def end_campaign(card_id: int) -> str | Response | tuple[str, int]:
    """Stop a campaign before its last day, thirty days from now."""
    card = next((one for one in every_card() if one.id == card_id and one.until is not None), None)
    if card is None:
        raise NoSuchCampaign()
    form, name = ReasonForm(), card_words(card)
    if request.method == "GET" or not form.validate():
        page = render_template(
            "commissions/rates/staff_end.html", form=form, name=name, ends=clock.now() + NOTICE
        )
        return page if request.method == "GET" else (page, REFUSED)
    try:
        end = actions.end_campaign(actor=current_staff(), card_id=card_id, reason=str(form.reason.data))
    except EndsBefore as refused:
        flash(str(refused), "warn")
    else:
        ends = day(end.ends_at, "year")
        flash(_("%(name)s ends on %(day)s; whom it concerns is written to.", name=name, day=ends), "good")
    return redirect(url_for("rates_staff.rates", part=Shown.CAMPAIGNS), 303)


@bp.get("/caps/new")
@permitted(Permission.RATES_SET)
def new_cap() -> str:
    """The form of a cap."""
    return _cap_page(CapForm(formdata=None))


@bp.post("/caps/new")
@permitted(Permission.RATES_SET)
def set_cap() -> Response | tuple[str, int]:
    """Set a cap, or lift it with an empty amount."""
    form, currency = CapForm(), current().currency
    form.offer()
    if not form.validate():
        return _cap_page(form), REFUSED
    try:
        cap = actions.set_cap(
            actor=current_staff(),
            per=Per(form.per.data),
            amount_minor=form.amount.minor(),
            currency=currency,
            reason=str(form.reason.data),
        )
    except NothingChanges as same:
        form.amount.errors = (str(same),)
        return _cap_page(form), same.status
    flash(_cap_words(cap), "good")
    return redirect(url_for("rates_staff.rates"), 303)


def _part_of(card: RateCard) -> Shown:
    return Shown.ANNOUNCED if card.valid_from > clock.now() else Shown.NOW


def _set_words(card: RateCard) -> str:
    if card.is_cut:
        return _(
            "Announced. It counts from %(day)s; whom it concerns reads it in a letter and in the studio.",
            day=day(card.valid_from, "year"),
        )
    if card.valid_from > clock.now():
        return _("Kept. It counts from %(day)s.", day=day(card.valid_from, "year"))
    return _("Kept. It counts from now on.")


def _cap_words(cap: RateCap) -> str:
    if cap.is_cut:
        return _(
            "Announced. It counts from %(day)s; whom it concerns reads it in a letter and in the studio.",
            day=day(cap.valid_from, "year"),
        )
    return _("Kept. It counts from now on.")


def _rate_page(form: RateForm) -> str:
    offer(form)
    return render_template("commissions/rates/staff_rate.html", form=form, campaign=False)


def _campaign_page(form: CampaignForm) -> str:
    offer(form)
    return render_template("commissions/rates/staff_rate.html", form=form, campaign=True)


def _cap_page(form: CapForm) -> str:
    form.offer()
    return render_template("commissions/rates/staff_cap.html", form=form, currency=current().currency)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
