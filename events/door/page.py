"""The screen at the door and what it does, for staff and for the host: the same page behind two guards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from orjson import dumps
from werkzeug.wrappers import Response

from events.calendar.models import Event
from events.door.admitting import Sighting, take_in
from events.door.errors import DoorShut, NothingSent, TicketNeeded
from events.door.forms import WalkInForm
from events.door.models import LONGEST_NONCE, Scan, ScanMode, ScanResult
from events.door.policy import holds_list
from events.door.queries import on_the_list, scans_by_nonce
from events.door.schemas import MOST_BYTES, NONCE, read_upload
from events.door.showing import OVERLAP, answers_of, counts_of, line_of, list_of, said_of
from events.door.walking_in import WalkIn, walk_in
from events.door.words import REASONS, Told, consent_words, say, standing
from foundation import clock, ids
from foundation.actors import Actor
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.i18n import reader_language
from foundation.settings import current
from foundation.web import headers
from foundation.web.assets import asset
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number

# What a page without script calls its device: whoever uses it is known by name.
BY_HAND = "page"
SCREENS = (
    ("ok", ScanResult.OK, 1),
    ("ok2", ScanResult.OK, 2),
    *((str(one), one, 1) for one in ScanResult if one not in (ScanResult.OK, ScanResult.UNDONE)),
)
PANELS = ("ready", "find", "walk_in")


def page(
    event: Event, *, staff: bool, form: WalkInForm | None = None, refused: str = "", status: int = 200
) -> Response:
    """What is ready to look at tickets. Without script every step is a page; with it the device looks them up
    itself, also without a network."""
    shown = _shown(event)
    form = form or WalkInForm(formdata=None)
    form.offer(event)
    asked = request.args.get("panel", "ready")
    words = " ".join(request.args.get("who", "")[:80].split())
    open_now = holds_list(event.starts_at, event.ends_at, clock.now())
    counts = counts_of(event)
    html = render_template(
        "events/door/door.html",
        event=event,
        staff=staff,
        here="staff_door" if staff else "my_door",
        form=form,
        refused=refused,
        counts=counts,
        open=open_now,
        shown=shown,
        said=said_of(event, shown) if shown is not None else None,
        panel="say" if shown is not None else asked if asked in PANELS else "ready",
        words=words,
        found=_found(event, words) if open_now and words else [],
        screens=[(key, say(result, Told(), people=people)) for key, result, people in SCREENS],
        reasons=REASONS,
        consent=consent_words(current().shop_name),
        standing=standing,
        nonce=ids.token,
    )
    # One of two pages that may look through a camera; nothing it sees leaves the browser but a ticket's code.
    response = make_response(html, status)
    response.headers["Permissions-Policy"] = headers.features(allowed="camera")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def act(event: Event, actor: Actor, *, staff: bool) -> Response:
    """A ticket by its typed code, a party by its name, somebody on no list, or the last one taken back."""
    said = request.form.get("do", "")
    try:
        answer = _walk_in(event, actor) if said == "walk_in" else _look(event, actor, said)
    except _Wrong as wrong:
        return page(
            event, staff=staff, form=wrong.form, refused=_("Something is missing below."), status=REFUSED
        )
    except Problem as refused:
        form = WalkInForm() if said == "walk_in" else None
        return page(event, staff=staff, form=form, refused=str(refused), status=refused.status)
    here = "staff_door.door" if staff else "my_door.door"
    if answer.result == ScanResult.UNDONE:
        flash(_("Taken back. They stand where they stood."), "good")
        return redirect(url_for(here, event_id=event.id), 303)
    return redirect(url_for(here, event_id=event.id, scan=answer.nonce), 303)


def device_list(event: Event) -> Response:
    """The list that a device keeps, from a day before to half a day after. Raises `DoorShut`."""
    if not holds_list(event.starts_at, event.ends_at, clock.now()):
        raise DoorShut()
    return _fresh(list_of(event))


def upload(event: Event, actor: Actor) -> Response:
    """What a device saw, a batch at a time; each of it is answered, and nothing twice."""
    request.max_content_length = MOST_BYTES + 1
    sent = read_upload(request.get_data(cache=False))
    # Who walked in is written down before that is taken back: both may have happened without a network.
    walked_in = {who.nonce for who in sent.walk_ins}
    later = [one for one in sent.sightings if one.undoes in walked_in]

    def take(sightings: Sequence[Sighting]) -> list[dict[str, Any]]:
        with all_or_nothing():
            answers = take_in(
                actor=actor,
                event_id=event.id,
                device=sent.device,
                sent_at=sent.sent_at,
                sightings=sightings,
            )
        return answers_of(event, answers)

    told = take([one for one in sent.sightings if one.undoes not in walked_in])
    for who in sent.walk_ins:
        try:
            with all_or_nothing():
                answer = walk_in(
                    actor=actor, event_id=event.id, device=sent.device, sent_at=sent.sent_at, who=who
                )
            told += answers_of(event, [answer])
        except Problem as refused:
            told.append({"nonce": who.nonce, "result": "refused", "sentence": str(refused)})
    if later:
        told += take(later)
    since = sent.since - timedelta(seconds=OVERLAP) if sent.since else None
    changed = on_the_list(event.id, since) if holds_list(event.starts_at, event.ends_at, clock.now()) else []
    return _fresh(counts_of(event) | {"answers": told, "changes": [line_of(one) for one in changed]})


def worker(event: Event, *, staff: bool) -> Response:
    """What keeps this one page on the device, so that it opens without a network; its script, said to be
    allowed for this address alone."""
    here = url_for("staff_door.door" if staff else "my_door.door", event_id=event.id)
    kept = dumps({"cache": f"door-{event.id}", "page": here}).decode()
    script = f'self.kept = {kept};\nimportScripts("{asset("events/js/door-worker.js")}");\n'
    response = make_response(script)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = here
    response.headers["Cache-Control"] = "no-cache"
    return response


class _Wrong(Exception):
    def __init__(self, form: WalkInForm) -> None:
        super().__init__()
        self.form = form


def _look(event: Event, actor: Actor, said: str) -> Any:
    code = request.form.get("code", "").strip().rstrip("/").rpartition("/")[2][:64]
    rsvp_id, undoes = sent_number("rsvp"), request.form.get("undoes", "")[:LONGEST_NONCE]
    if not (code or rsvp_id or undoes):
        raise TicketNeeded()
    now = clock.now()
    seen = Sighting(
        nonce=_nonce(),
        at=now,
        mode=ScanMode.MANUAL,
        secret=code or None,
        rsvp_id=None if code else rsvp_id,
        undoes=undoes or None,
        insists=said == "insist",
        people=1 if request.form.get("people") == "1" else None,
        reason=_reason(request.form.get("reason", "")),
    )
    with all_or_nothing():
        (answer,) = take_in(actor=actor, event_id=event.id, device=BY_HAND, sent_at=now, sightings=[seen])
    return answer


def _walk_in(event: Event, actor: Actor) -> Any:
    form, now = WalkInForm(), clock.now()
    form.offer(event)
    if not form.validate():
        raise _Wrong(form)
    who = WalkIn(
        nonce=_nonce(),
        at=now,
        name=str(form.name.data),
        people=int(form.people.data),
        email=form.email.data or None,
        language=reader_language(),
        agreed=consent_words(current().shop_name) if form.agreed.data else "",
        reason=form.reason.data or "",
    )
    with all_or_nothing():
        return walk_in(actor=actor, event_id=event.id, device=BY_HAND, sent_at=now, who=who)


def _nonce() -> str:
    """What the form calls itself, so that a second press is the same act."""
    sent = request.form.get("nonce", "")
    if not NONCE.match(sent):
        raise NothingSent()
    return sent


def _reason(said: str) -> str:
    return said if said in {str(one) for one in REASONS} else ""


def _shown(event: Event) -> Scan | None:
    asked = request.args.get("scan", "")[:LONGEST_NONCE]
    return scans_by_nonce(event.id, [asked]).get(asked) if asked else None


def _found(event: Event, words: str) -> list[dict[str, Any]]:
    """Who has such a name: every word of it begins a word of theirs, or lies in one."""
    wanted = words.casefold().split()
    everybody = (line_of(one) | {"full": one.name} for one in on_the_list(event.id))
    return [one for one in everybody if all(word in one["full"].casefold() for word in wanted)][:30]


def _fresh(values: dict[str, Any]) -> Response:
    response = jsonify(values | {"token": generate_csrf()})
    response.headers["Cache-Control"] = "private, no-store"
    return response
