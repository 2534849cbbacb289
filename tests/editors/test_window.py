"""The window of an editor: what is on it, who follows, the feed and the calendar."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from editors.following.actions import follow
from editors.following.errors import OwnWindow
from editors.following.jobs import letters
from editors.following.models import Follow
from editors.membership.models import Editor
from editors.membership.standing import leave, pause
from editors.windows.calendar import calendar_of
from foundation.actors import Actor
from foundation.calendars import Entry
from foundation.db import db
from foundation.web import slots
from tests.commissions.sales import give_back, sell
from tests.editors.conftest import STAFF, make_editor, make_look, make_product
from tests.races import at_once, without_unique

ATOM = "{http://www.w3.org/2005/Atom}"
MOST_STATEMENTS = 12  # thirteen when the cover is a look of another page


def followers(work) -> list[tuple[Any, ...]]:
    with work():
        return [tuple(row) for row in db.session.execute(select(Follow.account_id, Follow.editor_id))]


def test_a_window_asks_as_much_for_thirty_looks_as_for_one(app, client, work, statements) -> None:
    with work():
        editor_id = make_editor()
        product_id = make_product()
        make_look(editor_id, [product_id], title="Look 0")
    client.get("/@giulia")
    with statements() as few:
        client.get("/@giulia")
    with work():
        for number in range(1, 30):
            make_look(editor_id, [product_id], title=f"Look {number}")
    with statements() as many:
        page = client.get("/@giulia")
    assert many.count == few.count <= MOST_STATEMENTS
    assert "30 looks" in page.text and page.text.count('class="card-look') <= 24
    assert "Look 0<" in client.get("/@giulia?page=2").text
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)
    told = json.loads(said)
    assert (told["@type"], told["mainEntity"]["alternateName"]) == ("ProfilePage", "@giulia")
    assert 'rel="canonical"' in page.text and 'hreflang="it"' in page.text


def test_a_window_is_found_with_capitals_and_a_slash_and_gone_with_its_editor(app, client, work) -> None:
    with work():
        editor_id = make_editor()
    assert client.get("/@Giulia?page=2").location == "/@giulia?page=2"
    assert client.get("/@giulia/").location == "/@giulia"
    assert client.get("/@GIULIA/looks.atom").location == "/@giulia/looks.atom"
    assert "The rail is still empty" in client.get("/@giulia").text
    with work():
        pause(actor=STAFF, editor_id=editor_id, reason="A rest.")
    assert "takes a break" in client.get("/@giulia").text
    with work():
        leave(actor=STAFF, editor_id=editor_id)
    gone = [
        client.get(path).status_code for path in ("/@giulia", "/@giulia/looks.atom", "/@giulia/events.ics")
    ]
    assert gone == [404, 404, 404]


def test_whoever_follows_sees_new_looks_and_lets_go_in_one_tap(app, work, account, client_of) -> None:
    reader = account("ada@example.test")
    with work():
        editor_id = make_editor()
        make_look(editor_id, [make_product()], title="Carry-on only")
    browser = client_of(reader)
    assert "From people you follow" not in browser.get("/").text
    browser.post("/@giulia/follow")
    browser.post("/@giulia/follow")
    assert followers(work) == [(reader, editor_id)]
    assert "You follow Giulia." in browser.get("/@giulia").text
    assert "From people you follow" in browser.get("/").text
    mine = browser.get("/account/following").text
    assert "Carry-on only" in mine and "Giulia Ferri" in mine
    assert browser.post("/@giulia/unfollow").location == "/account/following"
    assert followers(work) == [] and "You follow nobody yet" in browser.get("/account/following").text


def test_a_guest_signs_in_and_follows_then(app, client, work, account) -> None:
    reader = account("ada@example.test", password="a long password here")
    with work():
        editor_id = make_editor()
    door = client.post("/@giulia/follow")
    assert "/sign-in" in door.location and "%40giulia" in door.location.replace("@", "%40")
    assert followers(work) == []
    form = {"email": "ada@example.test", "password": "a long password here"}
    back = client.post(door.location, data=form)
    assert back.location.endswith("/@giulia")
    assert followers(work) == [(reader, editor_id)]


def test_nobody_follows_themselves_and_no_page_counts(app, work, account, client_of) -> None:
    with work():
        editor_id = make_editor()
        own = db.session.get_one(Editor, editor_id).account_id
        with pytest.raises(OwnWindow):
            follow(actor=STAFF, account_id=own, editor_id=editor_id)
    for name in ("ada", "ben", "cleo"):
        client_of(account(f"{name}@example.test")).post("/@giulia/follow")
    pages = [client_of(own).get(path).text for path in ("/@giulia", "/studio", "/studio/profile")]
    assert not [page for page in pages if re.search(r"3 (people )?follow|follower", page)]


def test_following_twice_at_once_is_following_once(app, work, account) -> None:
    reader = account("ada@example.test")
    with work():
        editor_id = make_editor()
    tap = lambda: follow(actor=Actor.person(reader, "Ada"), account_id=reader, editor_id=editor_id)  # noqa: E731
    assert at_once(app, tap, tap) == []
    assert len(followers(work)) == 1
    with without_unique(work, "pk_follows"):  # the twin: without the key both taps leave a row
        with work():
            db.session.execute(text("TRUNCATE follows"))
        at_once(app, tap, tap)
        with work():
            assert db.session.execute(text("SELECT count(*) FROM follows")).scalar_one() == 2


def test_the_letter_comes_only_to_those_who_asked_and_tells_each_look_once(
    app, work, account, client_of, outbox, run_jobs
) -> None:
    asks, asks_not = account("ada@example.test", language="it"), account("ben@example.test")
    with work():
        editor_id = make_editor()
        make_look(editor_id, [make_product()], title="Before")
    for reader in (asks, asks_not):
        client_of(reader).post("/@giulia/follow")
    browser = client_of(asks)
    browser.post("/account/following/letters", data={"wanted": "yes"})
    with work():
        make_look(editor_id, [make_product("b")], title="After", title_it="Dopo")
        letters()
    run_jobs()
    with work():
        letters()
    run_jobs()
    sent = [letter for letter in outbox() if "/account/following" in letter.text]
    assert [letter.recipient for letter in sent] == ["ada@example.test"]
    assert "Dopo" in sent[0].text and "looks/before" not in sent[0].text and "commissione" in sent[0].text
    browser.post("/account/following/letters", data={"wanted": "no"})
    with work():
        make_look(editor_id, [make_product("c")], title="Later")
        letters()
    run_jobs()
    assert len([letter for letter in outbox() if "/account/following" in letter.text]) == 1


def test_the_feed_tells_looks_with_the_disclosure_and_knows_when_nothing_changed(
    app, client, work, statements
) -> None:
    with work():
        make_look(make_editor(), [make_product()], title="Half & half <b>")
    with statements() as asked:
        answer = client.get("/@giulia/looks.atom?lang=it")
    assert asked.count == 2
    feed = ET.fromstring(answer.data)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Half & half <b>"
    assert "commissione" in (feed.findtext(f"{ATOM}subtitle") or "")
    content = entry.findtext(f"{ATOM}content") or ""
    assert "Corso denim jacket" in content and "commissione" in content
    assert "max-age" in answer.headers["Cache-Control"]
    names = [feed.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}id")]
    assert all(re.fullmatch(r"tag:[a-z0-9.]+,2026:(style-editor|look)/\d+", name or "") for name in names)
    again = client.get("/@giulia/looks.atom?lang=it", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    page = client.get("/@giulia").text
    assert 'type="application/atom+xml"' in page and 'type="text/calendar"' in page


def test_the_calendar_is_valid_when_empty_and_folds_what_is_long(app, client, work) -> None:
    with work():
        editor_id = make_editor()
    empty = client.get("/@giulia/events.ics")
    lines = empty.data.decode().split("\r\n")
    assert empty.mimetype == "text/calendar" and "\n" not in "".join(lines)
    assert lines[0] == "BEGIN:VCALENDAR" and "BEGIN:VTIMEZONE" in lines and "BEGIN:VEVENT" not in lines
    at = datetime(2026, 12, 3, 18, tzinfo=UTC)
    evening = Entry(
        uid="evening-1",
        title="Cappotti, sciarpe; e perché",
        where="Torino, Via Lagrange",
        begins_at=at,
        ends_at=at + timedelta(hours=2),
        changed_at=at,
        href="/events/1",
        words="Ä" * 100 + "\r\nEND:VEVENT\a",
    )
    with app.test_request_context(), work():
        written = calendar_of(db.session.get_one(Editor, editor_id), [evening]).decode()
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    whole = written.replace("\r\n ", "")
    assert "SUMMARY:Cappotti\\, sciarpe\\; e perché\r\n" in whole
    assert whole.count("\r\nEND:VEVENT\r\n") == 1 and "DTSTART:20261203T180000Z" in whole
    assert "\\nEND:VEVENT\r\n" in whole and "\a" not in whole


def test_evenings_come_into_the_window_by_its_slot(app, client, work, monkeypatch) -> None:
    with work():
        make_editor()
    at = datetime(2026, 12, 3, 18, tzinfo=UTC)
    evening = Entry("e", "Coats and why", "Torino", at, at + timedelta(hours=2), at, "/events/1")
    monkeypatch.setitem(app.extensions[slots._KEY], "window.events", [(1, lambda **_: [evening])])
    assert "Coats and why" in client.get("/@giulia").text
    assert "SUMMARY:Coats and why" in client.get("/@giulia/events.ics").text


def test_most_loved_is_what_two_others_bought_from_a_look_and_nothing_is_made_up(app, client, work) -> None:
    with work():
        editor_id = make_editor()
        own = db.session.get_one(Editor, editor_id).account_id
        bought, worn = make_product("bought", "Loved coat"), make_product("worn", "Other coat")
        make_look(editor_id, [worn, bought])
        sell(bought, account_id=own)
        sell(bought)
        db.session.execute(text("UPDATE order_lines SET origin_kind = 'look', origin_ref = 'carry-on-only'"))
    assert "Most loved" not in client.get("/@giulia").text
    with work():
        second = sell(bought, email="ugo@example.test")
        db.session.execute(text("UPDATE order_lines SET origin_kind = 'look', origin_ref = 'carry-on-only'"))
    page = client.get("/@giulia").text
    loved = page.partition("Most loved pieces")[2]
    assert "in the last 90 days" in loved and "Loved coat" in loved and "Other coat" not in loved
    with work():
        for position, quantity in ((1, 1), (2, 1), (3, 2)):
            give_back(second, position, 3000, quantity)
    assert "Most loved" not in client.get("/@giulia").text
