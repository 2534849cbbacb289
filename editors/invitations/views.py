"""The page behind the link of an invitation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.invitations import actions
from editors.invitations.errors import InvitationSpent
from editors.invitations.forms import AcceptForm
from editors.invitations.models import Invitation
from editors.invitations.queries import invitation_by_token
from editors.membership import errors
from editors.membership.guards import editor_here
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.db import all_or_nothing
from foundation.web.fields import REFUSED

bp = Blueprint("invitations", __name__, url_prefix="/editors/invitation")


@bp.get("/<token>")
@public
def show(token: str) -> Any:
    """Who invites whom; an account first, then the short form."""
    invitation = _open(token)
    account = current_account()
    if account is None:
        return _page(invitation, token, None)
    if editor_here() is not None:
        return redirect(url_for("studio.today"))
    return _page(invitation, token, AcceptForm(formdata=None, data={"name": account.name}))


@bp.post("/<token>")
@signed_in
def accept(token: str) -> Any:
    """Become a style editor. What cannot be is said beside its field; the link then works as before."""
    invitation, account, form = _open(token), current_account(), AcceptForm()
    assert account is not None
    if not form.validate():
        return _page(invitation, token, form, REFUSED)
    try:
        with all_or_nothing():
            actions.accept(
                actor=current_person(),
                token=token,
                account_id=account.id,
                name=str(form.name.data),
                city=str(form.city.data),
                words=str(form.words.data),
                handle=str(form.handle_wish.data),
            )
    except errors.HandleTaken as taken:
        form.handle_wish.errors = (str(taken),)
        return _page(invitation, token, form, taken.status)
    except errors.AlreadyAnEditor:
        return redirect(url_for("studio.today"), code=303)
    flash(_("Welcome. This is your studio."), "good")
    return redirect(url_for("studio.today"), code=303)


def _open(token: str) -> Invitation:
    invitation = invitation_by_token(token)
    if invitation is None or not invitation.waits:
        raise InvitationSpent()
    return invitation


def _page(invitation: Invitation, token: str, form: AcceptForm | None, status: int = 200) -> Response:
    page = render_template("editors/invitations/show.html", invitation=invitation, token=token, form=form)
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
