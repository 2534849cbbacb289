"""The pages on which an editor proposes an evening and the store answers."""

from __future__ import annotations

import pytest

from events.calendar.models import EventRoom
from events.calendar.queries import event_by_id, events_of
from foundation.accounts.models import Account
from foundation.accounts.permissions import Role
from foundation.db import db
from tests.commissions.conftest import make_staff
from tests.editors.conftest import make_editor
from tests.events.conftest import account_of

FILLED = {
    "title": "One jacket, three ways", "title_it": "Una giacca, tre modi", "format": "styling",
    "starts": "2026-03-12T18:30", "ends": "2026-03-12T20:30", "capacity": "20",
    "words": "Bring what you never know what to wear with.",
    "words_it": "Porta quello che non sai con che mettere.",
    "for_whom": "Whoever owns one jacket", "for_whom_it": "Chi ha una giacca sola",
    "visibility": "link", "admission": "host", "most_party": "1",
    "happens": "18:30 Coats off", "needs": "A rail and two mirrors", "message": "It would be my first",
    "code_wanted": "lino10",
}  # fmt: skip


@pytest.fixture
def people(work, host, store, client_of):
    """The host, staff of the store, and a member of staff who only reads."""
    with work():
        paola, community = make_staff("Paola", Role.STORE), make_staff("Carla", Role.COMMUNITY)
        account = account_of(host)
    return client_of(account), client_of(paola), client_of(community)


def only_event(work, host: int) -> int:
    with work():
        (found,) = events_of(host)
        return found.id


def test_without_a_room_one_meets_online_alone_and_staff_write_one_down(work, people, store):
    host, paola, community = people
    assert "Via Lagrange, online only" in host.get("/studio/events/new").text
    wanted = FILLED | {"place": str(store)}
    refused = host.post("/studio/events/new", data=wanted)
    assert refused.status_code == 422 and "This store has no room for events." in refused.text
    assert "One jacket" in refused.text  # what was typed stays
    online = wanted | {"format": "online", "joining_url": "https://meet.example.test/giulia"}
    assert host.post("/studio/events/new", data=online).status_code == 303
    page = f"/staff/events/rooms/{store}/new"
    room = {
        "name": "Shop floor",
        "name_it": "Area vendita",
        "seats": "24",
        "access": "No steps.",
        "access_it": "",
    }
    assert community.get(page).status_code == 403
    for wrong, words in (
        ({"name": " "}, "Give it a name."),
        ({"seats": "0"}, "from 1 to 500"),
        ({"seats": "many"}, "from 1 to 500"),
    ):
        refused = paola.post(page, data=room | wrong)
        assert refused.status_code == 422
        assert words in refused.text
        assert "No steps." in refused.text
    assert paola.post(page, data=room).status_code == 303
    many = host.post("/studio/events/new", data=wanted | {"capacity": "25"})
    assert many.status_code == 422 and "The largest room of this store seats 24." in many.text
    assert host.post("/studio/events/new", data=online | {"capacity": "25"}).status_code == 303
    assert "had one" in paola.post(page, data=room).text
    assert "Area vendita" in paola.get("/staff/events/rooms?lang=it").text
    with work():
        room_id = db.session.query(EventRoom.id).scalar()
    assert (
        paola.post(f"/staff/events/rooms/{store}/{room_id}", data=room | {"seats": "30"}).status_code == 303
    )
    assert paola.post(f"/staff/events/rooms/{store}/{room_id}", data={"do": "close"}).status_code == 303
    assert "No room yet" in paola.get("/staff/events/rooms").text


def test_an_editor_proposes_an_evening_and_the_store_says_yes(work, people, host, store, room, outbox):
    editor, paola, community = people
    filled = FILLED | {"place": str(store)}
    for wrong, words in (
        ({"title": ""}, "Give it a title."),
        ({"starts": "tomorrow"}, "day"),
        ({"ends": "2026-03-12T18:00"}, "between half an hour and twelve hours"),
        ({"starts": "2026-03-29T02:30", "ends": "2026-03-29T05:00"}, "this hour does not exist"),
        ({"capacity": "20 and a dog"}, "from 1 to 500"),
        ({"place": "999"}, ""),
        ({"visibility": "nobody"}, ""),
        ({"most_party": "3"}, ""),
        ({"code_wanted": "10 %"}, "3 to 24 letters from A to Z, digits and hyphens."),
    ):
        refused = editor.post("/studio/events/new", data=filled | wrong)
        assert refused.status_code == 422, wrong
        assert words in refused.text, wrong
        assert "It would be my first" in refused.text
    made = editor.post("/studio/events/new", data=filled)
    assert made.status_code == 303
    event_id = only_event(work, host)
    mine, theirs = f"/studio/events/{event_id}", f"/staff/events/{event_id}"
    assert "18:30 to 20:30" in editor.get(mine).text
    changed = editor.post(f"{mine}/change", data=filled | {"capacity": "18"})
    assert changed.status_code == 303
    assert editor.post(mine, data={"do": "propose"}).status_code == 303
    late = editor.post(f"{mine}/change", data=filled)
    assert late.status_code == 422
    assert "moved on in the meantime" in late.text
    assert "One jacket, three ways" in paola.get("/staff/events").text
    assert "proposes One jacket, three ways" in paola.get("/staff").text
    assert "One jacket" not in paola.get("/staff/events?store=1").text
    page = paola.get(theirs).text
    for words in (
        *(
            "It would be my first",
            "A rail and two mirrors",
            "Shop floor, 24 people",
            "Whoever owns one jacket",
            "LINO10",
        ),
        *("Whoever has the link", "The host says yes to each guest", "Guests come on their own"),
    ):
        assert words in page
    assert "Approve" not in community.get(theirs).text
    assert community.post(theirs, data={"do": "approve", "room": str(room)}).status_code == 403
    refused = paola.post(theirs, data={"do": "decline", "words": ""})
    assert refused.status_code == 422
    assert "Say why in a sentence" in refused.text
    with work():
        assert event_by_id(event_id).status == "proposed"
    said = paola.post(theirs, data={"do": "approve", "room": str(room), "words": "We look forward to it"})
    assert said.status_code == 303
    with work():
        found = event_by_id(event_id)
        assert (found.status, found.room_id, found.capacity) == ("approved", room, 18)
        assert (found.visibility, found.admission, found.most_party) == ("link", "host", 1)
    assert 'value="LINO10"' in paola.get(f"{theirs}/code").text  # one press gives what was asked for
    italian = editor.get(f"{mine}?lang=it").text
    assert "Approvato, con la sala" in italian
    assert "Chi ha una giacca sola" in italian
    assert "Una giacca, tre modi" in italian
    (letter,) = [one for one in outbox() if one.subject.startswith("Yes to your event")]
    assert "We look forward to it" in letter.text


def test_another_time_is_suggested_taken_moved_and_called_off(work, people, host, room, proposed, outbox):
    editor, paola, _community = people
    event_id = proposed()
    mine, theirs = f"/studio/events/{event_id}", f"/staff/events/{event_id}"
    answer = {
        "room": str(room),
        "words": "Rather on Friday",
        "starts": "2026-03-13T18:30",
        "ends": "2026-03-13T20:00",
    }
    wrong = paola.post(
        theirs, data=answer | {"do": "suggest", "starts": "2026-03-15T18:30", "ends": "2026-03-15T20:00"}
    )
    assert wrong.status_code == 400
    assert "more than three hours outside" in wrong.text
    assert paola.post(theirs, data=answer | {"do": "suggest"}).status_code == 303
    page = editor.get(mine).text
    assert "The store suggests another time" in page
    assert "13 March 2026" in page
    suggestion = page.split('name="suggestion" value="')[1].split('"')[0]
    assert editor.post(mine, data={"do": "take", "suggestion": "1"}).status_code == 409
    assert editor.post(mine, data={"do": "take", "suggestion": suggestion}).status_code == 303
    assert (
        paola.post(theirs, data=answer | {"do": "move", "words": ""}).status_code == 303
    )  # nothing is another
    moved = answer | {"do": "move", "starts": "2026-03-14T18:30", "ends": "2026-03-14T20:00"}
    assert paola.post(theirs, data=moved | {"words": ""}).status_code == 422
    gone = paola.post(theirs, data=moved | {"starts": "2026-02-14T18:30", "ends": "2026-02-14T20:00"})
    assert gone.status_code == 422 and "Choose a time that is still to come." in gone.text
    assert 'value="2026-02-14T18:30"' in gone.text and "Rather on Friday" in gone.text
    assert paola.post(theirs, data=moved).status_code == 303
    sunday = moved | {"starts": "2026-03-15T18:30", "ends": "2026-03-15T20:00"}
    assert "somebody has to let the guests in" in paola.post(theirs, data=sunday, follow_redirects=True).text
    refused = editor.post(mine, data={"do": "cancel", "words": ""})
    assert refused.status_code == 422
    assert "Say why in a sentence" in refused.text
    assert editor.post(mine, data={"do": "cancel", "words": "I broke my leg"}).status_code == 303
    assert "I broke my leg" in paola.get(theirs).text
    letters = [one.subject.split(":")[0] for one in outbox() if "your event" in one.subject.lower()]
    assert letters == ["Another time for your event", "Your event is moved", "Your event is moved"]
    with work():
        assert event_by_id(event_id).status == "cancelled"


def test_the_answer_of_a_store_is_written_in_the_language_of_the_host(
    work, people, host, room, proposed, outbox
):
    event_id = proposed()
    with work():
        db.session.get_one(Account, account_of(host)).language = "it"
    answer = {"room": str(room), "words": "", "do": "approve"}
    assert people[1].post(f"/staff/events/{event_id}", data=answer).status_code == 303
    told = outbox()[-1]
    assert "Una giacca, tre modi" in told.subject + told.text and "marzo" in told.text
    assert "March" not in told.text and "One jacket" not in told.subject + told.text


def test_somebody_elses_event_is_none(work, people, client_of, proposed):
    event_id = proposed()
    with work():
        other = account_of(make_editor("Amina Sesay", "amina"))
    stranger = client_of(other)
    for answer in (
        stranger.get(f"/studio/events/{event_id}"),
        stranger.get(f"/studio/events/{event_id}/change"),
        stranger.post(f"/studio/events/{event_id}", data={"do": "withdraw"}),
        stranger.post(f"/studio/events/{event_id}", data={"do": "dance"}),
    ):
        assert answer.status_code == 404
    with work():
        assert event_by_id(event_id).status == "proposed"


def test_after_the_yes_a_host_mends_words_and_nothing_else(work, people, host, proposed, room):
    editor, paola, _community = people
    event_id = proposed()
    page = f"/studio/events/{event_id}/words"
    said = {key: FILLED[key] for key in ("title", "title_it", "words", "happens", "for_whom")}
    early = editor.post(page, data=said)
    assert early.status_code == 409
    assert "moved on in the meantime" in early.text
    assert (
        paola.post(f"/staff/events/{event_id}", data={"do": "approve", "room": str(room)}).status_code == 303
    )
    with work():
        was = event_by_id(event_id)
        slug, starts = was.slug, was.starts_at
    mine = editor.get(f"/studio/events/{event_id}").text
    assert "Change the words" in mine
    assert f'data-copy="http://127.0.0.1:8000/events/{slug}"' in mine
    empty = editor.post(page, data=said | {"title": " "})
    assert empty.status_code == 422
    assert "Give it a title." in empty.text
    assert "Whoever owns one jacket" in empty.text
    stale = editor.post(page, data=said | {"seen": "something else", "title": "Mine"})
    assert stale.status_code == 409
    assert "Mine" in stale.text
    mended = said | {"title": "One jacket, four ways", "capacity": "500", "starts": "2026-03-20T18:30"}
    assert editor.post(page, data=mended).status_code == 303
    assert paola.post(page, data=mended).status_code == 403
    with work():
        now = event_by_id(event_id)
        assert (now.title, now.slug, now.starts_at) == ("One jacket, four ways", slug, starts)
        assert (now.sequence, now.capacity) == (0, 20)
        assert [turn.step for turn in now.turns] == ["proposed", "approved", "reworded"]
    assert "One jacket, four ways" in editor.get(f"/events/{slug}").text
