"""What comes between an evening and its day: a host whose membership ends, a store that closes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from editors.membership.standing import pause, remove, resume
from events.calendar import errors, handing
from events.calendar.actions import EventWords, draft_event, propose_event, reword_event
from events.calendar.deciding import approve_event, suggest_time
from events.calendar.handing import hand_over
from events.calendar.models import Event, EventFormat, EventStatus, EventTurn
from events.calendar.privacy import CHAPTER as EVENTS
from events.calendar.queries import event_by_id, open_suggestion
from events.calendar.running import cancel_event, move_event
from events.door.styles import show_style, shows_style, styles_of
from events.guests.models import Rsvp
from events.guests.moving import forget_old
from events.guests.queries import rsvp_by_id
from events.hitches.actions import note_hours
from events.imports.actions import read_guests
from events.imports.models import GuestImport
from events.imports.privacy import CHAPTER as GUEST_FILES
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.privacy.chapters import Person
from foundation.states import IllegalMove
from storefront.places.actions import (
    PlaceDraft,
    add_special_day,
    change_place,
    close_store,
    remove_special_day,
)
from storefront.places.models import PARTS
from storefront.places.policy import Span
from storefront.places.queries import place_by_id
from tests.commissions.conftest import make_staff
from tests.editors.conftest import make_editor
from tests.events.conftest import STAFF, TESTS, account_of, evening
from tests.events.test_calendar import status, steps
from tests.events.test_guests import ask
from tests.events.test_imports import lines
from tests.races import at_once, meeting

S = EventStatus


@pytest.fixture
def booked(work, proposed, room):
    """`booked()` is the id of an approved event."""

    def book(**more: object) -> int:
        event_id = proposed(**more)
        with work():
            approve_event(actor=STAFF, event_id=event_id, room_id=room)
        return event_id

    return book


@pytest.fixture
def desks(work, client_of):
    """Staff of the store, and a member of staff who only reads."""
    with work():
        paola, carla = make_staff("Paola", Role.STORE), make_staff("Carla", Role.COMMUNITY)
    return client_of(paola), client_of(carla)


def test_an_evening_whose_host_is_removed_waits_for_staff_and_says_so(app, work, booked, host, client, desks):
    event_id, (paola, carla) = booked(capacity=4), desks
    with work():
        slug = event_by_id(event_id).slug
        ask(event_id, "ada", people=2)
    page, staff_page = f"/events/{slug}", f"/staff/events/{event_id}"
    assert "being looked for" not in client.get(page).text
    assert "This evening has no host" not in paola.get(staff_page).text
    with work():
        remove(actor=TESTS, editor_id=host, reason="Sold elsewhere under our name")
    drain(app)
    with work():
        assert status(event_id) == S.APPROVED  # nothing is decided for the store
        assert db.session.scalar(select(func.sum(Rsvp.party))) == 2
    # Honest to guests, in both languages, without a word on why; the door to staff on two pages.
    shown = client.get(page).text
    assert "We are looking for another host." in shown
    assert "Giulia" not in shown
    assert "Cerchiamo un’altra persona che ospiti la serata." in client.get(f"{page}?lang=it").text
    assert "has no host: Giulia Ferri rests or has left" in paola.get("/staff").text
    assert "has no host" not in carla.get("/staff").text
    assert "No host" in paola.get("/staff/events").text
    told = paola.get(staff_page).text
    assert "This evening has no host." in told
    assert f"{staff_page}/host" in told
    assert f"{staff_page}/host" not in carla.get(staff_page).text
    assert carla.get(f"{staff_page}/host").status_code == 403


def test_another_host_has_the_evening_with_its_guests_and_everybody_reads_it(
    app, work, booked, host, client, client_of, desks, outbox
):
    event_id, paola = booked(capacity=4), desks[0]
    with work():
        slug = event_by_id(event_id).slug
        ask(event_id, "ada", people=2)
        other = make_editor("Marta Riva", "marta")
        sequence = event_by_id(event_id).sequence
        remove(actor=TESTS, editor_id=host, reason="Sold elsewhere under our name")
    page, staff_page = f"/events/{slug}", f"/staff/events/{event_id}"
    sent = {"was": str(host), "handle": "@Marta", "words": "Marta steps in"}
    for wrong, words in (
        ({"handle": ""}, "Write who hosts it from now on."),
        ({"handle": "nobody-here"}, "No active style editor"),
        ({"handle": "giulia"}, "No active style editor"),
        ({"words": " "}, "Say why in a sentence"),
    ):
        refused = paola.post(f"{staff_page}/host", data=sent | wrong)
        assert refused.status_code == 422, wrong
        assert words in refused.text, wrong
    assert "@Marta" in paola.post(f"{staff_page}/host", data=sent | {"words": ""}).text
    assert paola.post(f"{staff_page}/host", data=sent).status_code == 303
    assert paola.post(f"{staff_page}/host", data=sent).status_code == 409  # pressed twice: given away already
    drain(app)
    with work():
        found = event_by_id(event_id)
        assert (found.editor_id, found.status, found.looks) == (other, S.APPROVED, [])
        assert found.sequence == sequence  # nobody planned by the name: calendars hear nothing
        assert steps(event_id)[-1] == "handed"
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "events.handed")).one()
        assert (row.before["editor_id"], row.after["editor_id"], row.reason) == (
            host,
            other,
            "Marta steps in",
        )
        assert db.session.scalar(select(func.sum(Rsvp.party))) == 2
        marta = account_of(other)
    assert "has no host" not in paola.get("/staff").text
    assert "Marta Riva" in client.get(page).text
    (guest,) = [one for one in outbox(to="ada@example.test") if "hosts it now" in one.subject]
    assert "Marta hosts this evening now" in guest.text
    assert "steps in" not in guest.text
    assert "elsewhere" not in guest.text
    assert [one.subject for one in outbox(to="marta@example.test")][
        -1
    ] == "You host an evening: One jacket, three ways"
    assert "Somebody else hosts it now" in [one.subject for one in outbox(to="giulia@example.test")][-1]
    assert client_of(marta).get(f"/studio/events/{event_id}").status_code == 200


def test_a_host_who_rests_reads_it_and_has_the_evening_back_with_the_membership(
    app, work, booked, host, client, client_of, desks, outbox
):
    event_id, paola = booked(), desks[0]
    with work():
        slug = event_by_id(event_id).slug
        ask(event_id, "ada")
        pause(actor=STAFF, editor_id=host, reason="A rest")
        account = account_of(host)
    drain(app)
    assert "The store looks for another host." in client_of(account).get(f"/studio/events/{event_id}").text
    assert "has no host" in paola.get("/staff").text
    with work():
        resume(actor=STAFF, editor_id=host, reason="Back")
    drain(app)
    assert "has no host" not in paola.get("/staff").text
    assert "looks for another host" not in client_of(account).get(f"/studio/events/{event_id}").text
    assert "Giulia" in client.get(f"/events/{slug}").text
    with work():
        assert steps(event_id) == ["proposed", "approved"]  # it went on as if nothing had been
    assert not [one for one in outbox(to="ada@example.test") if "hosts it now" in one.subject]


def test_proposals_of_a_host_who_rests_are_drafts_again_and_nobody_approves_one(
    app, work, proposed, host, room, store
):
    suggested, plain = proposed(), proposed(days=18)
    with work():
        found = event_by_id(suggested)
        suggest_time(
            actor=STAFF, event_id=suggested, room_id=room, starts_at=found.starts_at, ends_at=found.ends_at
        )
        pause(actor=STAFF, editor_id=host, reason="A rest")
    with pytest.raises(errors.HostRests), work():  # before the house has heard of it
        approve_event(actor=STAFF, event_id=plain, room_id=room)
    drain(app)
    drain(app)
    with work():
        assert (status(suggested), status(plain)) == (S.DRAFT, S.DRAFT)
        assert open_suggestion(suggested) is None
        assert steps(plain) == ["proposed", "withdrawn"]


def test_who_may_not_host_is_given_no_evening_and_none_that_has_begun_or_is_called_off_goes(
    work, booked, host, clock
):
    event_id, later = booked(), booked(days=15)
    with work():
        other, resting = make_editor("Marta Riva", "marta"), make_editor("Rita Neri", "rita")
        pause(actor=STAFF, editor_id=resting, reason="A rest")

    def give(event: int, to: int) -> None:
        with work():
            hand_over(actor=STAFF, event_id=event, was_editor_id=host, editor_id=to, words="Because")

    for to in (host, resting, 999):
        with pytest.raises(errors.NoSuchHost):
            give(event_id, to)
    with work():
        cancel_event(actor=STAFF, event_id=later, words="Rain")
    with pytest.raises(IllegalMove):
        give(later, other)
    clock.advance(days=11)
    with pytest.raises(errors.AlreadyBegun):
        give(event_id, other)
    with work():
        assert {one.editor_id for one in db.session.scalars(select(Event))} == {host}


def test_an_online_evening_goes_only_with_a_link_of_the_new_host(work, host, store):
    with work():
        draft = evening(store, format="online", joining_url="https://meet.example.test/giulia")
        event_id = draft_event(actor=TESTS, editor_id=host, draft=draft).id
        propose_event(actor=TESTS, editor_id=host, event_id=event_id)
        approve_event(actor=STAFF, event_id=event_id, room_id=None)
        other, before = make_editor("Marta Riva", "marta"), event_by_id(event_id).sequence
    given = {"actor": STAFF, "event_id": event_id, "was_editor_id": host, "editor_id": other, "words": "Ill"}
    for link in (None, "http://meet.example.test"):
        with pytest.raises(errors.LinkNeeded), work():
            hand_over(**given, joining_url=link)
    with work():
        hand_over(**given, joining_url="https://meet.example.test/marta")
        found = event_by_id(event_id)
        assert (found.joining_url, found.sequence) == ("https://meet.example.test/marta", before)


def _given_at_once(app, work, booked, host) -> tuple[int, list[Exception]]:
    """How often it was given away, and what the two who did met."""
    event_id = booked()
    with work():
        others = make_editor("Marta Riva", "marta"), make_editor("Rita Neri", "rita")
    given = {"actor": STAFF, "event_id": event_id, "was_editor_id": host, "words": "Ill"}
    met = at_once(app, *(lambda to=to: hand_over(**given, editor_id=to) for to in others))
    with work():
        return steps(event_id).count("handed"), met


def test_of_two_who_give_an_evening_away_at_once_the_second_is_told(app, work, booked, host):
    number, met = _given_at_once(app, work, booked, host)
    assert number == 1
    assert [type(one) for one in met] == [IllegalMove]


def test_without_the_lock_it_would_be_given_to_both(app, work, booked, host, monkeypatch):
    monkeypatch.setattr(handing, "locked_event", meeting(lambda one: db.session.get_one(Event, one)))
    assert _given_at_once(app, work, booked, host) == (2, [])


def _closes(work, app, store: int, day: date, span: Span | None = None) -> None:
    with work():
        add_special_day(actor=TESTS, place_id=store, day=day, span=span, note="Stock count")
    drain(app)


def test_a_store_that_closes_that_day_asks_staff_and_guests_hear_only_what_they_decide(
    app, work, booked, host, store, room, client, client_of, desks, outbox
):
    event_id, other, (paola, carla) = booked(), booked(days=11), desks
    with work():
        found = event_by_id(event_id)
        day, slug, sequence = found.local(found.starts_at).date(), found.slug, found.sequence
        ask(event_id, "ada")
        account = account_of(host)
    drain(app)
    letters = len(outbox(to="ada@example.test"))
    page, places = f"/staff/events/{event_id}", f"/staff/places/{store}"
    assert "lies outside" not in paola.get(places).text
    sent = {"day": day.isoformat(), "hours": "", "note": "Stock count", "note_it": ""}
    added = paola.post(f"{places}/days", data=sent, follow_redirects=True)
    # Whoever writes the day down reads it at once, before any job of the queue ran.
    assert "One evening lies outside of these hours." in added.text
    assert "To be decided" in added.text
    assert "outside of the store’s new hours" not in paola.get("/staff").text
    drain(app)
    drain(app)
    with work():
        assert (steps(event_id)[-1], steps(other)[-1]) == ("hours", "approved")
        assert (status(event_id), event_by_id(event_id).sequence) == (S.APPROVED, sequence)
    assert "outside of the store’s new hours" in paola.get("/staff").text
    assert "outside of the store’s new hours" not in carla.get("/staff").text
    assert "The store has other hours that day: closed." in paola.get(page).text
    studio = client_of(account).get(f"/studio/events/{event_id}").text
    assert "It decides whether your evening is moved" in studio
    (told,) = [one for one in outbox(to="giulia@example.test") if "other hours that day" in one.subject]
    assert "your guests hear nothing" in told.text
    assert "other hours" not in client.get(f"/events/{slug}").text
    assert carla.get(f"{page}/hold").status_code == 403
    assert "Say why, in a few words." in paola.post(f"{page}/hold", data={"reason": " "}).text
    assert paola.post(f"{page}/hold", data={"reason": "Paola opens the side door"}).status_code == 303
    assert paola.post(f"{page}/hold", data={"reason": "Again"}).status_code == 409
    drain(app)
    with work():
        # The queue may tell the same news again: staff have answered it.
        earlier = db.session.scalars(select(EventTurn.at).where(EventTurn.step == "hours")).one()
        assert note_hours(actor=STAFF, place_id=store, day=None, told_at=earlier) == []
    with work():
        assert steps(event_id)[-2:] == ["hours", "held"]
        reasons = db.session.scalars(select(AuditRow.reason).where(AuditRow.action == "events.held")).all()
        assert reasons == ["Paola opens the side door"]
    assert "outside of the store’s new hours" not in paola.get("/staff").text
    assert "that day: closed." not in paola.get(page).text
    assert "Takes place all the same" in paola.get(places).text
    assert "side door" in outbox(to="giulia@example.test")[-1].text
    assert len(outbox(to="ada@example.test")) == letters  # not a word to guests until something is another


def test_what_is_moved_from_a_closed_day_asks_its_guests_and_waits_no_more(
    app, work, booked, store, room, desks, outbox
):
    event_id, paola = booked(), desks[0]
    with work():
        ask(event_id, "ada")
        found = event_by_id(event_id)
        starts, day = found.starts_at, found.local(found.starts_at).date()
    _closes(work, app, store, day)
    assert "outside of the store’s new hours" in paola.get("/staff").text
    with work():
        later = {"starts_at": starts + timedelta(days=1), "ends_at": starts + timedelta(days=1, hours=2)}
        move_event(actor=STAFF, event_id=event_id, room_id=room, words="We count the stock", **later)
    drain(app)
    assert "outside of the store’s new hours" not in paola.get("/staff").text
    assert "Moved" in outbox(to="ada@example.test")[-1].subject


def test_a_day_that_is_taken_away_again_leaves_nothing_to_decide_and_other_hours_count_too(
    app, work, booked, proposed, store, desks
):
    event_id, paola = booked(), desks[0]
    with work():
        found = event_by_id(event_id)
        day = found.local(found.starts_at).date()
    _closes(work, app, store, day, Span(600, 1140))  # the same hours: the evening fits
    _closes(work, app, store, day + timedelta(days=1))  # another day
    with work():
        assert steps(event_id)[-1] == "approved"
        found = place_by_id(store)
        remove_special_day(actor=TESTS, place_id=store, special_id=found.special_days[0].id)
    _closes(work, app, store, day, Span(540, 720))  # shut at noon, seven hours before
    assert "outside of the store’s new hours" in paola.get("/staff").text
    with work():
        assert steps(event_id)[-1] == "hours"
        special = next(one for one in place_by_id(store).special_days if one.day == day)
        remove_special_day(actor=TESTS, place_id=store, special_id=special.id)
    drain(app)
    assert "outside of the store’s new hours" not in paola.get("/staff").text
    asked = proposed(hour=16)
    _closes(work, app, store, day)
    assert "you know who has the keys" in paola.get(f"/staff/events/{asked}").text
    with work():
        assert steps(asked) == ["proposed"]


def test_a_week_with_other_hours_and_a_store_that_shuts_for_good_are_heard_of(
    app, work, booked, store, desks
):
    event_id, paola = booked(), desks[0]
    with work():
        place = place_by_id(store)
        kept = {name: getattr(place, name) for name in PARTS}
        change_place(actor=TESTS, place_id=store, draft=PlaceDraft(**kept, week={0: (Span(600, 1140),)}))
    drain(app)
    with work():
        assert steps(event_id)[-1] == "hours"  # a Thursday, on which nobody opens any more
        close_store(actor=TESTS, place_id=store, reason="The lease ended")
    drain(app)
    assert "closed for good" in paola.get(f"/staff/events/{event_id}").text
    with work():
        assert steps(event_id).count("hours") == 1


def test_what_was_said_to_one_host_stays_with_them_and_goes_with_them(
    app, work, booked, host, account, client_of
):
    event_id = booked(message="My mother is ill.", code_wanted="GIULIA10")
    guest = account("ada@example.test", name="Ada")
    with work():
        giulia = Actor.person(account_of(host), "Giulia Ferri")
        ada = ask(event_id, "ada", account_id=guest)
        show_style(actor=TESTS, rsvp=rsvp_by_id(ada.id), wanted=True)
        read_guests(
            actor=giulia,
            event_id=event_id,
            lines=lines("bea"),
            language="en",
            file_name="friends.csv",
        )
        words = EventWords(title="One jacket", title_it="", words="Bring one.", happens="18:00 Coats off")
        reword_event(actor=giulia, editor_id=host, event_id=event_id, words=words)
        assert list(styles_of(event_by_id(event_id))) == [ada.id]
        other = make_editor("Marta Riva", "marta")
        hand_over(actor=STAFF, event_id=event_id, was_editor_id=host, editor_id=other, words="ill")
        marta = account_of(other)
    files = f"/studio/events/{event_id}/guests/files"
    assert "friends.csv" not in client_of(marta).get(files).text
    with work():
        event = event_by_id(event_id)
        assert (event.message, event.code_wanted) == ("", "")
        assert styles_of(event) == {} and not shows_style(rsvp_by_id(ada.id))
        assert "Giulia Ferri" in {one.by for one in event.turns}
    with work():  # they ask to be forgotten, and hosted it once
        for chapter in (EVENTS, GUEST_FILES):
            chapter.forget(Person(account_of(host), "giulia@example.test"))
    with work():
        assert "Giulia Ferri" not in {one.by for one in event_by_id(event_id).turns}
        assert list(db.session.scalars(select(GuestImport.by))) == [""]
        assert {one.by for one in event_by_id(event_id).turns if one.by_staff} == {"Paola"}
        show_style(actor=TESTS, rsvp=rsvp_by_id(ada.id), wanted=True)  # a yes of its own
        assert list(styles_of(event_by_id(event_id))) == [ada.id]


def test_who_rests_proposes_nothing_and_the_link_of_an_evening_goes_a_month_after(work, host, store, clock):
    with work():
        draft = draft_event(actor=TESTS, editor_id=host, draft=evening(store))
        link = "https://meet.example.org/x"
        asked = evening(store, format=EventFormat.ONLINE, joining_url=link, days=20)
        online = draft_event(actor=TESTS, editor_id=host, draft=asked)
        propose_event(actor=TESTS, editor_id=host, event_id=online.id)
        approve_event(actor=STAFF, event_id=online.id, room_id=None)
        pause(actor=STAFF, editor_id=host, reason="A rest")
        with pytest.raises(errors.NotEligible):
            propose_event(actor=TESTS, editor_id=host, event_id=draft.id)
        assert status(draft.id) == S.DRAFT
        cancel_event(actor=STAFF, event_id=online.id, words="Nobody hosts it")
        ends = event_by_id(online.id).ends_at
    for days, left in ((29, link), (31, None)):
        clock.freeze(ends + timedelta(days=days))
        with work():
            forget_old()
            assert event_by_id(online.id).joining_url == left
