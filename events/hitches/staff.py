"""Staff: another host for an event that the store said yes to."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.membership.letters import write_to
from editors.membership.queries import editor_by_handle
from events.calendar.errors import LinkNeeded, NoSuchEvent, NoSuchHost, ReasonNeeded
from events.calendar.handing import hand_over
from events.calendar.models import Event, EventStatus
from events.calendar.queries import event_by_id
from events.hitches.forms import HandOverForm
from events.hitches.queries import hosts_of_store
from events.proposals.words import span_words, store_words
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED

bp = Blueprint("staff_event_host", __name__, url_prefix="/staff/events/<int:event_id>/host")
LETTER = "events/hitches/mail/host.txt"


@bp.route("", methods=["GET", "POST"])
@permitted(Permission.EVENTS_DECIDE)
def host(event_id: int) -> str | Response | tuple[str, int]:
    """Give it to another active editor, with a reason that both hosts read; guests read who it is."""
    found = _approved(event_id)
    if request.method == "GET":
        return _page(HandOverForm(formdata=None, was=str(found.editor_id)), found)
    form = HandOverForm()
    if not form.validate():
        return _page(form, found), REFUSED
    other, was = editor_by_handle(form.named), form.was.data or ""
    try:
        with all_or_nothing():
            hand_over(
                actor=current_staff(),
                event_id=event_id,
                was_editor_id=int(was) if was.isascii() and was.isdecimal() else 0,
                editor_id=other.id if other else 0,
                words=form.words.data or "",
                joining_url=form.joining_url.data or None,
            )
    except ReasonNeeded as needed:
        form.words.errors = (str(needed),)
        return _page(form, event_by_id(event_id)), REFUSED
    except NoSuchHost as unknown:
        form.handle.errors = (str(unknown),)
        return _page(form, event_by_id(event_id)), REFUSED
    except LinkNeeded as needed:
        form.joining_url.errors = (str(needed),)
        return _page(form, event_by_id(event_id)), REFUSED
    except NoSuchEvent:
        raise
    except Problem as refused:
        form.handle.errors = (str(refused),)
        return _page(form, event_by_id(event_id)), refused.status
    now = event_by_id(event_id)
    _tell(int(was), "before", now, form.words.data or "")
    _tell(now.editor_id, "now", now, form.words.data or "")
    flash(_("%(name)s hosts it now. Both hosts and the guests get a letter.", name=now.editor.name), "good")
    return redirect(url_for("staff_events.event", event_id=event_id), 303)


def _tell(editor_id: int, said: str, event: Event, words: str) -> None:
    write_to(
        editor_id,
        LETTER,
        said=said,
        spoken=lambda: {"title": event.called, "when": span_words(event)},
        where="" if event.online else store_words(event.place),
        words=words,
        event_id=event.id,
    )


def _approved(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.status != EventStatus.APPROVED:
        raise NoSuchEvent()
    return found


def _page(form: HandOverForm, event: Event) -> str:
    return render_template(
        "events/hitches/host.html",
        form=form,
        event=event,
        near=hosts_of_store(event.place_id, event.editor_id),
    )
