"""Staff: what editors propose, the answer, the calendar of a store, and its rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.membership.letters import write_to
from events.calendar import deciding, queries, running
from events.calendar.errors import InThePast, NoSuchEvent, ReasonNeeded
from events.calendar.models import Event, EventRoom, EventStatus
from events.calendar.policy import open_around
from events.proposals.forms import AnswerForm
from events.proposals.showing import page_of, shown
from events.proposals.words import span_words, store_words
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from storefront.places.queries import place_by_id, stores

bp = Blueprint("staff_events", __name__, url_prefix="/staff/events")
AHEAD = timedelta(days=120)


@bp.get("")
@permitted(Permission.EVENTS_VIEW)
def index() -> str:
    """What waits for an answer, and what is booked in the weeks to come; of one store, or of all."""
    now, wanted = clock.now(), request.args.get("store", "")
    place_id = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else None
    return render_template(
        "events/proposals/staff_list.html",
        waiting=queries.proposals(place_id),
        booked=queries.events_between(now, now + AHEAD, place_id=place_id),
        stores=[("", _("All stores")), *((str(one.id), one.name) for one in stores())],
        chosen=wanted,
        shown=shown,
        may_rooms=_may(Permission.EVENTS_DECIDE),
    )


@bp.get("/<int:event_id>")
@permitted(Permission.EVENTS_VIEW)
def event(event_id: int) -> str:
    """One event, and what can be answered."""
    found = queries.event_by_id(event_id)
    return _page(found, _form_of(found))


@bp.post("/<int:event_id>")
@permitted(Permission.EVENTS_DECIDE)
def answer(event_id: int) -> Response | tuple[str, int]:
    """Approve, decline, suggest another time; or move and call off what is approved."""
    found, form, said = queries.event_by_id(event_id), AnswerForm(), request.form.get("do", "")
    _offer(form, found, queries.rooms_of(found.place_id), set())
    timed = said in {"suggest", "move"}
    if said not in {"decline", "cancel"} and not _right(form, timed=timed):
        return _page(found, form, said=said), REFUSED
    times = form.moments(_clock_of(found, form)) if timed else (found.starts_at, found.ends_at)
    if times is None:
        return _page(found, form, said=said), REFUSED
    try:
        with all_or_nothing():
            changed = _act(event_id, said, form, *times)
    except ReasonNeeded as needed:
        form.words.errors = (str(needed),)
        return _page(queries.event_by_id(event_id), form, said=said), REFUSED
    except InThePast as gone:
        form.starts.errors = (str(gone),)
        return _page(queries.event_by_id(event_id), form, said=said), REFUSED
    except NoSuchEvent:
        raise
    except Problem as refused:
        return _page(queries.event_by_id(event_id), form, said=said, refused=str(refused)), refused.status
    if changed:
        _tell(event_id, said, form.words.data or "")
        flash(_done(found)[said], "good")
        if said in {"approve", "move"} and _shut_then(queries.event_by_id(event_id)):
            flash(_("The store is not open around that hour: somebody has to let the guests in."), "warn")
    else:
        flash(_("It takes place there and then already: nothing changes."), "warn")
    return redirect(url_for("staff_events.event", event_id=event_id), 303)


def waiting_jobs() -> list[Job]:
    """For the desk's first page, to who may answer."""
    if not _may(Permission.EVENTS_DECIDE):
        return []
    return [
        Job(
            kind=_("Events"),
            what=_("%(name)s proposes %(title)s", name=one.editor.name, title=one.called),
            href=url_for("staff_events.event", event_id=one.id),
            since=one.changed_at,
            action=_("Answer the proposal"),
        )
        for one in queries.proposals()
    ]


def waiting_count() -> int:
    """How many wait, for the navigation."""
    return queries.proposals_waiting()


def _act(event_id: int, said: str, form: AnswerForm, starts_at: datetime, ends_at: datetime) -> bool:
    """What the pressed button names; whether anything is another now."""
    actor, words = current_staff(), form.words.data or ""
    if said == "approve":
        deciding.approve_event(actor=actor, event_id=event_id, room_id=form.room_id, words=words)
    elif said == "decline":
        deciding.decline_event(actor=actor, event_id=event_id, words=words)
    elif said == "suggest":
        deciding.suggest_time(
            actor=actor,
            event_id=event_id,
            room_id=form.room_id,
            starts_at=starts_at,
            ends_at=ends_at,
            words=words,
        )
    elif said == "move":
        return running.move_event(
            actor=actor,
            event_id=event_id,
            starts_at=starts_at,
            ends_at=ends_at,
            room_id=form.room_id,
            words=words,
        )
    elif said == "cancel":
        running.cancel_event(actor=actor, event_id=event_id, words=words)
    else:
        raise NoSuchEvent()
    return True


def _tell(event_id: int, said: str, words: str) -> None:
    found = queries.event_by_id(event_id)
    write_to(
        found.editor_id,
        "events/proposals/mail/answer.txt",
        said=said,
        spoken=lambda: {"title": found.called, "when": span_words(found)},
        online=found.online,
        store=store_words(found.place),
        words=words,
        event_id=event_id,
    )


def _shut_then(event: Event) -> bool:
    """Staff may choose such an hour: they know who has the keys."""
    return not event.online and not open_around(place_by_id(event.place_id), event.starts_at, event.ends_at)


def _done(event: Event) -> dict[str, str]:
    online = {
        "approve": _("Approved. The host gets a letter."),
        "cancel": _("Called off. The host reads why."),
    }
    return {
        "approve": _("Approved. The room is booked, and the host gets a letter."),
        "decline": _("Declined. The host reads why."),
        "suggest": _("Suggested. The host answers; until then nothing is booked."),
        "move": _("Moved. The host gets a letter."),
        "cancel": _("Called off. The host reads why, and the room is free again."),
        **(online if event.online else {}),
    }


def _right(form: AnswerForm, *, timed: bool) -> bool:
    """Whether the fields this answer needs are right; the times are none of an approval's business."""
    if form.validate():
        return True
    if not timed:
        form.starts.errors = form.ends.errors = ()
    return not any(field.errors for field in form)


def _form_of(found: Event) -> AnswerForm:
    free = queries.rooms_free(found.place_id, found.starts_at, found.ends_at, but=found.id)
    chosen = found.room_id or next((one.id for one in reversed(free) if one.seats >= found.capacity), None)
    form = AnswerForm(
        formdata=None,
        room="" if found.online else str(chosen or ""),
        starts=found.local(found.starts_at).replace(tzinfo=None),
        ends=found.local(found.ends_at).replace(tzinfo=None),
    )
    return form


def _clock_of(found: Event, form: AnswerForm) -> str:
    """The clock by which times were written: that of the store the chosen room is in."""
    if form.room_id is None:
        return found.time_zone
    return place_by_id(queries.room_by_id(form.room_id).place_id).time_zone


def _offer(form: AnswerForm, found: Event, rooms: Sequence[EventRoom], free: set[int]) -> None:
    if not found.online:
        moves = found.status == EventStatus.APPROVED
        others = queries.rooms_elsewhere(found.place_id) if moves else ()
        form.offer(rooms, free, [(room, store_words(place)) for room, place in others])
    elif "room" in form:
        form.without_room()


def _page(found: Event, form: AnswerForm, *, said: str = "", refused: str = "") -> str:
    rooms = queries.rooms_of(found.place_id)
    free = queries.rooms_free(found.place_id, found.starts_at, found.ends_at, but=found.id)
    _offer(form, found, rooms, {one.id for one in free})
    return render_template(
        "events/proposals/staff_event.html",
        form=form,
        rooms=rooms,
        **page_of(found),
        said=said,
        refused=refused,
        may_decide=_may(Permission.EVENTS_DECIDE)
        and found.starts_at > clock.now()
        and found.status in {EventStatus.PROPOSED, EventStatus.APPROVED},
    )


def _may(permission: Permission) -> bool:
    account = current_account()
    return account is not None and permission in account.permissions


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
