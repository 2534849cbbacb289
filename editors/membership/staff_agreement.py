"""Staff: versions of the agreement."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from editors.agreements import actions as agreements
from editors.agreements.errors import NoSuchVersion, NothingToPublish
from editors.agreements.forms import DraftForm, PublishForm
from editors.agreements.queries import agreement_now, draft, published_versions, version_by_number
from editors.membership.agreeing import publish_agreement
from editors.membership.queries import without_agreement
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.seen import ChangedMeanwhile
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now

bp = Blueprint("programme_agreement", __name__, url_prefix="/staff/programme/agreement")
END_OF_DAY = time(23, 59)


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def agreement() -> str:
    return _page()


@bp.get("/<int:number>")
@permitted(Permission.EDITORS_MANAGE)
def version(number: int) -> str:
    found = version_by_number(number)
    if found is None:
        raise NoSuchVersion()
    return render_template("editors/agreements/staff_version.html", version=found)


@bp.post("/draft")
@permitted(Permission.EDITORS_MANAGE)
def write() -> Any:
    """Keep the draft; editors read nothing of it yet."""
    form = DraftForm()
    if not form.validate():
        return _page(form), REFUSED
    try:
        with all_or_nothing():
            agreements.write_draft(
                actor=current_staff(),
                words=str(form.words.data),
                words_it=str(form.words_it.data),
                news=form.news.data or "",
                news_it=form.news_it.data or "",
                seen=form.was_seen,
            )
    except ChangedMeanwhile as changed:
        return _page(form, meanwhile=says_now(form, DraftForm.of(draft()))), changed.status
    flash(gettext("The draft is kept. Read it below, then publish it."), "good")
    return redirect(url_for("programme_agreement.agreement"), code=303)


@bp.post("/publish")
@permitted(Permission.EDITORS_MANAGE)
def publish() -> Any:
    """Publish the draft: editors are written to, and asked in their studio."""
    form = PublishForm()
    if not form.validate():
        return _page(publishing=form), REFUSED
    until = datetime.combine(form.until.data, END_OF_DAY, ZoneInfo(current().timezone))
    try:
        publish_agreement(actor=current_staff(), old_holds_until=until, reason=str(form.reason.data))
    except NothingToPublish as refused:
        flash(str(refused), "warn")
        return redirect(url_for("programme_agreement.agreement"), code=303)
    flash(gettext("Published. Every style editor gets a letter and is asked in the studio."), "good")
    return redirect(url_for("programme_agreement.agreement"), code=303)


def _page(form: DraftForm | None = None, publishing: PublishForm | None = None, meanwhile: Any = None) -> str:
    now, written = agreement_now(), draft()
    return render_template(
        "editors/agreements/staff_agreement.html",
        form=form or DraftForm.of(written or now) if written or now or form else DraftForm(formdata=None),
        publishing=publishing or PublishForm(formdata=None),
        meanwhile=meanwhile,
        draft=written,
        versions=published_versions(),
        missing=without_agreement(now.id) if now else (),
    )
