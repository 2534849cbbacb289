"""Staff: who finds an approved event, who gets a seat, how many come on one invitation."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask import request as asked
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.membership.letters import write_to
from events.calendar import queries, running
from events.calendar.errors import NoSuchEvent, ReasonNeeded
from events.calendar.models import Admission, Event, EventStatus, Visibility
from events.proposals.forms import TermsForm
from events.proposals.words import span_words
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now

bp = Blueprint("staff_event_terms", __name__, url_prefix="/staff/events/<int:event_id>/terms")


@bp.route("", methods=["GET", "POST"])
@permitted(Permission.EVENTS_DECIDE)
def terms(event_id: int) -> str | Response | tuple[str, int]:
    """Other terms for an event that the store said yes to, with a reason its host reads."""
    found = _approved(event_id)
    if asked.method == "GET":
        return _page(_offered(TermsForm.of(found)), found)
    form = _offered(TermsForm())
    if not form.validate():
        return _page(form, found), REFUSED
    try:
        with all_or_nothing():
            changed = running.change_terms(
                actor=current_staff(),
                event_id=event_id,
                visibility=Visibility(form.visibility.data),
                admission=Admission(form.admission.data),
                most_party=int(form.most_party.data),
                words=form.why.data or "",
                seen=form.was_seen,
            )
    except ChangedMeanwhile as meanwhile:
        now = queries.event_by_id(event_id)
        return _page(form, now, says_now(form, _offered(TermsForm.of(now)))), meanwhile.status
    except ReasonNeeded as needed:
        form.why.errors = (str(needed),)
        return _page(form, queries.event_by_id(event_id)), REFUSED
    except Problem as refused:
        form.visibility.errors = (str(refused),)
        return _page(form, queries.event_by_id(event_id)), refused.status
    if changed:
        _tell(queries.event_by_id(event_id), form.why.data or "")
        flash(_("Kept. The host gets a letter, and whoever has a seat keeps it."), "good")
    else:
        flash(_("It is like that already: nothing changes."), "warn")
    return redirect(url_for("staff_events.event", event_id=event_id), 303)


def _tell(event: Event, words: str) -> None:
    write_to(
        event.editor_id,
        "events/proposals/mail/answer.txt",
        said="terms",
        spoken=lambda: {"title": event.called, "when": span_words(event)},
        online=event.online,
        words=words,
        event_id=event.id,
    )


def _approved(event_id: int) -> Event:
    found = queries.event_by_id(event_id)
    if found.status != EventStatus.APPROVED:
        raise NoSuchEvent()
    return found


def _offered(form: TermsForm) -> TermsForm:
    form.offer()
    return form


def _page(form: TermsForm, event: Event, meanwhile: list[tuple[str, str]] | None = None) -> str:
    return render_template("events/proposals/staff_terms.html", form=form, event=event, meanwhile=meanwhile)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
