"""After an evening: thanks once to who came, what they say without a name, and the look it leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from editors.looks.actions import unpublish_look
from events.afterwards import actions, errors
from events.afterwards.actions import Answer
from events.afterwards.jobs import forget, letter, thanks
from events.afterwards.models import EveningLook, Feedback
from events.afterwards.policy import is_thanked, takes_answers
from events.afterwards.privacy import CHAPTER
from events.afterwards.queries import said_of
from events.calendar.models import Event
from events.calendar.running import keep_hours
from events.guests.models import Rsvp, RsvpLetter, RsvpStatus
from events.guests.moving import forget_guest
from events.perks.actions import give_perk
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from foundation.privacy.chapters import Person
from tests.commissions.conftest import make_staff
from tests.editors.conftest import make_look, make_product
from tests.events.conftest import STAFF, TESTS, account_of
from tests.events.test_door import saw, tell
from tests.events.test_guests import ask, booked
from tests.races import at_once

__all__ = ["booked"]
TAPS = {"welcome": "5", "found": "4", "again": "5"}


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


@pytest.fixture
def over(work, booked, clock) -> Callable[..., tuple[int, dict[str, Rsvp]]]:
    """`over("ada", "bea", absent=("cleo",))`: an event that has just ended, and who was asked to it."""

    def take_place(*came: str, absent: tuple[str, ...] = (), **more: object) -> tuple[int, dict[str, Rsvp]]:
        event_id = booked(**more)
        with work():
            guests = {name: ask(event_id, name) for name in (*came, *absent)}
            guests |= {"zoe": ask(event_id, "zoe", language="it")}
            starts, ends = db.session.execute(select(Event.starts_at, Event.ends_at)).one()
            clock.freeze(starts)
            keep_hours(actor=TESTS)
        with work():
            tell(event_id, *(saw(guests[name]) for name in (*came, "zoe")))
        clock.freeze(ends)
        with work():
            keep_hours(actor=TESTS)
        return event_id, guests

    return take_place


def letters(app) -> dict[str, Message]:
    drain(app)
    found = db.session.scalars(select(Message).where(Message.subject.op("~")("Thank you for|Grazie")))
    return {one.recipient.split("@")[0]: one for one in found}


def thanks_to(app, name: str) -> int:
    drain(app)
    found = select(func.count()).where(
        Message.recipient == f"{name}@example.test", Message.subject.startswith("Thank you for coming")
    )
    return db.session.scalar(found) or 0


def said(rsvp: Rsvp, *taps: int, **more: object) -> Feedback:
    again = db.session.get_one(Rsvp, rsvp.id)
    again.event = db.session.get_one(Event, again.event_id)
    welcome, found, back = taps or (5, 4, 3)
    answer = Answer(welcome=welcome, found=found, again=back, **more)  # type: ignore[arg-type]
    return actions.answer_feedback(actor=TESTS, rsvp=again, answer=answer)


def test_thanks_leave_four_hours_after_the_end_and_never_at_night():
    ended, at = datetime(2026, 3, 2, 15, tzinfo=UTC), datetime.fromisoformat
    assert not is_thanked(ended, ended + hours(4) - timedelta(seconds=1), at("2026-03-02T19:59Z"))
    assert is_thanked(ended, ended + hours(4), at("2026-03-02T20:00Z"))
    assert not is_thanked(ended, ended + hours(8), at("2026-03-02T23:00Z"))
    assert is_thanked(ended, ended + hours(17), at("2026-03-03T08:00Z"))
    assert not is_thanked(ended, ended + timedelta(days=7), at("2026-03-09T15:00Z"))
    assert not takes_answers(ended, ended - timedelta(seconds=1)) and takes_answers(ended, ended)
    assert not takes_answers(ended, ended + timedelta(days=7))


def test_who_came_is_thanked_in_the_morning_once_in_their_language_and_nobody_else(
    work, over, app, clock, host
):
    event_id, guests = over("ada", "bea", absent=("cleo",))
    with work():
        look = make_look(host, [make_product()], title="Linen at dusk")
        actions.choose_look(actor=TESTS, event_id=event_id, look_id=look)
        give = {"code": "linen10", "percent_bps": 1000, "reason": "A first evening."}
        db.session.execute(update(Event).values(status="live"))
        give_perk(actor=STAFF, event_id=event_id, **give)
        db.session.execute(update(Event).values(status="closed"))
        db.session.execute(update(Rsvp).where(Rsvp.name == "Bea").values(email=None))
    clock.advance(hours=4)  # midnight on the clock of the store
    with work():
        thanks()
        letter(guests["ada"].id)
        assert letters(app) == {}
    clock.advance(hours=8)
    with work():
        thanks()
        thanks()
    with work():
        sent = letters(app)
        assert set(sent) == {"ada", "zoe"}
        words = sent["ada"].text
        assert "How nice that you were there, Ada" in words and "LINEN10" in words and "10%" in words
        assert "Linen at dusk" in words and "/looks/linen-at-dusk" in words
        assert f"/tickets/{guests['ada'].secret}/feedback" in words and "earns a commission" in words
        assert sent["zoe"].language == "it" and "Una giacca, tre modi" in sent["zoe"].subject
    with work():
        thanks()
        letter(guests["ada"].id)
        letter(guests["cleo"].id)
    with work():
        assert len(letters(app)) == 2
        kinds = select(func.count()).where(RsvpLetter.kind == "thanks")
        assert db.session.scalar(kinds) == 2


def test_two_workers_thank_once(
    work,
    over,
    app,
    clock,
):
    _, guests = over("ada")
    clock.advance(hours=12)
    one = guests["ada"].id
    assert at_once(app, lambda: letter(one), lambda: letter(one)) == []
    with work():
        assert thanks_to(app, "ada") == 1


def test_without_the_key_of_letters_two_workers_would_thank_twice(work, over, app, clock):
    _, guests = over("ada")
    clock.advance(hours=12)
    one, key = guests["ada"].id, "rsvp_letters_pkey"
    with work():
        key = db.session.scalar(
            text(
                "SELECT conname FROM pg_constraint"
                " WHERE conrelid = 'rsvp_letters'::regclass AND contype = 'p'"
            )
        )
        db.session.execute(text(f"ALTER TABLE rsvp_letters DROP CONSTRAINT {key}"))
    try:
        assert at_once(app, lambda: letter(one), lambda: letter(one)) == []
        with work():
            assert thanks_to(app, "ada") == 2
    finally:
        with work():
            db.session.execute(text("DELETE FROM rsvp_letters"))
            db.session.execute(
                text(f"ALTER TABLE rsvp_letters ADD CONSTRAINT {key} PRIMARY KEY (rsvp_id, kind, about)")
            )


def test_one_answer_a_party_until_a_week_after_and_only_of_who_was_there(work, over, clock):
    event_id, guests = over("ada", absent=("cleo",))
    with work():
        said(guests["ada"], words="Lovely")
        said(guests["ada"], 1, 2, 3, words="On second thought")
        row = db.session.scalars(select(Feedback)).one()
        assert (row.welcome, row.found, row.again, row.words) == (1, 2, 3, "On second thought")
        with pytest.raises(errors.NotThere):
            said(guests["cleo"])
        for note in db.session.scalars(select(AuditRow).where(AuditRow.action == "afterwards.answer")):
            assert "second" not in str(note.after) and note.subject_id == event_id
    clock.advance(days=7)
    with work(), pytest.raises(errors.AnswersClosed):
        said(guests["ada"])
    with pytest.raises(IntegrityError), work():
        db.session.add(
            Feedback(
                rsvp_id=guests["zoe"].id,
                event_id=event_id,
                welcome=6,
                found=1,
                again=1,
                words="",
                signed=False,
                at=row.at,
            )
        )
        db.session.flush()


def test_two_first_answers_at_once_leave_one(work, over, app):
    _, guests = over("ada")
    one = guests["ada"]
    assert at_once(app, lambda: said(one, words="a"), lambda: said(one, words="b")) == []
    with work():
        assert db.session.scalars(select(Feedback.words)).one() in ("a", "b")


def test_a_host_reads_averages_and_words_from_three_answers_on_and_no_name_that_was_not_given(
    work, over, host, client, client_of, clock
):
    event_id, guests = over("ada", "bea", "dora", "enzo")
    with work():
        paola, reads = make_staff("Paola", Role.STORE), make_staff("Carla", Role.COMMUNITY)
        studio, staff, carla = client_of(account_of(host)), client_of(paola), client_of(reads)
        said(guests["ada"], 5, 5, 5, words="The green jacket!")
        said(guests["bea"], 4, 3, 5, words="A little loud", signed=True)
        assert said_of(event_id, closed=False).words == () and said_of(event_id, closed=True).welcome is None
    page = f"/studio/events/{event_id}/after"
    few = studio.get(page).text
    assert "once 3 parties have answered" in few and "green jacket" not in few
    ticket = f"/tickets/{guests['zoe'].secret}"
    assert "Say how it was" in client.get(ticket).text
    form = client.get(f"{ticket}/feedback")
    assert form.text.count('type="radio"') == 15 and form.headers["Referrer-Policy"] == "no-referrer"
    wrong = client.post(f"{ticket}/feedback", data=TAPS | {"again": "6", "words": "Kept"})
    assert wrong.status_code == 422 and "Choose one from the list." in wrong.text and "Kept" in wrong.text
    long = client.post(f"{ticket}/feedback", data=TAPS | {"words": "x" * 501})
    assert long.status_code == 422 and "under 500 characters" in long.text
    done = client.post(f"{ticket}/feedback", data=TAPS | {"words": "Bello", "signed": "y"})
    assert done.status_code == 303 and "Keep it otherwise" in client.get(f"{ticket}/feedback").text
    for reader in (studio, staff, carla):
        path = page if reader is studio else f"/staff/events/{event_id}/after"
        told = reader.get(path).text
        assert "4.7" in told and "4.0" in told.replace(">4<", ">4.0<") and "The green jacket!" in told
        assert "Bea" in told and "Zoe" in told and "Ada" not in told
    assert said_order(studio.get(page).text) == sorted_by_hash(
        ["The green jacket!", "A little loud", "Bello"]
    )
    assert carla.post(f"/staff/events/{event_id}/after", data={"look": ""}).status_code == 403
    # A fourth answer alone would tell whose it is: it is read with two more, or when nobody answers any more.
    clock.advance(minutes=1)
    with work():
        for name, word in (("dora", "Too warm"), ("enzo", "Fine")):
            said(guests[name], 1, 1, 1, words=word)
    told = studio.get(page).text
    assert "4.7" in told and "Too warm" not in told and "Fine" not in told
    with work():
        assert (said_of(event_id, closed=False).answers, said_of(event_id, closed=True).welcome) == (
            5,
            Decimal("3.2"),
        )
    clock.advance(days=7)
    assert "It takes no more answers" in client.get(f"{ticket}/feedback").text
    assert client.post(f"{ticket}/feedback", data=TAPS).status_code == 409
    assert "Say how it was" not in client.get(ticket).text


def said_order(page: str) -> list[str]:
    words = ["The green jacket!", "A little loud", "Bello"]
    return sorted(words, key=page.index)


def sorted_by_hash(words: list[str]) -> list[str]:
    return sorted(words, key=lambda one: hashlib.md5(one.encode(), usedforsecurity=False).hexdigest())


def test_the_look_of_the_evening_is_the_hosts_on_show_and_only_once_it_is_over(
    work, over, booked, host, client, client_of, clock
):
    with work():
        look, other = (
            make_look(host, [make_product()], title="Linen at dusk"),
            make_look(host, [make_product("sera", "Sera")], title="Rain"),
        )
        paola = make_staff("Paola", Role.STORE)
        studio, staff = client_of(account_of(host)), client_of(paola)
    event_id, _ = over("ada")
    with work():
        page = f"/events/{db.session.get_one(Event, event_id).slug}"
    coming = booked(days=30)
    with work(), pytest.raises(errors.NotOver):
        actions.choose_look(actor=TESTS, event_id=coming, look_id=look)
    desk = f"/studio/events/{event_id}/after"
    assert "look of the evening" not in client.get(page).text
    assert studio.post(desk, data={"look": "999"}).status_code == 422
    assert studio.post(desk, data={"look": str(look)}).status_code == 303
    shown = client.get(page).text
    assert "The look of the evening" in shown and "Linen at dusk" in shown and "earns a commission" in shown
    there = f"/staff/events/{event_id}/after"
    silent = staff.post(there, data={"look": str(other)})
    assert silent.status_code == 422 and "Say why" in silent.text
    assert staff.post(there, data={"look": str(other), "reason": "It rained."}).status_code == 303
    with work():
        assert db.session.scalars(select(EveningLook.look_id)).one() == other
        notes = db.session.scalars(
            select(AuditRow).where(AuditRow.action == "afterwards.look").order_by(AuditRow.id)
        ).all()
        assert [one.reason for one in notes] == [None, "It rained."]
        unpublish_look(actor=TESTS, look_id=other, editor_id=host)
    assert "The look of the evening" not in client.get(page).text
    with work(), pytest.raises(errors.NotTheirLook):
        actions.choose_look(actor=TESTS, event_id=event_id, look_id=look + other + 1)
    assert studio.post(desk, data={"look": ""}).status_code == 303
    with work():
        assert db.session.scalar(select(func.count()).select_from(EveningLook)) == 0


def test_who_asks_to_be_forgotten_leaves_taps_and_no_word(work, over, account):
    _, guests = over("ada", "bea")
    with work():
        for one in guests.values():
            said(one, words=f"I am {one.name}", signed=True)
    person = Person(account_id=0, email="ada@example.test")
    with work():
        assert CHAPTER.tell(person)[0]["words"] == "I am Ada"
        CHAPTER.forget(person)
        forget_guest(account_id=0, email="ada@example.test")
    with work():
        left = db.session.scalars(select(Feedback).order_by(Feedback.rsvp_id)).all()
        assert [(one.words, one.signed) for one in left] == [
            ("", False),
            ("I am Bea", True),
            ("I am Zoe", True),
        ]
        assert said_of(left[0].event_id, closed=False).welcome == Decimal("5.0")
        db.session.execute(update(Rsvp).where(Rsvp.name == "Bea").values(name=""))
    with work():
        forget()
    with work():
        assert db.session.scalars(select(Feedback.words).where(Feedback.signed)).all() == ["I am Zoe"]
        gone = db.session.get_one(Rsvp, guests["ada"].id)
        assert gone.status == RsvpStatus.ATTENDED
        with pytest.raises(errors.NotThere):
            said(gone)
