"""Follow and let go, and what those one follows put together."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.following import actions, queries, remembering
from editors.looks.pictures import card_values
from editors.membership.errors import NoSuchEditor
from editors.membership.models import Editor
from editors.membership.queries import editor_by_handle
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.web.redirects import own_path

bp = Blueprint("following", __name__)

NEWEST = 24


@bp.post("/@<handle>/follow")
@public
def follow(handle: str) -> Response:
    """Follow; a guest is led to sign in and back, and follows then."""
    editor = _editor(handle)
    window = url_for("window.window", handle=editor.handle)
    account = current_account()
    if account is None:
        remembering.remember(editor.id)
        flash(gettext("Sign in, and you follow %(name)s. Nobody but you sees it.", name=editor.first_name))
        return redirect(url_for("accounts.sign_in", next=window), code=303)
    actions.follow(actor=current_person(), account_id=account.id, editor_id=editor.id)
    flash(gettext("You follow %(name)s. New looks are in your account.", name=editor.first_name), "good")
    return redirect(window, code=303)


@bp.post("/@<handle>/unfollow")
@signed_in
def unfollow(handle: str) -> Response:
    editor = _editor(handle)
    account = current_account()
    assert account is not None
    actions.unfollow(actor=current_person(), account_id=account.id, editor_id=editor.id)
    flash(gettext("You no longer follow %(name)s.", name=editor.first_name or editor.handle), "good")
    back = request.form.get("next") or url_for("following.following")
    return redirect(own_path(back, request.host), code=303)


@bp.get("/account/following")
@signed_in
def following() -> str:
    """Whom one follows, and what is new of them."""
    account = current_account()
    assert account is not None
    return render_template(
        "editors/following/following.html",
        editors=queries.followed_by(account.id),
        looks=[card_values(look) for look in queries.looks_followed(account.id, NEWEST)],
        letters=queries.wants_letters(account.id),
    )


@bp.post("/account/following/letters")
@signed_in
def letters() -> Response:
    """Ask for the weekly letter, or stop it."""
    account = current_account()
    assert account is not None
    wanted = request.form.get("wanted") == "yes"
    actions.ask_for_letters(actor=current_person(), account_id=account.id, wanted=wanted)
    flash(
        gettext("On Fridays we write to you, when there is something new.")
        if wanted
        else gettext("No letter any more."),
        "good",
    )
    return redirect(url_for("following.following"), code=303)


def _editor(handle: str) -> Editor:
    editor = editor_by_handle(handle)
    if editor is None:
        raise NoSuchEditor()
    return editor
