"""The stand-in's pages: pay, onboarding, the editor's dashboard, and the operator's panel.

They exist only without a Stripe key, where nothing is real; so everybody may come in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from foundation import clock
from foundation.accounts.guards import public
from foundation.errors import NotFound
from foundation.jobs.queue import defer_periodic
from foundation.money import Money
from foundation.settings import current
from stripe_sandbox import accounts, pages, shopper
from stripe_sandbox.checkout import expire_if_due
from stripe_sandbox.clockwork import moved_clock
from stripe_sandbox.errors import ApiError
from stripe_sandbox.models import DeliveryMode, SandboxObject
from stripe_sandbox.operator import ACTS
from stripe_sandbox.passing import let_time_pass
from stripe_sandbox.rules import LINK_LIVES
from stripe_sandbox.store import Store, opened

blueprint = Blueprint("sandbox", __name__, url_prefix="/_sandbox", template_folder="templates")

WAYS_TO_PAY = ("card", "declined", "later", "later_fails")
STAGES = ("done", "half", "restricted")
JUMPS = {"minutes": 1, "hours": 60, "days": 24 * 60}
LONGEST_JUMP = timedelta(days=400)
MODES = {
    DeliveryMode.NORMAL: _l("at once"),
    DeliveryMode.TWICE: _l("each one twice"),
    DeliveryMode.LATE: _l("ten minutes late"),
    DeliveryMode.HELD: _l("kept back until released"),
    DeliveryMode.DROPPED: _l("lost on the way"),
}


@blueprint.get("/pay/<session>")
@public
def pay(session: str) -> str:
    """Where Stripe's hosted checkout would be."""
    with opened() as store:
        row = _found(store, "checkout.session", session, lock=True)
        expire_if_due(store, row)
        page = pages.pay_page(store, row)
    return render_template("stripe_sandbox/pay.html", page=page)


@blueprint.post("/pay/<session>")
@public
def pay_now(session: str) -> Response:
    """One try to pay; a declined one leads back to the page, everything else to the shop."""
    how = request.form.get("how", "")
    if how not in WAYS_TO_PAY:
        raise NotFound()
    with opened() as store:
        row = _found(store, "checkout.session", session)
        try:
            shopper.pay(
                store,
                row.id,
                how,
                request.form.get("email", "")[:200],
                request.form.get("name", "")[:100],
                request.form.get("card", "")[:100] or None,
            )
        except ApiError:
            # Two tabs, or too late: the page says what became of the session.
            return redirect(url_for("sandbox.pay", session=session), 303)
        page = pages.pay_page(store, row)
    if how == "declined":
        return redirect(url_for("sandbox.pay", session=session), 303)
    return redirect(page.success_url, 303)


@blueprint.get("/onboarding/<link>")
@public
def onboarding(link: str) -> str | Response:
    """Where an editor tells Stripe who they are. A used or old link leads back to the shop for a new one."""
    with opened() as store:
        row = _found(store, "v2.core.account_link", link)
        case = row.body["use_case"]["account_onboarding"]
        if row.hidden["used"] or row.created + LINK_LIVES < store.now:
            return redirect(case["refresh_url"], 303)
        account = store.get("v2.core.account", row.body["account"])
        page = {"link": link, "name": account.body["display_name"], "email": account.body["contact_email"]}
    return render_template("stripe_sandbox/onboarding.html", page=page)


@blueprint.post("/onboarding/<link>")
@public
def onboard(link: str) -> Response:
    """The editor is through, leaves half-way, or Stripe stops the account."""
    stage = request.form.get("stage", "")
    if stage not in STAGES:
        raise NotFound()
    with opened() as store:
        row = _found(store, "v2.core.account_link", link)
        case = row.body["use_case"]["account_onboarding"]
        try:
            accounts.onboard(store, link, stage)
        except ApiError:
            return redirect(case["refresh_url"], 303)
    return redirect(case.get("return_url") or case["refresh_url"], 303)


@blueprint.get("/express/<link>")
@public
def express(link: str) -> str:
    """An editor's own dashboard at Stripe: the balance, what came in, what went to the bank."""
    with opened() as store:
        account = _found(store, "login_link", link).parent or ""
        row = store.get("v2.core.account", account)
        page = {
            "link": link,
            "bank": (row.hidden.get("bank") or "")[-4:],
            "name": row.body["display_name"],
            "amounts": pages.amounts(store, account),
            "transfers": store.find("transfer", parent=account)[::-1],
            "payouts": pages.newest(store, "payout", account=account),
        }
    return render_template("stripe_sandbox/express.html", page=page, **_said())


@blueprint.post("/express/<link>/bank")
@public
def change_bank(link: str) -> Response:
    """The editor lets their money go to another bank account."""
    with opened() as store:
        accounts.change_bank(store, _found(store, "login_link", link).parent or "")
    return redirect(url_for("sandbox.express", link=link), 303)


@blueprint.get("/")
@public
def panel() -> str:
    """What the operator can see and let happen."""
    with opened() as store:
        control = store.control()
        editors = pages.newest(store, "v2.core.account")
        page = {
            "now": clock.now(),
            "ahead": timedelta(seconds=control.offset_seconds),
            "mode": control.delivery_mode,
            "amounts": pages.amounts(store),
            "reserve": Money(50_000, current().currency),
            "waiting": store.find("payment_intent", status="processing"),
            "charges": pages.newest(store, "charge"),
            "refunds": pages.newest(store, "refund"),
            "disputes": pages.newest(store, "dispute"),
            "accounts": editors,
            "names": {row.id: row.body["display_name"] for row in editors},
            "balances": {row.id: pages.amounts(store, row.id) for row in editors},
            "payouts": pages.newest(store, "payout"),
            "events": pages.events(store),
        }
    return render_template("stripe_sandbox/panel.html", page=page, modes=MODES, **_said())


@blueprint.post("/act/<name>")
@public
def act(name: str) -> Response:
    """Let one thing happen, and say what came of it."""
    if name not in ACTS:
        raise NotFound()
    try:
        with opened() as store:
            ACTS[name](store, request.form.get("what", ""))
        flash(_("Done."), "good")
    except ApiError as refused:
        flash(str(refused), "bad")
    return redirect(url_for("sandbox.panel"), 303)


@blueprint.post("/clock")
@public
def move_clock() -> Response:
    """Let time pass: sessions end, money becomes available, transfers arrive, payouts reach banks.

    The shop's own periodic work is asked for as well, so that nobody waits for a hold that is over by now.
    """
    unit, count = request.form.get("unit", "days"), request.form.get("count", "")
    minutes = JUMPS.get(unit, 0) * int(count) if count.isdecimal() and len(count) < 7 else 0
    if not 0 < minutes <= LONGEST_JUMP.total_seconds() / 60:
        flash(_("Choose a whole number, up to 400 days."), "bad")
        return redirect(url_for("sandbox.panel"), 303)
    moved_clock.move(timedelta(minutes=minutes))
    let_time_pass()
    defer_periodic()
    flash(_("The clock was moved on."), "good")
    return redirect(url_for("sandbox.panel"), 303)


def _found(store: Store, kind: str, wanted: str, *, lock: bool = False) -> SandboxObject:
    try:
        return store.get(kind, wanted, lock=lock)
    except ApiError as error:
        raise NotFound() from error


def _said() -> dict[str, Any]:
    return {"money_of": pages.money, "moment_of": pages.moment}
