"""Guests from a file: looked through first, written down in its order, never more than seats, never twice."""

from __future__ import annotations

import csv
import io

from sqlalchemy import func, select

from events.calendar import actions as calendar_actions
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.guests import actions as guests
from events.guests import seats
from events.guests.models import Rsvp, RsvpSource
from events.imports import actions
from events.imports.jobs import forget
from events.imports.models import GuestImport, GuestLine, ImportStatus, LineStatus
from events.imports.policy import Cells, Fault, judged, lines_of
from events.imports.privacy import CHAPTER
from events.imports.queries import import_of
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.privacy.chapters import Person
from foundation.spreadsheets import sheet_of
from tests.events.conftest import STAFF
from tests.events.test_guest_pages import people
from tests.events.test_guest_races import unproved
from tests.events.test_guests import ask, booked, standing, subjects, taken
from tests.races import at_once, meeting, read_without_lock

__all__ = ["booked", "people"]
FILE = """\
Name;E-mail;Party;Plus One;Needs;Language
Ada Rossi;Ada@Example.test;2;Ugo;No nuts;it
Bea;bea@example.test;;;;
;nobody@example.test;;;;
Cleo;cleo-at-example;;;;
Dora;dora@example.test;3;;;
Enzo;enzo@example.test;1;Fabia;;
Gio;gio@example.test;;;;fr
Bea again;BEA@example.test;;;;
;;;;;

'=HYPERLINK(1);ivo@example.test;;;;
"""


def lines(*names: str) -> list[Cells]:
    return [
        Cells(
            number=number,
            name=name.title(),
            email=f"{name}@example.test",
            party="",
            plus_one="",
            needs="",
            language="",
        )
        for number, name in enumerate(names, start=2)
    ]


def read(event_id: int, *names: str) -> int:
    return actions.read_guests(
        actor=STAFF, event_id=event_id, lines=lines(*names), language="it", file_name="circle.csv"
    ).id


def outcomes(import_id: int) -> dict[str, str]:
    rows = select(GuestLine.name, GuestLine.status).where(GuestLine.import_id == import_id)
    return {name.lower(): str(status) for name, status in db.session.execute(rows)}


def test_each_line_is_right_or_says_what_is_wrong():
    found = lines_of(*sheet_of(FILE.encode("cp1252"), most=500))
    assert found is not None and found[0].email == "ada@example.test" and found[-1].name == "=HYPERLINK(1)"
    wrong = {line.number: wrong and (wrong.fault, wrong.about) for line, wrong in judged(found, 2)}
    assert wrong == {
        2: None,
        3: None,
        4: (Fault.NO_NAME, ""),
        5: (Fault.NOT_EMAIL, "cleo-at-example"),
        6: (Fault.NOT_PARTY, "3"),
        7: (Fault.ALONE, "Fabia"),
        8: (Fault.LANGUAGE, "fr"),
        9: (Fault.TWICE, "3"),
        12: None,
    }
    assert judged(found, 1)[0][1].fault == Fault.NOT_PARTY  # who may bring nobody brings nobody
    assert lines_of(["name"], [["Ada"]]) is None
    odd = judged(lines("x" * 90, "a\nb"), 2)
    assert [wrong.fault for _, wrong in odd if wrong] == [Fault.LONG_NAME, Fault.CONTROLS]


def test_a_file_fills_the_seats_in_its_order_and_the_same_file_again_changes_nothing(work, booked, app):
    event_id = booked(capacity=3)
    with work():
        gone = ask(event_id, "bea")
        guests.give_back(actor=STAFF, rsvp=gone)
        first = read(event_id, "ada", "bea", "cleo", "dora", "enzo", "fabia")
        assert standing(event_id) == {"bea": "cancelled"}  # looking it through writes nobody down
        actions.write_down(actor=STAFF, event_id=event_id, import_id=first)
        actions.write_down(actor=STAFF, event_id=event_id, import_id=first)
        assert standing(event_id) == {
            **dict.fromkeys(("ada", "cleo", "dora"), "going"),
            **dict.fromkeys(("enzo", "fabia"), "waitlisted"),
            "bea": "cancelled",
        }
        assert outcomes(first) == {
            **dict.fromkeys(("ada", "cleo", "dora"), "seated"),
            **dict.fromkeys(("enzo", "fabia"), "waits"),
            "bea": "known",
        }
        assert taken(event_id) == 3
        before = db.session.scalars(select(Rsvp.turn).order_by(Rsvp.id)).all()
        again = read(event_id, "ada", "bea", "cleo", "dora", "enzo", "fabia")
        actions.write_down(actor=STAFF, event_id=event_id, import_id=again)
        assert set(outcomes(again).values()) == {"known"}
        assert db.session.scalars(select(Rsvp.turn).order_by(Rsvp.id)).all() == before
        written = db.session.scalars(select(Rsvp).where(Rsvp.id != gone.id)).all()
        assert {(one.source, one.language) for one in written} == {(RsvpSource.IMPORT, "it")}
    drain(app)
    with work():
        assert len([one for one in subjects() if "Il tuo posto" in one or "lista d’attesa" in one]) == 5


def test_what_holds_when_it_is_written_down_counts_and_not_what_held_when_it_was_read(work, booked):
    event_id = booked(capacity=5)
    with work():
        made = actions.read_guests(
            actor=STAFF,
            event_id=event_id,
            lines=[Cells(number=2, name="Ada", email="ada@example.test", party="2", plus_one="Ugo",
                         needs="", language="")],
            language="en",
            file_name="",
        )  # fmt: skip
        db.session.get_one(Event, event_id).most_party = 1
        actions.write_down(actor=STAFF, event_id=event_id, import_id=made.id)
        line = import_of(event_by_id(event_id), made.id, staff=True).lines[0]
        assert (line.status, line.fault, line.about) == (LineStatus.BAD, Fault.NOT_PARTY, "2")
        assert standing(event_id) == {} and taken(event_id) == 0


def test_one_file_twice_at_once_beside_guests_of_the_web_never_fills_beyond_the_seats(work, booked, app):
    event_id = booked(capacity=10)
    with work():
        made = read(event_id, *(f"file{n}" for n in range(8)))
    jobs = [lambda: actions.write_down(actor=STAFF, event_id=event_id, import_id=made)] * 2
    jobs += [lambda n=n: ask(event_id, f"web{n}") for n in range(6)]
    assert at_once(app, *jobs) == []
    with work():
        assert taken(event_id) == 10
        assert db.session.scalar(select(func.count()).where(Rsvp.event_id == event_id)) == 14
        assert db.session.get_one(GuestImport, made).status == ImportStatus.DONE


def test_without_the_lock_a_file_and_a_guest_of_the_web_have_one_seat_both(work, booked, app, monkeypatch):
    event_id = booked(capacity=1)
    with work():
        made = read(event_id, "ada")
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    monkeypatch.setattr(seats, "has_room", meeting(seats.has_room))
    jobs = (
        lambda: actions.write_down(actor=STAFF, event_id=event_id, import_id=made),
        lambda: ask(event_id, "bea"),
    )
    with unproved(work):
        assert at_once(app, *jobs) == []
        with work():
            assert standing(event_id) == {"ada": "going", "bea": "going"}


def test_the_pages_look_a_file_through_write_it_down_and_give_back_what_is_wrong(work, booked, people):
    event_id = booked(capacity=2)
    host, paola, reads = people
    page = f"/staff/events/{event_id}/guests/files"
    assert "Many at once, from a file" in paola.get(f"/staff/events/{event_id}/guests").text
    assert reads.get(page).status_code == 403
    for content, words in (
        (b"", "name and email"),
        (b"a,b\n1,2\n", "name and email"),
        (b"name,email\n", "There is no guest in this file."),
        (b"name,email\n" + b"a,a@example.test\n" * 501, "More than 500 lines."),
        (b"PK\x03\x04\0\0", "That is no CSV file."),
    ):
        refused = paola.post(page, data={"file": (io.BytesIO(content), "x.csv")})
        assert refused.status_code == 422 and words in refused.text
    assert "Choose a file." in paola.post(page, data={}).text
    answer = paola.post(page, data={"file": (io.BytesIO(FILE.encode()), "circle.csv")})
    one = answer.headers["Location"]
    shown = paola.get(one).text
    for words in (
        "circle.csv",
        "Write 3 down",
        "The name is missing.",
        "“3” is not a number of people",
        "It says one person, but Fabia comes along.",
        "The same address stands in line 3.",
        "2 seats are free",
    ):
        assert words in shown
    with work():
        assert standing(event_id) == {}
    assert paola.post(one, data={"do": "write"}).status_code == 303
    done = paola.get(one).text
    assert "Has a seat" in done and "On the waiting list" in done and "Write 3 down" not in done
    with work():
        assert standing(event_id) == {
            "ada rossi": "going",
            "bea": "waitlisted",
            "=hyperlink(1)": "waitlisted",
        }
    sheet = paola.get(f"{one}/left-out.csv")
    rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))
    assert rows[0] == ["line", "name", "email", "party", "plus_one", "needs", "language", "wrong"]
    assert len(rows) == 7 and rows[2][2] == "cleo-at-example" and "does not look like" in rows[2][7]
    mended = sheet.data.replace(b"cleo-at-example", b"cleo@example.test")
    again = paola.post(page, data={"file": (io.BytesIO(mended), "mended.csv")}).headers["Location"]
    assert "Write 1 down" in paola.get(again).text
    # A file of the store's is none of the host's business; the host brings their own.
    assert host.get(one.replace("/staff/", "/studio/")).status_code == 404
    assert host.get(page.replace("/staff/", "/studio/")).text.count("circle.csv") == 0
    own = host.post(
        page.replace("/staff/", "/studio/"),
        data={"file": (io.BytesIO(b"nome,email\nZoe,zoe@example.test\n"), "z.csv")},
    ).headers["Location"]
    assert "Write 1 down" in host.get(own).text
    assert "zoe@example.test" in paola.get(own.replace("/studio/", "/staff/")).text
    assert host.post(own, data={"do": "drop"}).status_code == 303 and host.get(own).status_code == 404
    assert "plus_one" in host.get(page.replace("/staff/", "/studio/") + "/example.csv").text


def test_what_files_say_of_people_is_forgotten_on_their_wish_and_after_thirty_days(work, booked, clock):
    event_id = booked()
    with work():
        read(event_id, "ada", "bea")
        ada = Person(account_id=0, email="ada@example.test")
        assert [row["name"] for row in CHAPTER.tell(ada)] == ["Ada"]
        CHAPTER.forget(ada)
        assert db.session.scalars(select(GuestLine.name)).all() == ["Bea"]
    clock.advance(days=29)
    with work():
        forget()
        assert db.session.scalar(select(func.count(GuestLine.id))) == 1
    clock.advance(days=1, minutes=1)
    with work():
        forget()
        assert db.session.scalar(select(func.count(GuestImport.id) + func.count(GuestLine.id)).select_from(
            GuestImport).outerjoin(GuestLine, GuestLine.import_id == GuestImport.id)) == 0  # fmt: skip
