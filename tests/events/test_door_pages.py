"""The door as a page without script, what a device gets and sends, and who may stand there or look on."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from editors.saves.models import SavedLook
from events.calendar.models import Event, EventLook
from events.door.models import DoorConsent, Scan
from events.door.queries import people_in
from events.guests.models import Rsvp
from foundation import clock as shop_clock
from foundation.accounts.models import Account
from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.usual.models import UsualSize
from tests.commissions.conftest import make_staff
from tests.editors.conftest import make_editor, make_look, make_product
from tests.events.conftest import account_of
from tests.events.test_door import tonight
from tests.events.test_guests import S, ask, booked, standing

__all__ = ["booked", "tonight"]
NONCES = iter(range(10_000))


@pytest.fixture
def doors(work, host, client_of):
    """The host, staff of the store, staff who look after commissions, and another host."""
    with work():
        paola, carla = make_staff("Paola", Role.STORE), make_staff("Carla", Role.FINANCE)
        mine, other = account_of(host), account_of(make_editor("chiara", handle="chiara"))
    return client_of(mine), client_of(paola), client_of(carla), client_of(other)


def press(client, address: str, **values: object):
    return client.post(address, data={"nonce": f"n{next(NONCES)}"} | values, follow_redirects=True)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_without_script_every_step_is_a_page(work, tonight, doors):
    event_id = tonight(capacity=4)
    host, staff, _carla, _other = doors
    with work():
        ada, bea, dora = ask(event_id, "ada", 2), ask(event_id, "bea", 2), ask(event_id, "dora")
        ticket = f"https://shop.test/tickets/{ada.secret}/"
    mine, theirs = f"/studio/events/{event_id}/door", f"/staff/events/{event_id}/door"
    ready = host.get(mine)
    assert "0 of 4 in" in ready.text and 'data-of="say" aria-live="assertive" hidden' in ready.text
    assert "camera=(self)" in ready.headers["Permissions-Policy"]
    assert "no-store" in ready.headers["Cache-Control"] and "Ada" not in ready.text
    assert "Ada and one more" in press(host, mine, do="look", code=ticket).text
    again = press(staff, theirs, do="look", code=ada.secret)
    assert "Ada is in already" in again.text and "Let in, note it" in again.text
    assert "2 of 4 in" in again.text
    assert "We do not know this code" in press(staff, theirs, do="look", code="nothing").text
    nothing = press(staff, theirs, do="look", code=" ")
    assert nothing.status_code == 400 and "Scan a ticket" in nothing.text
    found = staff.get(theirs, query_string={"panel": "find", "who": "BE"})
    assert "Bea" in found.text and "Dora" not in found.text
    let_in = press(staff, theirs, do="look", rsvp=bea.id)
    assert "Bea and one more" in let_in.text
    nonce = re.search(r'name="undoes" value="([^"]+)"', let_in.text)[1]
    assert "Taken back." in press(staff, theirs, do="undo", undoes=nonce).text
    waits = press(staff, theirs, do="look", rsvp=dora.id)
    assert "Dora has no seat yet" in waits.text and "Every seat is taken" in waits.text
    refused = press(staff, theirs, do="insist", rsvp=dora.id, reason="Because")
    assert "Dora has no seat yet" in refused.text  # a reason is one of the list
    assert ">Dora<" in press(staff, theirs, do="insist", rsvp=dora.id, reason="There is room to stand").text
    with work():
        assert standing(event_id) == {"ada": S.ATTENDED, "bea": S.GOING, "dora": S.ATTENDED}
        assert people_in(event_id) == 3


def test_a_walk_in_takes_a_name_and_what_was_typed_stays_when_something_is_wrong(work, tonight, doors):
    event_id = tonight(capacity=1)
    _host, staff, _carla, _other = doors
    door = f"/staff/events/{event_id}/door"
    zoe = {"do": "walk_in", "name": "Zoe Neri", "people": "1", "email": "zoe@example.test"}
    for wrong, words in (
        ({"name": " "}, "A first name is enough."),
        ({}, "An address is kept only of who agreed to it."),
        ({"email": "zoe"}, "does not look like an e-mail address"),
        ({"people": "3"}, "How many: "),
        ({"reason": "x"}, "Why beyond the seats: "),
    ):
        refused = press(staff, f"{door}?panel=walk_in", **zoe | wrong)
        assert refused.status_code == 422 and words in refused.text, words
        assert 'value="Zoe Neri"' in refused.text or wrong.get("name")
    with work():
        assert count(Rsvp) == count(Scan) == 0
    assert "Zoe N." in press(staff, door, **zoe, agreed="y").text
    full = press(staff, f"{door}?panel=walk_in", do="walk_in", name="Ugo", people="1")
    assert full.status_code == 409 and "Every seat is taken. Say in a few words" in full.text
    assert 'value="Ugo"' in full.text
    press(staff, door, do="walk_in", name="Ugo", people="1", reason="The host wants them there")
    with work():
        kept = db.session.scalars(select(DoorConsent)).one()
        assert "may keep my name and address" in kept.words
        assert people_in(event_id) == 2
        assert db.session.scalars(select(Rsvp.beyond).order_by(Rsvp.id)).all() == [
            "",
            "The host wants them there",
        ]


def test_a_device_gets_first_names_and_hashes_and_its_upload_is_answered(work, booked, tonight, doors, clock):
    next_week, far = booked(days=17), booked(days=40)
    event_id = tonight(capacity=3)
    host, staff, _carla, _other = doors
    with work():
        ada, bea = ask(event_id, "ada", 2), ask(event_id, "bea")
        ada.name, bea.name = "Ada Rossi", "Bea"
        elsewhere = ask(next_week, "eva")
        ask(far, "uma")
    listed = staff.get(f"/staff/events/{event_id}/door/list")
    told = listed.get_json()
    assert told["guests"][0] == {
        "id": ada.id,
        "name": "Ada R.",
        "party": 2,
        "stands": "seat",
        "arrived": 0,
        "since": None,
        "hash": hashlib.sha256(ada.secret.encode()).hexdigest(),
    }
    assert "Rossi" not in listed.text and ada.secret not in listed.text and "example.test" not in listed.text
    assert (told["in"], told["capacity"], told["free"]) == (0, 3, 0)
    # Of evenings nearby it knows whose ticket is none of ours, and nobody's name.
    (other,) = told["elsewhere"]
    assert (other["title"], other["date"]) == ("One jacket, three ways", "Thursday 19 March, 18:00")
    assert other["hashes"] == [hashlib.sha256(elsewhere.secret.encode()).hexdigest()[:16]]
    now = shop_clock.now().isoformat()
    sent = {
        "device": "phone-1",
        "sent_at": now,
        "since": told["now"],
        "scans": [
            {"nonce": "a", "at": now, "mode": "online", "rsvp_id": ada.id, "people": 2},
            {"nonce": "b", "at": now, "mode": "offline", "secret": "forged"},
        ],
        "walk_ins": [
            {"nonce": "w", "at": now, "name": "Zoe", "people": 1, "agreed": "", "email": None},
            {"nonce": "x", "at": now, "name": "Ugo", "people": 1, "offline": True, "email": "no address"},
        ],
    }
    scans = f"/studio/events/{event_id}/door/scans"
    answer = host.post(scans, json=sent)
    assert answer.status_code == 200
    said = {one["nonce"]: one["result"] for one in answer.get_json()["answers"]}
    assert said == {
        "a": "ok",
        "b": "unknown",
        "w": "refused",
        "x": "ok",
    }  # w beyond the seats, x is in already
    changed = {one["name"]: one["stands"] for one in answer.get_json()["changes"]}
    assert changed["Ada R."] == changed["Ugo"] == "in" and answer.get_json()["in"] == 3
    again = host.post(scans, json=sent).get_json()
    assert {one["nonce"]: one["result"] for one in again["answers"]} == said and again["in"] == 3
    for nonsense in (
        b"{",
        b"[]",
        json.dumps(sent | {"device": "<b>"}).encode(),
        json.dumps(sent | {"scans": [{"nonce": "c", "at": "now", "mode": "online"}]}).encode(),
        json.dumps(sent | {"walk_ins": [{"nonce": "d", "at": now, "name": "A\u0001", "people": 1}]}).encode(),
    ):
        refused = host.post(scans, data=nonsense, headers={"Accept": "application/json"})
        assert refused.status_code == 400, nonsense
    many = [{"nonce": f"m{n}", "at": now, "mode": "online", "secret": "s"} for n in range(501)]
    assert host.post(scans, json=sent | {"scans": many}).status_code == 400
    with work():
        assert count(Scan) == 3
        clock.freeze(db.session.get_one(Event, event_id).ends_at + timedelta(hours=12))
    assert staff.get(f"/staff/events/{event_id}/door/list").status_code == 409
    late = staff.get(f"/staff/events/{event_id}/door")
    assert "The list is here from a day before" in late.text and "data-door" not in late.text
    assert staff.post(f"/staff/events/{event_id}/door/scans", json=sent).get_json()["changes"] == []


def test_the_door_is_for_the_host_and_for_whoever_may_stand_there(work, tonight, doors, client):
    event_id = tonight()
    host, staff, carla, other = doors
    for end in ("door", "door/list", "door/worker.js", "board"):
        assert host.get(f"/studio/events/{event_id}/{end}").status_code == 200
        assert staff.get(f"/staff/events/{event_id}/{end}").status_code == 200
        assert carla.get(f"/staff/events/{event_id}/{end}").status_code == 403
        assert host.get(f"/staff/events/{event_id}/{end}").status_code == 403
        assert other.get(f"/studio/events/{event_id}/{end}").status_code == 404
        assert client.get(f"/staff/events/{event_id}/{end}").status_code == 302
    for end in ("door", "door/scans"):
        assert carla.post(f"/staff/events/{event_id}/{end}").status_code == 403
        assert other.post(f"/studio/events/{event_id}/{end}").status_code == 404
    worker = staff.get(f"/staff/events/{event_id}/door/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == f"/staff/events/{event_id}/door"
    assert worker.mimetype == "text/javascript" and f'"page":"/staff/events/{event_id}/door"' in worker.text
    with work():
        assert count(Scan) == 0
    assert "The door" in staff.get(f"/staff/events/{event_id}").text
    assert "Who is here" in host.get(f"/studio/events/{event_id}").text


def test_the_host_sees_who_is_there_and_what_they_like_where_they_said_so(
    work, tonight, doors, account, client_of, host, clock
):
    event_id = tonight()
    hosting, staff, _carla, _other = doors
    guest = account(email="ada@example.test")
    with work():
        look_on_show = make_look(host, [make_product("c")])
        ada = ask(event_id, "ada", account_id=guest)
        ada.name, ada.needs = "Ada Rossi", "No nuts"
        ask(event_id, "bea")
        db.session.add(UsualSize(account_id=guest, slot="top", size="M", chosen_at=shop_clock.now()))
        db.session.add(SavedLook(account_id=guest, look_id=look_on_show, saved_at=shop_clock.now()))
        db.session.add(EventLook(event_id=event_id, look_id=look_on_show, position=1))
        secret = ada.secret
    mine, theirs = f"/studio/events/{event_id}/board", f"/staff/events/{event_id}/board"
    press(staff, f"/staff/events/{event_id}/door", do="look", rsvp=ada.id)
    quiet = hosting.get(mine).text
    assert "Ada R." in quiet and "Rossi" not in quiet and "No nuts" in quiet
    assert "Shirts and knits" not in quiet and "Bea" in quiet
    page = client_of(guest).get(f"/tickets/{secret}").text
    assert "see your usual sizes" in page
    assert "see your usual sizes" not in hosting.get(f"/tickets/{secret}").text
    assert hosting.post(f"/tickets/{secret}/style", data={"wanted": "yes"}).status_code == 404
    client_of(guest).post(f"/tickets/{secret}/style", data={"wanted": "yes"})
    shown = hosting.get(mine).text
    assert "Shirts and knits <strong>M</strong>" in shown and "Saved:" in shown
    assert "Shirts and knits" not in staff.get(theirs).text  # for the host alone
    client_of(guest).post(f"/tickets/{secret}/style", data={"wanted": "no"})
    assert "Shirts and knits" not in hosting.get(mine).text
    client_of(guest).post(f"/tickets/{secret}/style", data={"wanted": "yes"})
    with work():
        clock.freeze(db.session.get_one(Event, event_id).ends_at + timedelta(hours=2))
        assert db.session.get_one(Account, guest).email == "ada@example.test"
    assert "Shirts and knits" not in hosting.get(mine).text  # for that evening only


def test_a_walk_in_taken_back_without_a_network_is_out_and_times_that_are_none_are_refused_nobody(
    work, tonight, doors
):
    event_id = tonight(capacity=5)
    _host, staff, *_ = doors
    now, later = shop_clock.now().isoformat(), (shop_clock.now() + timedelta(minutes=1)).isoformat()
    sent = {
        "device": "phone-1",
        "sent_at": later,
        "walk_ins": [{"nonce": "w1", "at": now, "name": "Zoe", "people": 1, "offline": True}],
        "scans": [{"nonce": "u1", "at": later, "mode": "offline", "undoes": "w1"}],
    }
    path = f"/staff/events/{event_id}/door/scans"
    for _ in range(2):  # and again, as a phone does that heard no answer
        told = staff.post(path, json=sent).get_json()
        assert {one["nonce"]: one["result"] for one in told["answers"]} == {"w1": "ok", "u1": "undone"}
        assert told["in"] == 0
    absurd = {
        "device": "phone-1",
        "sent_at": "9999-01-01T00:00:00Z",
        "scans": [{"nonce": "s1", "at": "0001-01-02T00:00:00Z", "mode": "offline", "secret": "x"}],
    }
    assert staff.post(path, json=absurd).get_json()["answers"][0]["result"] == "unknown"
