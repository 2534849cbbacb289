"""`/go/<code>`, and the shopper's say in who is credited.

The first is the hottest route of the shop: no account is loaded, no template rendered, nothing translated,
and one statement is sent; the first visit of a day in each process sends a second, for the salt of the day,
and a program that follows a link sends one that counts it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
)
from flask_babel import gettext as _
from flask_login import user_logged_in
from psycopg import Connection
from werkzeug.wrappers import Response

from commissions.clicks import policy
from commissions.clicks.actions import bind_visit, choose_credit, follow_link, salt_of_day
from commissions.clicks.band import CREDIT, is_person, reader_id, shop_day, shop_with
from commissions.clicks.queries import bonded_click, choices_of_visit, editors_met, salt_known_for
from commissions.clicks.remembering import has_answered, keep_only, remember_click, remembered
from commissions.clicks.seeing import note_program
from editors.links.models import LinkStatus
from editors.links.policy import LONGEST_CODE
from editors.links.queries import link_by_code
from editors.looks.queries import look_page
from editors.looks.words import look_name
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.accounts.guards import current_person, public
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.db import past_the_session, writes
from foundation.errors import NotFound
from foundation.settings import current
from foundation.web.redirects import own_path
from foundation.web.visits import begin_visit, keep_visit, new_visit, visit_id

SALT = "vetrina.visitor_salt"
AGAIN = "again"
VISITOR = Actor.guest()

bp = Blueprint("clicks", __name__)


@bp.get("/go/<code>")
@public
@writes
def go(code: str) -> Response:
    """Follow a share link: write the visit down, keep whose it is, and lead to what was shared.

    Where it leads comes from the database alone. Bots, previews and prefetches are led there too and leave
    nothing but a count of their link. The address carries `via`, except on the second try that `follow_again`
    asks for.
    """
    with past_the_session() as connection:
        if not _could_be_a_code(code):
            return _rests()
        if not is_person():
            hit = link_by_code(code, connection)
            if hit is None or hit.status is not LinkStatus.ACTIVE:
                return _rests()
            note_program(actor=VISITOR, link_id=hit.link_id, day=shop_day(), connection=connection)
            return _lead(hit.path)
        visit = visit_id() or new_visit()
        visitor = _visitor(_salt(connection))
        followed = follow_link(
            actor=VISITOR,
            code=code,
            visit=visit,
            visitor=visitor,
            source=_source(),
            reader=reader_id(),
            connection=connection,
        )
    if followed is None or followed.click_id is None:
        return _rests()
    hit = followed.hit
    keep_visit(visit)
    path = hit.path
    if AGAIN not in request.args:
        path += f"?via={policy.via_token(current_app.config['SECRET_KEY'], hit.code, visitor)}"
    if followed.own:
        return _lead(path)
    shop_with(hit.editor_id, hit.editor_name, hit.editor_handle, hit.look_slug, followed.click_id)
    return remember_click(_lead(path), followed.click_id, hit.editor_id)


@bp.get("/credit")
@public
def choose() -> str:
    """Whose links this visit came by, and who is credited now."""
    found = editors_met(visit_id(), current_person().account_id, _since())
    return render_template(
        "commissions/clicks/choose.html",
        editors=found,
        credit=session.get(CREDIT),
        attribution_days=current().attribution_days,
        cookie_days=current().credit_cookie_days,
        agreed=remembered(),
        answered=has_answered(),
    )


@bp.post("/credit/change")
@public
def change() -> Response:
    """Credit another editor whose link this visit came by."""
    person, editor = current_person(), editor_by_handle(request.form.get("handle", ""))
    met = editors_met(visit_id(), person.account_id, _since())
    if editor is None or editor.id not in {one.id for one in met}:
        raise NotFound()
    choose_credit(actor=person, visit=begin_visit(), editor_id=editor.id)
    _bind(person)
    shop_with(editor.id, editor.name, editor.handle)
    flash(_("From now on you are shopping with %(name)s.", name=editor.name))
    return keep_only(_back(), editor.id)


@bp.post("/credit/remove")
@public
def remove() -> Response:
    """Credit nobody. A link opened later counts again."""
    person = current_person()
    if visit_id() is not None or CREDIT in session:
        choose_credit(actor=person, visit=begin_visit(), editor_id=None)
        _bind(person)
    session.pop(CREDIT, None)
    flash(_("Done. Nobody earns a commission on what you buy now."))
    return keep_only(_back(), None)


def bring_credit_along(_app: Flask, user: Account, **_more: object) -> None:
    """At sign-in: the links of this visit count for the account from now on, and where there are none, a link
    the account is bound to is credited, and said so in the band."""
    visit, now = visit_id(), clock.now()
    if visit is not None:
        bind_visit(actor=user.as_person(), account_id=user.id, visit=visit)
    if CREDIT in session or (visit is not None and choices_of_visit(visit, now)):
        return
    bound = bonded_click(user.id, _since(), now)
    if bound is not None:
        click, editor = bound
        shop_with(editor.id, editor.name, editor.handle, click_id=click.click_id)


def _bind(person: Actor) -> None:
    """What a signed-in shopper says about credit is remembered with their account, whatever visit it was."""
    if person.account_id is not None:
        bind_visit(actor=person, account_id=person.account_id, visit=begin_visit())


def _back() -> Response:
    return redirect(own_path(request.form.get("next", "/shop"), request.host), code=303)


def _since() -> datetime:
    """From when on a click counts, today."""
    return clock.now() - timedelta(days=current().attribution_days)


def credit_band() -> str:
    """The band "Shopping with NAME", from the signed session: no statement is sent for it. Beneath it who was
    not asked yet is asked whether to remember the link; `/credit` asks in its own words."""
    credit = session.get(CREDIT)
    if not isinstance(credit, dict):
        return ""
    asks = request.endpoint != "clicks.choose" and not has_answered()
    days = current().credit_cookie_days
    return render_template("commissions/clicks/band.html", credit=credit, asks=asks, days=days)


def empty_bag() -> str:
    """The way back from an empty bag to the look whose link was followed last."""
    credit = session.get(CREDIT)
    slug = credit.get("look") if isinstance(credit, dict) else None
    look = look_page(slug) if isinstance(slug, str) else None
    return (
        render_template("commissions/clicks/empty_bag.html", look=look, name=look_name(look)) if look else ""
    )


def follow_again() -> Response | None:
    """A browser that lost its cookie between the link and the page is sent through the link once more.

    It begins a visit of its own there, never somebody else's: two people behind one address who paste what
    they see share neither bag nor credit. Only within the day and for the same visitor; any other `via` is
    ignored. The second try leads on without `via`, so a browser that keeps no cookie cannot go in a circle.
    """
    if b"via=" not in request.query_string or visit_id() is not None:
        return None
    if not is_person():
        return None
    salt = _kept_salt() or salt_known_for(clock.now().date())
    if salt is None:
        return None
    read = policy.read_via(current_app.config["SECRET_KEY"], request.args.get("via", ""), _visitor(salt))
    return None if read is None else _lead(f"/go/{read}?{AGAIN}=1")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    user_logged_in.connect(bring_credit_along, app)
    app.before_request(follow_again)


def _could_be_a_code(text: str) -> bool:
    """Not empty, not long, nothing that a database refuses to be asked."""
    return 0 < len(text) <= LONGEST_CODE and text.isprintable()


def _rests() -> Response:
    flash(_("That link is resting. Here is everything else in the shop."))
    return _lead("/shop")


def _lead(path: str) -> Response:
    """The answer by hand: `redirect` would write a page that nobody reads. Never kept by a cache."""
    response = current_app.response_class(status=302)
    response.headers["Location"] = path
    response.headers["Cache-Control"] = "no-store"
    return response


def _kept_salt() -> bytes | None:
    """Today's salt, if this process has asked for it before."""
    kept: tuple[date, bytes] | None = current_app.extensions.get(SALT)
    return kept[1] if kept and kept[0] == clock.now().date() else None


def _salt(connection: Connection[Any]) -> bytes:
    """Today's salt; asked of the database once a day and process."""
    salt = _kept_salt()
    if salt is None:
        day = clock.now().date()
        salt = salt_of_day(day=day, connection=connection)
        current_app.extensions[SALT] = (day, salt)
    return salt


def _visitor(salt: bytes) -> bytes:
    return policy.visitor_hash(salt, request.remote_addr or "", request.headers.get("User-Agent", ""))


def _source() -> policy.Source:
    header = current().country_header
    return policy.source_of(request.headers.get, host=request.host, country_header=header)
