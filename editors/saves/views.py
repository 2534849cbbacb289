from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.looks.errors import NoSuchLook
from editors.looks.page.state import look_state
from editors.saves import actions
from editors.saves.panels import button, owner, remember
from foundation.accounts.guards import current_person, public
from foundation.web.visits import begin_visit

bp = Blueprint("saves", __name__, url_prefix="/looks/<slug>")


@bp.post("/save")
@public
def save(slug: str) -> Response | str:
    """Keep a look in mind."""
    look_id, (visit, account_id) = _look(slug), owner()
    remember(
        actions.save_look(
            actor=current_person(), visit=visit or begin_visit(), account_id=account_id, look_id=look_id
        )
    )
    return _answer(slug, look_id, _("Saved. It lies with your wishes."))


@bp.post("/let-go")
@public
def let_go(slug: str) -> Response | str:
    """No longer keep it."""
    look_id, (visit, account_id) = _look(slug), owner()
    remember(actions.let_go(actor=current_person(), visit=visit, account_id=account_id, look_id=look_id))
    return _answer(slug, look_id, _("No longer saved."))


def _look(slug: str) -> int:
    state = look_state(slug)
    if state is None:
        raise NoSuchLook()
    return state.id


def _answer(slug: str, look_id: int, sentence: str) -> Response | str:
    """The other button for htmx; for a form the page of the look, with a sentence."""
    if request.headers.get("HX-Request"):
        return button(look_id=look_id, slug=slug)
    flash(sentence, "good")
    return redirect(url_for("looks.look", slug=slug), code=303)
