"""Staff: what another till sold to guests, from a file."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as Answer

from events.tillfiles import actions, showing
from events.tillfiles.models import SlipStatus
from events.tillfiles.policy import MOST_LINES, lines_of, slips_of
from events.tillfiles.queries import ready_slips, stores_named, till_file, till_files, variants_named
from foundation import clock, settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing, in_steps, unit_of_work
from foundation.errors import Problem
from foundation.i18n import reader_language
from foundation.spreadsheets import NotASheet, sheet_of
from foundation.web.fields import REFUSED

bp = Blueprint("staff_till_files", __name__, url_prefix="/staff/events/till-files")


class SlipsForm(FlaskForm):
    """A file of slips."""

    file = FileField(render_kw={"accept": ".csv,text/csv"})


@bp.get("")
@permitted(Permission.EVENTS_DECIDE)
def choose() -> str:
    """Choose a file; those that were brought before."""
    return _choosing(SlipsForm(formdata=None))


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
def look_through() -> Answer | tuple[str, int]:
    """Look a file through. Nothing is sold yet."""
    form = SlipsForm()
    sent = form.file.data
    try:
        if not form.validate() or not sent:
            raise NotASheet(_("Choose a file."))
        lines = lines_of(*sheet_of(sent.read(), most=MOST_LINES))
        if lines is None:
            raise NotASheet(_("The first row must name receipt, time, store, article and amount."))
        with all_or_nothing():
            slips = slips_of(
                lines,
                stores=stores_named(),
                variants=variants_named(lines),
                currency=settings.current().currency,
                now=clock.now(),
            )
            made = actions.read_slips(
                actor=current_staff(),
                slips=slips,
                language=reader_language(),
                file_name=sent.filename or "",
            )
    except (NotASheet, Problem) as refused:
        form.file.errors = (str(refused),)
        return _choosing(form), REFUSED
    return redirect(url_for("staff_till_files.one", file_id=made.id), 303)


@bp.get("/example.csv")
@permitted(Permission.EVENTS_DECIDE)
def example() -> Response:
    """A file to fill in."""
    return showing.example()


@bp.get("/<int:file_id>")
@permitted(Permission.EVENTS_DECIDE)
def one(file_id: int) -> str:
    """What a file says, whose its slips are, and what became of them."""
    return showing.page(till_file(file_id))


@bp.post("/<int:file_id>/take-in")
@permitted(Permission.EVENTS_DECIDE)
@in_steps
def take_in(file_id: int) -> Answer | tuple[str, int]:
    """Take in what guests bought, each slip by itself: one that is refused keeps none of the others."""
    actor, sold, refused = current_staff(), 0, None
    for slip_id in ready_slips(file_id):
        try:
            with unit_of_work():
                sold += actions.take_in(actor=actor, file_id=file_id, slip_id=slip_id) == SlipStatus.SOLD
        except Problem as one:
            refused = refused or one
    if refused is not None:
        return showing.page(till_file(file_id), refused=str(refused)), refused.status
    flash(ngettext("One sale was taken in.", "%(num)s sales were taken in.", sold), "good")
    return redirect(url_for("staff_till_files.one", file_id=file_id), 303)


@bp.post("/<int:file_id>/slips/<int:slip_id>")
@permitted(Permission.EVENTS_DECIDE)
def say(file_id: int, slip_id: int) -> Answer | tuple[str, int]:
    """Say at which evening a slip was sold that names no guest."""
    event_id, reason = request.form.get("event", ""), request.form.get("reason", "")
    try:
        with all_or_nothing():
            status = actions.say_evening(
                actor=current_staff(),
                file_id=file_id,
                slip_id=slip_id,
                event_id=int(event_id) if event_id.isdecimal() and len(event_id) < 19 else 0,
                reason=reason,
            )
    except Problem as refused:
        told = {"slip_id": slip_id, "reason": reason, "event": event_id, "sentence": str(refused)}
        return showing.page(till_file(file_id), told=told), REFUSED
    if status == SlipStatus.SOLD:
        flash(_("It is a sale of the evening now."), "good")
    else:
        flash(_("It is an order already: another file brought it. Nothing was changed."), "warn")
    return redirect(url_for("staff_till_files.one", file_id=file_id, _anchor=f"slip-{slip_id}"), 303)


@bp.post("/<int:file_id>/throw-away")
@permitted(Permission.EVENTS_DECIDE)
def throw_away(file_id: int) -> Answer:
    """Throw the file away."""
    actions.throw_away(actor=current_staff(), file_id=file_id)
    flash(_("Thrown away. What was taken in stays."), "good")
    return redirect(url_for("staff_till_files.choose"), 303)


@bp.get("/<int:file_id>/not-taken-in.csv")
@permitted(Permission.EVENTS_DECIDE)
def not_taken_in(file_id: int) -> Response:
    """The lines that are no sale of ours, each with why, for a spreadsheet. No cell begins like a formula."""
    return showing.not_taken_in(till_file(file_id))


def _choosing(form: SlipsForm) -> str:
    return render_template(
        "events/tillfiles/choose.html", form=form, files=till_files(), most=MOST_LINES, Status=SlipStatus
    )
