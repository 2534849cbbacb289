"""The studio: an editor drafts an event, proposes it to a store, and hears the answer."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.looks.card_queries import looks_of
from editors.looks.pictures import card_values
from editors.membership.guards import current_editor, style_editor
from events.calendar import actions, deciding, queries, running
from events.calendar.errors import LinkNeeded, NoSuchEvent, ReasonNeeded
from events.calendar.models import Event, EventStatus
from events.proposals.forms import EventForm, WordsForm
from events.proposals.showing import page_of, shown
from foundation import clock
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from foundation.web.numbers import sent_number
from storefront.places.queries import stores

bp = Blueprint("my_events", __name__, url_prefix="/studio/events")


@bp.get("")
@style_editor
def index() -> str:
    """What is to come first, then drafts, then what is over or was called off."""
    found, now = queries.events_of(current_editor().id), clock.now()
    ahead = [one for one in found if one.ends_at > now and one.status != EventStatus.CANCELLED]
    return render_template(
        "events/proposals/studio_list.html",
        ahead=sorted(ahead, key=lambda one: one.starts_at),
        past=[one for one in found if one not in ahead],
        can=bool(stores()),
        shown=shown,
    )


@bp.route("/new", methods=["GET", "POST"])
@style_editor
def new() -> str | Response | tuple[str, int]:
    """Draft an event."""
    editor, reading = current_editor(), request.method == "GET"
    form = _offered(EventForm(formdata=None) if reading else EventForm())
    if reading:
        return _form(form, None)
    if not form.validate() or (times := form.moments(_zone_of(form))) is None:
        return _form(form, None), REFUSED
    try:
        with all_or_nothing():
            made = actions.draft_event(actor=current_person(), editor_id=editor.id, draft=form.draft(*times))
    except Problem as refused:
        _beside(form, refused)
        return _form(form, None), REFUSED
    flash(_("Kept as a draft. Nobody sees it until you propose it."), "good")
    return redirect(url_for("my_events.event", event_id=made.id), 303)


@bp.get("/<int:event_id>")
@style_editor
def event(event_id: int) -> str:
    """One event: what it says, where it stands, what was said, and what can be done."""
    return _page(_mine(event_id))


@bp.route("/<int:event_id>/change", methods=["GET", "POST"])
@style_editor
def change(event_id: int) -> str | Response | tuple[str, int]:
    """Other words or another time, while it is a draft."""
    found = _mine(event_id)
    if request.method == "GET":
        return _form(_offered(EventForm.of(found)), found)
    form = _offered(EventForm())
    if not form.validate() or (times := form.moments(_zone_of(form))) is None:
        return _form(form, found), REFUSED
    try:
        with all_or_nothing():
            actions.change_event(
                actor=current_person(),
                editor_id=current_editor().id,
                event_id=event_id,
                draft=form.draft(*times),
                seen=form.was_seen,
            )
    except ChangedMeanwhile as changed:
        now = _mine(event_id)
        return _form(form, now, says_now(form, _offered(EventForm.of(now)))), changed.status
    except Problem as refused:
        _beside(form, refused)
        return _form(form, found), REFUSED
    flash(_("Kept."), "good")
    return redirect(url_for("my_events.event", event_id=event_id), 303)


@bp.route("/<int:event_id>/words", methods=["GET", "POST"])
@style_editor
def words(event_id: int) -> str | Response | tuple[str, int]:
    """Other words for an event that the store said yes to."""
    found = _mine(event_id)
    if request.method == "GET":
        return _words(_with_looks(WordsForm.of(found)), found)
    form = _with_looks(WordsForm())
    if not form.validate():
        return _words(form, found), REFUSED
    try:
        with all_or_nothing():
            actions.reword_event(
                actor=current_person(),
                editor_id=current_editor().id,
                event_id=event_id,
                words=form.said(),
                seen=form.was_seen,
            )
    except ChangedMeanwhile as changed:
        now = _mine(event_id)
        return _words(form, now, says_now(form, _with_looks(WordsForm.of(now)))), changed.status
    except Problem as refused:
        _beside(form, refused)
        return _words(form, found), refused.status
    flash(_("Kept. Guests get no letter about it."), "good")
    return redirect(url_for("my_events.event", event_id=event_id), 303)


@bp.post("/<int:event_id>")
@style_editor
def act(event_id: int) -> Response | tuple[str, int]:
    """Propose it, take it back, answer to another time, or call it off."""
    editor_id, actor, words = current_editor().id, current_person(), request.form.get("words", "")[:1000]
    said, suggestion = request.form.get("do", ""), sent_number("suggestion") or 0
    try:
        with all_or_nothing():
            if said == "propose":
                actions.propose_event(actor=actor, editor_id=editor_id, event_id=event_id)
            elif said == "withdraw":
                actions.withdraw_proposal(actor=actor, editor_id=editor_id, event_id=event_id)
            elif said == "take":
                deciding.take_suggestion(
                    actor=actor, editor_id=editor_id, event_id=event_id, suggestion_id=suggestion
                )
            elif said == "refuse":
                deciding.refuse_suggestion(
                    actor=actor,
                    editor_id=editor_id,
                    event_id=event_id,
                    suggestion_id=suggestion,
                    words=words,
                )
            elif said == "cancel":
                running.cancel_event(actor=actor, event_id=event_id, words=words, host=editor_id)
            else:
                raise NoSuchEvent()
    except ReasonNeeded as needed:
        return _page(_mine(event_id), wrong=str(needed), typed=words), REFUSED
    except NoSuchEvent:
        raise
    except Problem as refused:
        return _page(_mine(event_id), refused=str(refused), typed=words), refused.status
    flash(_done()[said], "good")
    return redirect(url_for("my_events.event", event_id=event_id), 303)


def _beside(form: WordsForm, refused: Problem) -> None:
    """Say what was refused where it was typed."""
    if isinstance(refused, LinkNeeded):
        form.joining_url.errors = (str(refused),)
    else:
        (form.ends if isinstance(form, EventForm) else form.title).errors = (str(refused),)


def _done() -> dict[str, str]:
    return {
        "propose": _("Proposed. The store answers here, and you get a letter."),
        "withdraw": _("Taken back. It is a draft again."),
        "take": _("Agreed. It takes place then."),
        "refuse": _("The store knows. Your proposal still waits."),
        "cancel": _("Called off. The store can see why."),
    }


def _mine(event_id: int) -> Event:
    found = queries.event_by_id(event_id)
    if found.editor_id != current_editor().id:
        raise NoSuchEvent()
    return found


def _page(found: Event, *, wrong: str = "", refused: str = "", typed: str = "") -> str:
    return render_template(
        "events/proposals/studio_event.html",
        **page_of(found),
        begun=found.starts_at <= clock.now(),
        wrong=wrong,
        refused=refused,
        typed=typed,
    )


def _offered(form: EventForm) -> EventForm:
    """Stores without a room answer for what is online alone."""
    having, known = queries.largest_rooms(), stores()
    largest = {str(one.id): having.get(one.id, 0) for one in known}
    places = [
        (str(one.id), one.name if one.id in having else _("%(store)s, online only", store=one.name))
        for one in known
    ]
    form.offer(places=places, largest=largest, looks=_my_looks())
    return form


def _with_looks(form: WordsForm) -> WordsForm:
    form.offer_looks(_my_looks())
    return form


def _my_looks() -> list[tuple[int, str]]:
    looks = looks_of(current_editor().id, on_show_only=True)
    return [(look.id, card_values(look)["title"]) for look in looks]


def _zone_of(form: EventForm) -> str:
    return next(one.time_zone for one in stores() if str(one.id) == form.place.data)


def _form(form: EventForm, found: Event | None, meanwhile: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "events/proposals/studio_form.html", form=form, event=found, meanwhile=meanwhile, can=bool(stores())
    )


def _words(form: WordsForm, found: Event, meanwhile: list[tuple[str, str]] | None = None) -> str:
    return render_template("events/proposals/studio_words.html", form=form, event=found, meanwhile=meanwhile)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
