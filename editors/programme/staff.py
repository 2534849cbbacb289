"""Staff: the page of the programme, and the figures by week."""

from __future__ import annotations

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from editors.programme import queries
from editors.programme.actions import write_page
from editors.programme.films import NotAFilm, keep_captions, keep_film
from editors.programme.forms import PageForm
from foundation import clock
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.accounts.queries import account_by_id
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.seen import ChangedMeanwhile
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from foundation.web.uploads import MEGABYTE, takes_files

bp = Blueprint("programme_page", __name__, url_prefix="/staff/programme")
LARGEST = 42 * MEGABYTE


@bp.get("/figures")
@permitted(Permission.EDITORS_MANAGE)
def figures() -> str:
    zone = current().timezone
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return render_template("editors/programme/staff_figures.html", weeks=queries.weeks(today, zone))


@bp.get("/page")
@permitted(Permission.EDITORS_MANAGE)
def page() -> str:
    return _page(PageForm(formdata=None, obj=queries.programme_page()))


@bp.post("/page")
@permitted(Permission.EDITORS_MANAGE)
@takes_files(LARGEST)
@in_steps
def write() -> Any:
    form, staff = PageForm(), current_staff()
    if not form.validate():
        return _page(form), REFUSED
    leave_transaction()
    again = partial(account_by_id, staff.account_id or 0)  # the frame of the page asks what its reader may do
    files: dict[str, str | None] = {}
    for name, column, keep in (
        ("video", "video_key", keep_film),
        ("captions", "captions_key", keep_captions),
        ("captions_it", "captions_it_key", keep_captions),
    ):
        sent = form[name].data
        if isinstance(sent, FileStorage) and sent.filename:
            try:
                files[column] = keep(sent.read())
            except NotAFilm:
                form[name].errors = (
                    _("A film is an MP4 or a WebM of up to 40 MB.")
                    if name == "video"
                    else _("Captions are a WebVTT file: it begins with WEBVTT."),
                )
    if form.errors:
        again()
        return _page(form), REFUSED
    if form.no_film.data:
        files = {"video_key": None, "captions_key": None, "captions_it_key": None}
    try:
        with unit_of_work():
            write_page(
                actor=staff,
                title=str(form.title.data),
                title_it=str(form.title_it.data),
                words=str(form.words.data),
                words_it=str(form.words_it.data),
                seen=form.was_seen,
                files=files,
            )
    except ChangedMeanwhile as changed:
        again()
        now = PageForm(formdata=None, obj=queries.programme_page())
        return _page(form, says_now(form, now)), changed.status
    flash(_("The page says it now."), "good")
    return redirect(url_for("programme_page.page"), code=303)


def _page(form: PageForm, meanwhile: Any = None) -> str:
    return render_template(
        "editors/programme/staff_page.html", form=form, page=queries.programme_page(), meanwhile=meanwhile
    )
