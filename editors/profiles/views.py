"""The profile in the studio: what people read and see of an editor, and where they find them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from editors.membership import errors, policy
from editors.membership.guards import current_editor, style_editor
from editors.profiles import actions
from editors.profiles.errors import HandleRests
from editors.profiles.forms import HandleForm, ProfileForm
from foundation import clock
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now

bp = Blueprint("profiles", __name__, url_prefix="/studio/profile")


@bp.get("")
@style_editor
def profile() -> str:
    return _page()


@bp.post("")
@style_editor
def save() -> Any:
    """Keep the words; what another tab kept first is shown beside what was typed here."""
    editor, form = current_editor(), ProfileForm()
    if not form.validate():
        return _page(form=form), REFUSED
    try:
        with all_or_nothing():
            actions.change_profile(
                actor=current_person(), editor_id=editor.id, said=form.said, seen=form.was_seen
            )
    except ChangedMeanwhile as changed:
        differs = says_now(form, ProfileForm.of(editor))
        return _page(form=form, meanwhile=differs), changed.status
    flash(_("Your window says it now."), "good")
    return redirect(url_for("profiles.profile"), code=303)


@bp.post("/handle")
@style_editor
def change_handle() -> Any:
    """Move to another handle; what cannot be is said beside the field."""
    editor, form = current_editor(), HandleForm()
    if not form.validate():
        return _page(handle_form=form), REFUSED
    try:
        with all_or_nothing():
            moved = actions.change_handle(
                actor=current_person(), editor_id=editor.id, wish=str(form.handle.data)
            )
    except (errors.HandleTaken, errors.HandleUnfit, errors.HandleReserved, HandleRests) as refused:
        form.handle.errors = (str(refused),)
        return _page(handle_form=form), refused.status
    flash(_("Your window is at /@%(handle)s now.", handle=moved.handle), "good")
    return redirect(url_for("profiles.profile"), code=303)


def _page(
    form: ProfileForm | None = None, handle_form: HandleForm | None = None, meanwhile: Any = None
) -> str:
    editor = current_editor()
    free_from = policy.next_change(editor.handle_changed_at)
    return render_template(
        "editors/profiles/profile.html",
        editor=editor,
        form=form or ProfileForm.of(editor),
        handle_form=handle_form or HandleForm(formdata=None),
        meanwhile=meanwhile,
        rests_until=free_from if free_from is not None and clock.now() < free_from else None,
        every=policy.CHANGE_EVERY.days,
        kept_months=policy.KEPT_FOR.days // 30,
    )
