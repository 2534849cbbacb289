"""Photos of an evening: public only while each person on them says yes, and gone the moment one does not."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from events.afterwards.jobs import thanks
from events.calendar.models import Event
from events.guests.models import Rsvp
from events.guests.moving import forget_guest
from events.photos import actions, errors
from events.photos.jobs import forget, letter, tell
from events.photos.models import EventPhoto, PhotoPerson, Portrayed
from events.photos.privacy import CHAPTER
from events.photos.queries import photos_of, public_photos
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.files import storage
from foundation.files.private import PrivatePicture
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from foundation.privacy.chapters import Person
from tests.commissions.conftest import make_staff
from tests.events.conftest import TESTS, account_of
from tests.events.test_afterwards import over
from tests.events.test_guests import booked
from tests.races import at_once, meeting

__all__ = ["booked", "over"]
PICTURE = PrivatePicture("a" * 40 + ".webp-private", "b" * 40 + ".webp-private", 1280, 960)


def camera(name: str = "evening.jpg") -> tuple[io.BytesIO, str]:
    """A photo as a phone sends it, with where it was taken."""
    exif, data = Image.Exif(), io.BytesIO()
    exif[0x010E] = "Via Lagrange 12, Torino"
    Image.new("RGB", (1600, 1200), "#aa6644").save(data, "JPEG", exif=exif.tobytes())
    data.seek(0)
    return data, name


def brought(event_id: int) -> int:
    return actions.add_photos(actor=TESTS, event_id=event_id, pictures=[PICTURE], by_staff=False)[0].id


def named(event_id: int, photo_id: int, *people: tuple[int, int], nobody: bool = False) -> None:
    actions.say_who(actor=TESTS, event_id=event_id, photo_id=photo_id, people=people, nobody=nobody)


def secrets() -> dict[tuple[int, int], str]:
    return {(one.rsvp_id, one.place): one.secret for one in db.session.scalars(select(Portrayed))}


def seen(event_id: int) -> list[int]:
    return [one.id for one in public_photos(event_id)]


def test_a_photo_is_public_only_while_everybody_on_it_agrees(work, over):
    event_id, guests = over("ada", "bea", absent=("cleo",))
    ada, bea, zoe = ((guests[name].id, 1) for name in ("ada", "bea", "zoe"))
    with work():
        photo, empty = brought(event_id), brought(event_id)
        assert seen(event_id) == []
        with pytest.raises(errors.SayWho):
            named(event_id, photo)
        with pytest.raises(errors.SayWho):
            named(event_id, photo, ada, nobody=True)
        for stranger in ((guests["cleo"].id, 1), (ada[0], 2), (999_999, 1)):
            with pytest.raises(errors.NotAGuest):
                named(event_id, photo, ada, stranger)
        named(event_id, empty, nobody=True)
        named(event_id, photo, ada, bea)
        assert seen(event_id) == [empty]
    with work():
        of = secrets()
        assert set(of) == {ada, bea}
        actions.answer(actor=TESTS, secret=of[ada], photo_ids=[photo], agree=True)
        assert seen(event_id) == [empty]
        actions.answer(actor=TESTS, secret=of[bea], photo_ids=[photo, empty], agree=True)
        assert seen(event_id) == [photo, empty]
        actions.answer(actor=TESTS, secret=of[ada], photo_ids=[photo], agree=False)
        assert seen(event_id) == [empty]
        actions.answer(actor=TESTS, secret=of[ada], photo_ids=[photo], agree=True)
        named(event_id, photo, ada, bea, zoe)  # a third is found on it: public no more until she agrees
        assert seen(event_id) == [empty]
        assert [(one.agreed, len(one.people)) for one in photos_of(event_id)] == [(2, 3), (0, 0)]
        named(event_id, photo, ada, bea)  # she was not on it after all; the others keep their yes
        assert seen(event_id) == [photo, empty]
        named(event_id, empty, zoe)
        assert seen(event_id) == [photo]
        with pytest.raises(errors.NoSuchPhoto):
            actions.answer(actor=TESTS, secret=of[ada], photo_ids=[empty], agree=True)


def test_a_host_brings_photos_without_what_the_phone_adds_and_says_who_is_on_them(
    work, over, host, client, client_of
):
    event_id, guests = over("ada")
    with work():
        page = f"/events/{db.session.get_one(Event, event_id).slug}"
        reads = make_staff("Carla", Role.COMMUNITY)
        studio, carla = client_of(account_of(host)), client_of(reads)
    desk, office = f"/studio/events/{event_id}/photos", f"/staff/events/{event_id}/photos"
    assert "None yet" in studio.get(desk).text
    assert "Choose a photo first." in studio.post(desk, data={"do": "add"}).text
    broken = studio.post(desk, data={"do": "add", "pictures": [(io.BytesIO(b"%PDF-1.4"), "a.pdf")]})
    assert broken.status_code == 422 and "is no picture we can read" in broken.text
    assert studio.post(desk, data={"do": "add", "pictures": [camera()]}).status_code == 303
    with work():
        photo = db.session.scalars(select(EventPhoto)).one()
        number, keys = photo.id, (photo.small_key, photo.large_key)
        assert (photo.width, photo.height, photo.by_staff) == (1280, 960, False)
    for key in keys:
        with work():
            kept = Image.open(io.BytesIO(storage.read(key)))
        assert key.endswith("-private") and not kept.getexif() and kept.width in (640, 1280)
        assert client.get(f"/media/{key}").status_code == 404
    ada = guests["ada"].id
    none = studio.post(desk, data={"do": "name", "photo": number})
    assert none.status_code == 400 and "Say who is on it" in none.text
    assert studio.post(desk, data={"do": "name", "photo": number, "person": f"{ada}-1"}).status_code == 303
    assert "Waits for 1 yes" in studio.get(desk).text
    assert client.get(f"{page}/photos/{number}/small").status_code == 404
    assert studio.get(f"{desk}/{number}/small").status_code == 200
    assert carla.get(office).status_code == 403 and carla.get(f"{office}/{number}/small").status_code == 403


def test_who_is_on_a_photo_says_yes_and_takes_it_back_and_the_file_goes_with_it(
    work, over, host, client, client_of, statements
):
    event_id, guests = over("ada")
    with work():
        page = f"/events/{db.session.get_one(Event, event_id).slug}"
        staff, studio = client_of(make_staff("Paola", Role.STORE)), client_of(account_of(host))
        ada = guests["ada"].id
    desk, office = f"/studio/events/{event_id}/photos", f"/staff/events/{event_id}/photos"
    studio.post(desk, data={"do": "add", "pictures": [camera()]})
    with work():
        number = db.session.scalars(select(EventPhoto.id)).one()
        named(event_id, number, (ada, 1))
    public = f"{page}/photos/{number}/small"
    with work():
        own = f"/photos/{secrets()[ada, 1]}"
    ticket = client.get(f"/tickets/{guests['ada'].secret}").text
    assert own in ticket and "No guest sees one with you before you say yes" in ticket
    assert "/photos/" not in client.get(f"/tickets/{guests['zoe'].secret}").text
    mine = client.get(own)
    assert "Not shown" in mine.text and mine.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{own}/{number}/large").data[8:12] == b"WEBP"
    assert client.get("/photos/" + "x" * 22).status_code == 404
    assert client.get(f"/photos/{'x' * 22}/{number}/large").status_code == 404
    assert client.post(own, data={"do": "yes", "photo": number}).status_code == 303
    shown = client.get(public)
    assert shown.status_code == 200 and shown.headers["Cache-Control"] == "private, no-cache"
    again = client.get(public, headers={"If-None-Match": shown.headers["ETag"]})
    assert again.status_code == 304
    with statements() as asked:
        told = client.get(page).text
    assert "The evening in pictures" in told and asked.count <= 5, asked.sql
    assert "Everybody sees it" in staff.get(office).text
    assert client.post(own, data={"do": "no", "photo": number}).status_code == 303
    gone = client.get(public, headers={"If-None-Match": shown.headers["ETag"]})
    assert gone.status_code == 404 and "The evening in pictures" not in client.get(page).text
    silent = staff.post(office, data={"do": "take_down", "photo": number})
    assert silent.status_code == 400 and "why it is taken down" in silent.text
    data = {"do": "take_down", "photo": number, "reason": "A child is on it."}
    assert staff.post(office, data=data).status_code == 303
    assert "No photo with you" in client.get(own).text
    assert studio.post(desk, data={"do": "take_down", "photo": number}).status_code == 404
    with work():
        assert db.session.scalar(select(func.count()).select_from(PhotoPerson)) == 0
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "photos.take_down")).one()
        assert row.reason == "A child is on it."


def test_the_second_of_a_party_has_a_link_of_their_own(work, booked, over, client, clock):
    event_id, _ = over("ada")
    with work():
        db.session.execute(
            update(Rsvp).where(Rsvp.name == "Ada").values(party=2, arrived=2, plus_one="Ugo Conti")
        )
        ada = db.session.scalars(select(Rsvp).where(Rsvp.name == "Ada")).one()
        photo = brought(event_id)
        named(event_id, photo, (ada.id, 1), (ada.id, 2))
        of, ticket = secrets(), f"/tickets/{ada.secret}"
    page = client.get(ticket).text
    assert of[ada.id, 1] in page and of[ada.id, 2] in page and "Photos with Ugo" in page
    assert "Photos with Ugo" in client.get(f"/photos/{of[ada.id, 2]}").text
    client.post(f"/photos/{of[ada.id, 1]}", data={"do": "yes", "photo": photo})
    with work():
        assert seen(event_id) == []
    client.post(f"/photos/{of[ada.id, 2]}", data={"do": "yes", "photo": photo})
    with work():
        assert seen(event_id) == [photo]


def test_who_is_on_a_photo_that_came_after_the_thanks_is_told_once_by_day(work, over, app, clock):
    event_id, guests = over("ada", "bea", "cleo", absent=("dora",))
    ada, bea, cleo = ((guests[name].id, 1) for name in ("ada", "bea", "cleo"))

    def told() -> list[str]:
        drain(app)
        with work():
            found = select(Message.recipient).where(
                Message.subject.op("~")("a photo with you|una foto con te")
            )
            return sorted(db.session.scalars(found))

    with work():
        early = brought(event_id)
        named(event_id, early, cleo)  # she reads of it in the thanks
    clock.advance(hours=14)
    with work():
        thanks()
    assert told() == []
    clock.advance(hours=2)
    with work():
        photo = brought(event_id)
        named(event_id, photo, ada)
        tell()
    assert told() == [], "the host has an hour to name the others"
    with work():
        named(event_id, photo, ada, bea)
    clock.advance(hours=1)
    with work():
        actions.answer(actor=TESTS, secret=secrets()[bea], photo_ids=[photo], agree=False)
        tell()
        tell()
    assert told() == ["ada@example.test"], "bea has said no, cleo knew"
    clock.advance(hours=14)  # three in the morning at the store
    with work():
        named(event_id, early, cleo, bea)
        named(event_id, brought(event_id), ada, cleo)
        clock.advance(hours=2)
        tell()
    assert told() == ["ada@example.test"]
    clock.advance(hours=8)
    with work():
        tell()
        letter(ada[0])
        letter(cleo[0])
    assert told() == ["ada@example.test", "bea@example.test", "cleo@example.test"]


def test_who_is_forgotten_takes_every_photo_along(work, over, host):
    event_id, guests = over("ada", "bea")
    with work():
        both, alone, other = (brought(event_id) for _ in range(3))
        ada, bea, zoe = ((guests[name].id, 1) for name in ("ada", "bea", "zoe"))
        named(event_id, both, ada, bea)
        named(event_id, alone, bea)
        named(event_id, other, zoe)
        person = Person(account_id=account_of(host), email="ada@example.test")
        assert len(CHAPTER.tell(person)) == 1 and CHAPTER.tell(person)[0]["agreed_at"] is None
        CHAPTER.forget(person)
        forget_guest(account_id=0, email="ada@example.test")
    with work():
        assert [one.photo.id for one in photos_of(event_id)] == [alone, other]
        assert ada not in secrets() and bea in secrets()
        assert set(db.session.scalars(select(EventPhoto.by))) == {""}
        db.session.execute(update(Rsvp).where(Rsvp.name == "Bea").values(name=""))
        with pytest.raises(errors.NotAGuest):
            named(event_id, other, ada)
    with work():
        forget()
    with work():
        assert [one.photo.id for one in photos_of(event_id)] == [other]


@pytest.fixture
def almost_full(over, monkeypatch) -> int:
    monkeypatch.setattr(actions, "MOST_PHOTOS", 1)
    return over("ada")[0]


def test_two_who_bring_the_last_photo_at_once_bring_one(work, almost_full, app):
    met = at_once(app, *[lambda: brought(almost_full)] * 2)
    assert [type(one) for one in met] == [errors.TooManyPhotos]
    with work():
        assert db.session.scalar(select(func.count()).select_from(EventPhoto)) == 1


def test_without_the_lock_of_the_event_both_would_come(work, almost_full, app, monkeypatch):
    monkeypatch.setattr(actions, "locked_event", lambda event_id: db.session.get_one(Event, event_id))
    monkeypatch.setattr(actions, "number_of", meeting(actions.number_of))
    assert at_once(app, *[lambda: brought(almost_full)] * 2) == []
    with work():
        assert db.session.scalar(select(func.count()).select_from(EventPhoto)) == 2


def test_before_it_begins_there_are_no_photos(work, booked):
    event_id = booked()
    with work(), pytest.raises(errors.NotBegun):
        brought(event_id)


def test_no_stays_no_whoever_is_named_and_nothing_is_agreed_to_unseen(work, over, client):
    event_id, guests = over("ada", "bea")
    ada, bea = ((guests[name].id, 1) for name in ("ada", "bea"))
    with work():
        photo = brought(event_id)
        named(event_id, photo, ada, bea)
    with work():
        of = secrets()
        actions.answer(actor=TESTS, secret=of[bea], photo_ids=[photo], agree=True)
        actions.answer(actor=TESTS, secret=of[ada], photo_ids=[photo], agree=False)
    for way in ((bea,), ()):
        with work(), pytest.raises(errors.SaidNo):
            named(event_id, photo, *way, nobody=not way)
        with work():
            assert seen(event_id) == []
    page = client.get(f"/photos/{of[bea]}").text
    with work():
        later = brought(event_id)
        named(event_id, later, bea)
    assert f'value="{photo}"' in page and f'value="{later}"' not in page
    client.post(f"/photos/{of[bea]}", data={"do": "yes", "photo": [photo, 999_999]})
    with work():
        assert seen(event_id) == []  # the one that came since waits for a yes of its own
        named(event_id, photo, ada, bea)  # who said yes, or nothing yet, may be taken off
        CHAPTER.forget(Person(0, "ada@example.test"))
        assert [one.photo.id for one in photos_of(event_id)] == [later]
