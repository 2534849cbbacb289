"""An evening with one of each thing, for the pages about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from commissions.hosting.actions import RuleDraft, begin_rule
from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import Event, EventStatus
from events.feeds.actions import new_address
from events.guests.actions import ask_for_seats
from events.guests.coming import Coming
from events.guests.models import CAME, Rsvp
from events.imports.actions import read_guests
from events.imports.policy import Cells
from events.photos.models import EventPhoto, PhotoPerson, Portrayed
from events.tillfiles.actions import read_slips
from events.tillfiles.policy import Cells as SlipCells
from events.tillfiles.policy import Fault as SlipFault
from events.tillfiles.policy import Line, Slip
from foundation import clock as shop_clock
from foundation.actors import Actor
from foundation.db import db
from foundation.files.storage import store
from tests.commissions.sales import TESTS
from tests.events.conftest import account_of, evening, make_room, make_store


def event_of(editor: int) -> dict[str, dict[str, Any]]:
    """The pages of an event that this editor proposes, of the room it would have, and of who comes."""
    store = make_store("asti")
    room = make_room(store)
    event = {"event_id": draft_event(actor=TESTS, editor_id=editor, draft=evening(store)).id}
    shown = draft_event(actor=TESTS, editor_id=editor, draft=evening(store))
    propose_event(actor=TESTS, editor_id=editor, event_id=shown.id)
    approve_event(actor=TESTS, event_id=shown.id, room_id=room)
    near = draft_event(actor=TESTS, editor_id=editor, draft=evening(store))
    propose_event(actor=TESTS, editor_id=editor, event_id=near.id)
    approve_event(actor=TESTS, event_id=near.id, room_id=make_room(store, "Denim"))
    near.starts_at = shop_clock.now() + timedelta(hours=10)  # its door has its list by now
    begun = draft_event(actor=TESTS, editor_id=editor, draft=evening(store))
    propose_event(actor=TESTS, editor_id=editor, event_id=begun.id)
    approve_event(actor=TESTS, event_id=begun.id, room_id=make_room(store, "Window"))
    begun.starts_at, begun.status = shop_clock.now(), EventStatus.LIVE
    draft = RuleDraft(currency="EUR", begins=shop_clock.now(), reason="A first season", each_minor=5_00)
    rule = begin_rule(actor=TESTS, draft=draft)
    over = draft_event(actor=TESTS, editor_id=editor, draft=evening(store))
    propose_event(actor=TESTS, editor_id=editor, event_id=over.id)
    approve_event(actor=TESTS, event_id=over.id, room_id=make_room(store, "Hall"))
    over.starts_at, over.ends_at = (shop_clock.now() - timedelta(hours=ago) for ago in (3, 1))
    over.status = EventStatus.CLOSED
    calendar = {"secret": new_address(actor=TESTS, account_id=account_of(editor))}
    page, guests = {"slug": shown.slug}, {"event_id": shown.id}
    asked = ask_for_seats(
        actor=TESTS, event_id=shown.id, coming=Coming(name="Ada"), email="ada@example.test", language="en"
    )
    ticket = {"secret": asked.rsvp.secret}
    line = Cells(number=2, name="Bea", email="", party="", plus_one="", needs="", language="")
    own, staff = (Actor.person(account_of(editor), "Anna"), Actor.staff(1, "Paola"))
    brought = {
        kind: read_guests(
            actor=actor, event_id=shown.id, lines=[line], language="en", file_name="circle.csv"
        ).id
        for kind, actor in (("my", own), ("staff", staff))
    }
    files = {
        f"{kind}_guest_imports.{name}": guests
        | ({} if name in ("choose", "example") else {"import_id": made})
        for kind, made in brought.items()
        for names, more in ((("choose", "example"), {}), (("one", "left_out"), {"import_id": made}))
        for name in names
    }
    slip = dict.fromkeys(("sku", "quantity", "amount", "currency", "email", "ticket"), "")
    head = SlipCells(line=2, number="", time="", store="Asti", **slip)
    till_file = read_slips(
        actor=staff,
        slips=[Slip([Line(head, fault=SlipFault.NO_AMOUNT)], fault=SlipFault.NO_NUMBER)],
        language="en",
        file_name="till.csv",
    )
    brought_file = {"file_id": till_file.id}
    return {
        "rsvps.form": page,
        **dict.fromkeys(("staff_till_files.one", "staff_till_files.not_taken_in"), brought_file),
        "staff_hosting.end": {"rule_id": rule.id},
        "staff_hosting.refuse": {"event": over.slug},
        **files,
        **dict.fromkeys(("rsvps.ticket", "rsvps.change", "rsvps.calendar"), ticket),
        "evenings.calendar": calendar,
        **dict.fromkeys(
            (
                f"{who}_{page}"
                for who in ("my", "staff")
                for page in ("door.door", "door.worker", "board.board")
            ),
            guests,
        ),
        "my_door.device_list": {"event_id": near.id},
        "staff_door.device_list": {"event_id": near.id},
        "my_reports.report": {"event_id": begun.id},
        "staff_reports.report": {"event_id": begun.id},
        **dict.fromkeys(("my_guests.guests", "staff_guests.guests", "invites.suggestions"), guests),
        **dict.fromkeys(("event_pages.event", "event_pages.card", "event_pages.calendar"), page),
        **dict.fromkeys(
            ("my_events.event", "my_events.change", "my_events.words", "staff_events.event"), event
        ),
        **dict.fromkeys(("my_afterwards.after", "staff_afterwards.after"), guests),
        **photographed(shown),
        "feedback.form": came_to(shown.id),
        "event_perks.show": {"event_id": shown.id},
        "staff_event_terms.terms": {"event_id": shown.id},
        "staff_event_host.host": {"event_id": shown.id},
        "staff_event_hours.hold": {"event_id": shown.id},
        "event_perks.give": {"event_id": shown.id},
        "staff_event_rooms.new": {"place_id": store},
        "staff_event_rooms.room": {"place_id": store, "room_id": room},
    }


def photographed(event: Event) -> dict[str, dict[str, Any]]:
    """A photo that everybody may see, and the page of the one who is on it."""
    key = store(b"a photo", ".webp")
    photo = EventPhoto(
        event_id=event.id,
        small_key=key,
        large_key=key,
        width=4,
        height=3,
        nobody=False,
        by="Anna",
        by_staff=False,
        at=shop_clock.now(),
    )
    on_it = Portrayed(rsvp_id=db.session.scalars(select(Rsvp.id).limit(1)).one(), place=1)
    db.session.add_all([photo, on_it])
    db.session.flush()
    db.session.add(
        PhotoPerson(
            photo_id=photo.id,
            portrayed_id=on_it.id,
            named_at=shop_clock.now(),
            answered_at=shop_clock.now(),
            agreed_at=shop_clock.now(),
        )
    )
    db.session.flush()
    file = {"photo_id": photo.id, "size": "small"}
    whole: dict[str, Any] = {"event_id": event.id}
    one = whole | file
    return {
        **dict.fromkeys(("my_photos.photos", "staff_photos.photos"), whole),
        **dict.fromkeys(("my_photos.file", "staff_photos.file"), one),
        "event_photos.mine": {"secret": on_it.secret},
        "event_photos.own": {"secret": on_it.secret, **file},
        "event_photos.shown": {"slug": event.slug, **file},
    }


def came_to(event_id: int) -> dict[str, Any]:
    """The ticket of somebody who came."""
    asked = ask_for_seats(
        actor=TESTS, event_id=event_id, coming=Coming(name="Cleo"), email="cleo@example.test", language="en"
    )
    asked.rsvp.status, asked.rsvp.arrived, asked.rsvp.arrived_at = CAME, 1, shop_clock.now()
    db.session.flush()
    return {"secret": asked.rsvp.secret}
