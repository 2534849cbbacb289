"""Whether the links somebody comes by are remembered beyond the visit: asked once, quietly, and changed at
any time. Without a yes nothing lies on the device but the visit itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import Blueprint, Flask, flash, redirect, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.clicks.actions import carry_over, drop_carried
from commissions.clicks.band import CREDIT, is_person, shop_with
from commissions.clicks.cookie import NAME, REFUSED, Carried, Remembered, read, written
from commissions.clicks.queries import clicks_of_visit
from foundation import clock
from foundation.accounts.guards import current_person, public
from foundation.actors import Actor
from foundation.db import past_the_session
from foundation.settings import current
from foundation.web.redirects import own_path
from foundation.web.visits import keep_visit, new_visit, visit_id

CARRIED = "carried"  # in the session: what the cookie says is known of this visit
VISITOR = Actor.guest()

bp = Blueprint("remembering", __name__)


def remembered() -> Remembered | None:
    """What this browser was asked to keep and still may; None for whoever did not agree."""
    days, value = current().credit_cookie_days, request.cookies.get(NAME)
    if not value or value == REFUSED or not days:
        return None
    return read(value, _secrets(), days=days, now=clock.now())


def has_answered() -> bool:
    """Whether there is nothing to ask: it was answered, or the shop keeps no such cookie."""
    return not current().credit_cookie_days or request.cookies.get(NAME) == REFUSED or bool(remembered())


def keep(response: Response, kept: Remembered) -> Response:
    """Give the browser the cookie as it is from now on."""
    return _set(response, written(kept, _secrets()))


def remember_click(response: Response, click_id: int, editor_id: int) -> Response:
    """Add a click to the cookie of whoever agreed to it; nobody else gets one."""
    kept = remembered()
    return keep(response, kept.plus([Carried(click_id, editor_id, clock.now())])) if kept else response


def keep_only(response: Response, editor_id: int | None) -> Response:
    """What the shopper says of credit holds for what is remembered, too: this editor's links, or none."""
    kept = remembered()
    return keep(response, kept.of(editor_id)) if kept else response


@bp.post("/credit/remember")
@public
def remember() -> Response:
    """Agree that links are remembered, or take it back; refusing takes as much as agreeing."""
    response = redirect(own_path(request.form.get("next", "/"), request.host), code=303)
    days = current().credit_cookie_days
    if not days:
        return response
    if request.form.get("answer") == "yes":
        flash(_("Done. The links you come by are remembered for %(days)s days.", days=days))
        return keep(response, Remembered(clock.now()).plus(_of_this_visit()))
    visit = visit_id()
    if visit is not None and session.pop(CARRIED, None):
        brought = drop_carried(actor=current_person(), visit=visit)
        if (session.get(CREDIT) or {}).get("click") in brought:
            session.pop(CREDIT)
    flash(_("Done. Nothing is remembered when you close the browser."))
    return _set(response, REFUSED)


def welcome_back() -> None:
    """The first page of a visit of somebody who agreed: the clicks they were asked to remember belong to it
    from here on, and whom they shop with is said in the band. One statement, once a visit.
    """
    if NAME not in request.cookies or CARRIED in session or request.endpoint == "clicks.go":
        return
    kept = remembered()
    if kept is None or not kept.clicks or not is_person():
        return
    visit = visit_id() or new_visit()
    with past_the_session() as connection:
        found = carry_over(
            actor=VISITOR,
            visit=visit,
            remembered=kept,
            since=clock.now() - timedelta(days=current().credit_cookie_days),
            connection=connection,
        )
    session[CARRIED] = True
    if not found:
        return
    keep_visit(visit)
    if CREDIT not in session:
        one = found[0 if current().credit_click == "first" else -1]
        shop_with(one.editor_id, one.name, one.handle, one.look_slug, one.click_id)


def _of_this_visit() -> Iterable[Carried]:
    visit = visit_id()
    clicks = clicks_of_visit(visit, clock.now()) if visit else []
    mine = current_person().account_id
    return [
        Carried(one.click_id, one.editor_id, one.last_at)
        for one in clicks
        if mine is None or one.editor_account_id != mine
    ]


def _set(response: Response, value: str) -> Response:
    settings = current()
    response.set_cookie(
        NAME,
        value,
        max_age=timedelta(days=settings.credit_cookie_days),
        secure=settings.base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
    return response


def _secrets() -> list[str]:
    settings = current()
    return [*settings.secret_key_fallbacks, settings.secret_key]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.before_request(welcome_back)
