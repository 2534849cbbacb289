"""The profile in the studio: what people read and see of an editor, and where they find them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from editors.membership import errors, policy
from editors.membership.guards import current_editor, style_editor
from editors.profiles import actions
from editors.profiles.errors import HandleRests
from editors.profiles.forms import HandleForm, ProfileForm
from editors.profiles.portraits import NARROWEST, TooSmall, keep_portrait
from foundation import clock
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing, in_steps, leave_transaction, unit_of_work
from foundation.files.pictures import MAX_BYTES, NotAPicture
from foundation.files.refusals import LONGEST_NAME, refusal
from foundation.files.sights import SIGHT_WORDS, asked_sight
from foundation.limits.actions import spend_try
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from foundation.web.uploads import MEGABYTE, takes_files

bp = Blueprint("profiles", __name__, url_prefix="/studio/profile")

AN_HOUR = timedelta(hours=1)


@bp.get("")
@style_editor
def profile() -> str:
    return _page()


@bp.post("")
@style_editor
def save() -> Any:
    """Keep the words; what another tab kept first is shown beside what was typed here."""
    editor, form = current_editor(), ProfileForm().offering()
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


@bp.post("/portrait")
@style_editor
@takes_files(MAX_BYTES + MEGABYTE)
@in_steps
def portrait() -> Any:
    """Show another portrait; why a picture is not taken is said beside the field."""
    editor_id, actor, file = current_editor().id, current_person(), request.files.get("portrait")
    sight = asked_sight(request.form.get("sight", ""))
    if file is None or not file.filename:
        return _page(wrong_portrait=_("Choose a picture first.")), REFUSED
    spend_try(purpose="portrait", subject=str(editor_id), limit=30, per=AN_HOUR)
    leave_transaction()  # writing a picture again takes a second, and it may be kept on another machine
    try:
        kept = keep_portrait(file.read(), sight)
    except TooSmall:
        name, least = file.filename[:LONGEST_NAME], NARROWEST
        why = _("%(name)s is too small: %(least)s pixels across are the least.", name=name, least=least)
        return _page(wrong_portrait=why), REFUSED
    except NotAPicture as problem:
        return _page(wrong_portrait=refusal(file.filename, problem)), REFUSED
    with unit_of_work():
        actions.show_portrait(actor=actor, editor_id=editor_id, portrait=kept)
    flash(_("People see your face now."), "good")
    return redirect(url_for("profiles.profile"), code=303)


@bp.post("/portrait/remove")
@style_editor
def remove_portrait() -> Any:
    actions.show_portrait(actor=current_person(), editor_id=current_editor().id, portrait=None)
    flash(_("Your initial stands there again."), "good")
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
    form: ProfileForm | None = None,
    handle_form: HandleForm | None = None,
    meanwhile: Any = None,
    wrong_portrait: str | None = None,
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
        sights=SIGHT_WORDS,
        wrong_portrait=wrong_portrait,
        every=policy.CHANGE_EVERY.days,
        kept_months=policy.KEPT_FOR.days // 30,
    )
