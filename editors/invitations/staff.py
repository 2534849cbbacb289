"""Staff: whom we invited."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.invitations import actions, queries
from editors.invitations.errors import AnEditorsAddress, InvitedAlready
from editors.invitations.forms import InviteForm
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.web.fields import REFUSED

bp = Blueprint("programme_invitations", __name__, url_prefix="/staff/programme/invitations")


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def invitations() -> str:
    return _page(InviteForm(formdata=None))


@bp.post("")
@permitted(Permission.EDITORS_MANAGE)
def invite() -> Any:
    form = InviteForm()
    if not form.validate():
        return _page(form), REFUSED
    try:
        with all_or_nothing():
            actions.invite(
                actor=current_staff(),
                email=str(form.email.data),
                name=str(form.name.data),
                language=str(form.language.data),
                words=str(form.words.data),
            )
    except (AnEditorsAddress, InvitedAlready) as refused:
        form.email.errors = (str(refused),)
        return _page(form), refused.status
    flash(
        _("The letter to %(name)s is on its way. Its link works once, for two weeks.", name=form.name.data),
        "good",
    )
    return redirect(url_for("programme_invitations.invitations"), code=303)


@bp.post("/<int:invitation_id>/take-back")
@permitted(Permission.EDITORS_MANAGE)
def take_back(invitation_id: int) -> Response:
    actions.take_back(actor=current_staff(), invitation_id=invitation_id)
    flash(_("Taken back. The link in the letter works no more."), "good")
    return redirect(url_for("programme_invitations.invitations"), code=303)


def _page(form: InviteForm) -> str:
    return render_template(
        "editors/invitations/staff_invitations.html", form=form, invitations=queries.invitations()
    )
