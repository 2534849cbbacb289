"""The page of an evening that is over, the same for host and staff."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from editors.looks.card_queries import looks_of
from editors.looks.pictures import card_values
from events.afterwards import actions
from events.afterwards.forms import LookForm
from events.afterwards.policy import FEWEST, takes_answers
from events.afterwards.queries import Said, chosen_look, said_of
from events.calendar.models import Event
from foundation import clock
from foundation.actors import Actor
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from foundation.web.formats import number


def page(event: Event, *, staff: bool, may: bool, form: LookForm | None = None, refused: str = "") -> str:
    """What guests say, and the look of the evening."""
    looks, chosen = looks_of(event.editor_id, on_show_only=True), chosen_look(event.id)
    if form is None:
        form = LookForm(formdata=None, look=str(chosen or ""))
    form.offer(list(looks))
    said = said_of(event.id, closed=not takes_answers(event.ends_at, clock.now()))
    return render_template(
        "events/afterwards/after.html",
        event=event,
        staff=staff,
        may=may,
        over=event.ends_at <= clock.now(),
        said=said,
        fewest=FEWEST,
        figures=_figures(said),
        cards={str(one.id): card_values(one) for one in looks},
        form=form,
        refused=refused,
    )


def choose(event: Event, actor: Actor, *, staff: bool) -> Response | tuple[str, int]:
    """Keep the look of the evening, or say what is wrong."""
    form = LookForm()
    form.needs_reason = staff
    form.offer(list(looks_of(event.editor_id, on_show_only=True)))
    if not form.validate():
        return page(event, staff=staff, may=True, form=form), REFUSED
    try:
        with all_or_nothing():
            actions.choose_look(
                actor=actor, event_id=event.id, look_id=form.look_id, reason=form.reason.data or None
            )
    except Problem as wrong:
        return page(event, staff=staff, may=True, form=form, refused=str(wrong)), wrong.status
    flash(_("Kept."), "good")
    there = "staff_afterwards.after" if staff else "my_afterwards.after"
    return redirect(url_for(there, event_id=event.id), 303)


def _figures(said: Said) -> list[dict[str, Any]]:
    answered = {
        "label": _("Answers"),
        "value": said.answers,
        "note": ngettext("of %(num)s party that came", "of %(num)s parties that came", said.came),
    }
    if said.welcome is None or said.found is None or said.again is None:
        return [answered]
    of_five = _("of five, on average")
    return [
        answered,
        {"label": _("Felt welcome"), "value": number(said.welcome), "note": of_five},
        {"label": _("Found something for them"), "value": number(said.found), "note": of_five},
        {"label": _("Would come again"), "value": number(said.again), "note": of_five},
    ]
