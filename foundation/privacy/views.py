from __future__ import annotations

import json
from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, session
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response as Answer

from foundation import clock
from foundation.accounts.errors import WrongPassword
from foundation.accounts.guards import current_account, signed_in
from foundation.accounts.models import Account
from foundation.errors import Forbidden
from foundation.limits.actions import spend_try
from foundation.privacy.actions import forget
from foundation.privacy.chapters import chapters, person_of
from foundation.privacy.errors import SomethingOpen
from foundation.privacy.forms import ForgetForm
from foundation.privacy.queries import everything, obstacles
from foundation.web.fields import REFUSED

bp = Blueprint("privacy", __name__, url_prefix="/account/privacy")
A_QUARTER = timedelta(minutes=15)


@bp.get("")
@signed_in
def show() -> str:
    """What the shop knows of its reader, chapter by chapter, and what becomes of it."""
    return _page(ForgetForm(formdata=None))


@bp.get("/data.json")
@signed_in
def data() -> Response:
    """The whole file, to be carried away (GDPR, articles 15 and 20)."""
    file = {"written_at": clock.now().isoformat(), **everything(person_of(_reader()))}
    return Response(
        json.dumps(file, ensure_ascii=False, indent=2, default=str) + "\n",
        mimetype="application/json",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="my-data.json"',
        },
    )


@bp.post("/forget")
@signed_in
def forget_me() -> Answer | tuple[str, int]:
    """Close the account and forget its owner; what is still open is said, and nothing happens then."""
    form, account = ForgetForm(), _reader()
    spend_try(purpose="password", subject=str(account.id), limit=10, per=A_QUARTER)
    if not form.validate_on_submit():
        return _page(form), REFUSED
    try:
        forget(account=account, password=form.password.data)
    except WrongPassword as problem:
        form.password.errors = (str(problem),)
        return _page(form), REFUSED
    except SomethingOpen as problem:
        return _page(form), problem.status
    logout_user()
    session.clear()
    flash(_("Your account is closed, and we have forgotten you. One letter tells you so."))
    return redirect("/", code=303)


def _page(form: ForgetForm) -> str:
    person = person_of(_reader())
    told = [(chapter, len(chapter.tell(person))) for chapter in chapters()]
    return render_template(
        "foundation/privacy/privacy.html", told=told, form=form, obstacles=obstacles(person)
    )


def _reader() -> Account:
    account = current_account()
    if account is None:
        raise Forbidden()
    return account
