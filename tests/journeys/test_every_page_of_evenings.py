"""The pages of evenings in the stores and of coaching, as the editor and the staff of the store meet them."""

from __future__ import annotations

from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event, suggest_time
from events.feeds.actions import new_address
from events.guests.actions import ask_for_seats
from events.guests.coming import Coming
from tests.architecture.one_of_each import coaching_of
from tests.events.conftest import STAFF, TESTS, evening, make_room
from tests.journeys.walk import Visit


def test_pages_of_evenings_and_of_coaching(visit: Visit) -> None:
    town = visit.town
    giulia, olga = visit.new_page(account=town.giulia), visit.new_page(account=town.olga)
    stranger = visit.new_page()
    visit.over(stranger, "/events")
    visit.over(giulia, "/studio/events", "/studio/events/new", "/studio/coaching")
    visit.over(olga, "/staff/events", "/staff/events/rooms", f"/staff/events/rooms/{town.store}/new")
    visit.over(olga, "/staff/coaching", "/staff/coaching/new")
    with visit.work():
        room = make_room(town.store, "Denim")
        words = {"words": "Torino", "title": "Denim", "title_it": "Denim", "happens": "18:30 Denim"}
        draft, asked = (
            draft_event(actor=TESTS, editor_id=town.editor, draft=evening(town.store, days=days, **words))
            for days in (8, 9)
        )
        shown = draft_event(
            actor=TESTS,
            editor_id=town.editor,
            draft=evening(town.store, days=10, for_whom="Denim", for_whom_it="Denim", **words),
        )
        propose_event(actor=TESTS, editor_id=town.editor, event_id=shown.id)
        approve_event(actor=STAFF, event_id=shown.id, room_id=room)
        page, said = f"/events/{shown.slug}", f"/studio/events/{shown.id}/words"
        guests = (
            ask_for_seats(
                actor=TESTS,
                event_id=shown.id,
                coming=Coming(name="Denim", party=people, plus_one="Denim", needs="Denim"),
                email=f"denim{number}@example.test",
                language="en",
            ).rsvp
            for number, people in enumerate((2, *[2] * 9, 1))
        )
        tickets = [f"/tickets/{one.secret}" for one in guests]
        ask_for_seats(
            actor=TESTS,
            event_id=shown.id,
            coming=Coming(name="Denim", party=1),
            email="denim@example.test",
            language="en",
            account_id=town.giulia,
        )
        new_address(actor=TESTS, account_id=town.giulia)
        propose_event(actor=TESTS, editor_id=town.editor, event_id=asked.id)
        later = {"starts_at": asked.starts_at.replace(hour=16), "ends_at": asked.ends_at.replace(hour=18)}
        suggest_time(actor=STAFF, event_id=asked.id, room_id=room, words="Denim", **later)
        plan = coaching_of(town.editor)["staff_coaching.plan"]["plan_id"]
        events = [draft.id, asked.id]
    visit.over(stranger, "/events", page, f"{page}/rsvp", tickets[0], f"{tickets[0]}/change", tickets[-1])
    visit.over(
        giulia,
        f"/studio/events/{shown.id}/guests",
        f"/studio/events/{shown.id}/invite",
        said,
        "/account/evenings",
    )
    visit.over(olga, f"/staff/events/{shown.id}/guests")
    visit.over(giulia, "/studio/events", *(f"/studio/events/{one}" for one in events))
    visit.over(giulia, "/studio/events/new", f"/studio/events/{events[0]}/change", "/studio/coaching")
    visit.over(
        olga, "/staff/events", f"/staff/events/{events[1]}", f"/staff/events/rooms/{town.store}/{room}"
    )
    visit.over(olga, "/staff/coaching", f"/staff/coaching/{plan}", f"/staff/coaching/{plan}/end")
