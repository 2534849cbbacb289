"""The pages of a file of guests, the same for host and staff."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as Answer

from events.calendar.models import Event
from events.guests.policy import free_seats
from events.guests.showing import takes_guests
from events.imports import actions
from events.imports.models import GuestImport, LineStatus
from events.imports.policy import COLUMNS, MOST_LINES, lines_of
from events.imports.queries import import_of, imports_of, written_down
from events.imports.words import TONES, fault_words, status_words
from foundation.actors import Actor
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.i18n import reader_language
from foundation.spreadsheets import NotASheet, sheet_of
from foundation.web.downloads import sheet_answer
from foundation.web.fields import REFUSED

EXAMPLE = ("Ada Rossi", "ada@example.com", "2", "Ugo", "", "it")


class FileForm(FlaskForm):
    """A file of guests."""

    file = FileField(render_kw={"accept": ".csv,text/csv"})


def choose(event: Event, *, staff: bool, form: FileForm | None = None) -> str:
    """Choose a file; those that were brought before."""
    return render_template(
        "events/imports/choose.html",
        event=event,
        staff=staff,
        form=form or FileForm(formdata=None),
        open=takes_guests(event),
        files=imports_of(event, staff=staff),
        most=MOST_LINES,
        **_way(event, staff=staff),
    )


def look_through(event: Event, actor: Actor, *, staff: bool) -> Answer | tuple[str, int]:
    """Read the chosen file and keep what it says; its page is the preview."""
    form = FileForm()
    sent = form.file.data
    try:
        if not form.validate() or not sent:
            raise NotASheet(_("Choose a file."))
        head, rows = sheet_of(sent.read(), most=MOST_LINES)
        lines = lines_of(head, rows)
        if lines is None:
            raise NotASheet(_("The first row must name two columns at least: name and email."))
        with all_or_nothing():
            made = actions.read_guests(
                actor=actor,
                event_id=event.id,
                lines=lines,
                language=reader_language(),
                file_name=sent.filename or "",
            )
    except (NotASheet, Problem) as refused:
        form.file.errors = (str(refused),)
        return choose(event, staff=staff, form=form), REFUSED
    return redirect(_to(event, "one", staff=staff, import_id=made.id), 303)


def one(event: Event, import_id: int, *, staff: bool, refused: str = "") -> str:
    """What the file says and what is wrong with it; or what became of each line."""
    made = import_of(event, import_id, staff=staff)
    by = Counter(LineStatus(line.status) for line in made.lines)
    ready = [line for line in made.lines if line.status == LineStatus.READY]
    known = written_down(event.id, [line.email for line in ready]) if ready else set()
    return render_template(
        "events/imports/one.html",
        event=event,
        staff=staff,
        made=made,
        bad=[line for line in made.lines if line.status == LineStatus.BAD],
        good=[line for line in made.lines if line.status != LineStatus.BAD],
        fresh=len(ready) - len(known),
        figures=_figures(event, made, by, known),
        state_of=lambda line: (
            (_("Stands on the list already"), "")
            if line.email in known
            else (status_words(line.status), TONES[LineStatus(line.status)])
        ),
        fault_of=fault_words,
        open=takes_guests(event),
        refused=refused,
        **_way(event, staff=staff),
    )


def act(event: Event, import_id: int, actor: Actor, *, staff: bool) -> Answer | tuple[str, int]:
    """Write them down, or throw the file away."""
    import_of(event, import_id, staff=staff)
    if request.form.get("do") == "drop":
        with all_or_nothing():
            actions.throw_away(actor=actor, event_id=event.id, import_id=import_id)
        flash(_("Thrown away. Whoever was written down stays."), "good")
        return redirect(_to(event, "choose", staff=staff), 303)
    try:
        with all_or_nothing():
            actions.write_down(actor=actor, event_id=event.id, import_id=import_id)
    except Problem as refused:
        return one(event, import_id, staff=staff, refused=str(refused)), refused.status
    flash(_("Done. Everybody new gets a letter."), "good")
    return redirect(_to(event, "one", staff=staff, import_id=import_id), 303)


def left_out(event: Event, import_id: int, *, staff: bool) -> Response:
    """The lines that were left out as a file, with what is wrong: mended, it can be brought again."""
    made = import_of(event, import_id, staff=staff)
    lines = [
        [str(line.number), *(getattr(line, field) for field in COLUMNS), fault_words(line)]
        for line in made.lines
        if line.status == LineStatus.BAD
    ]
    return sheet_answer([["line", *COLUMNS, "wrong"], *lines], f"guests-{made.id}-left-out.csv")


def example() -> Response:
    """An empty file with the names of its columns, and a line to write over."""
    return sheet_answer([list(COLUMNS), list(EXAMPLE)], "guests.csv")


def _figures(
    event: Event, made: GuestImport, by: Counter[LineStatus], known: set[str]
) -> list[dict[str, Any]]:
    bad = {"label": _("Left out"), "value": by[LineStatus.BAD], "note": _("lines with something wrong")}
    if made.status == "done":
        return [
            {"label": _("Have a seat"), "value": by[LineStatus.SEATED], "note": _("parties of this file")},
            {"label": _("On the waiting list"), "value": by[LineStatus.WAITS], "note": _("in its order")},
            {"label": _("Stood there already"), "value": by[LineStatus.KNOWN], "note": _("nothing changed")},
            bad,
        ]
    free = free_seats(event.capacity, event.seats_taken)
    return [
        {
            "label": _("New"),
            "value": by[LineStatus.READY] - len(known),
            "note": ngettext("one seat is free", "%(num)s seats are free", free),
        },
        {"label": _("On the list already"), "value": len(known), "note": _("they stay as they are")},
        bad,
    ]


def _way(event: Event, *, staff: bool) -> dict[str, str]:
    """Where the links of the pages lead."""
    return {
        "desk": url_for("staff_events.index" if staff else "my_events.index"),
        "its_page": url_for("staff_events.event" if staff else "my_events.event", event_id=event.id),
        "guests": url_for("staff_guests.guests" if staff else "my_guests.guests", event_id=event.id),
        "choose": _to(event, "choose", staff=staff),
        "example": _to(event, "example", staff=staff),
        "ours": "staff_guest_imports" if staff else "my_guest_imports",
    }


def _to(event: Event, page: str, *, staff: bool, import_id: int | None = None) -> str:
    endpoint = f"{'staff' if staff else 'my'}_guest_imports.{page}"
    return url_for(endpoint, event_id=event.id, import_id=import_id)
