"""Files of other tills: what guests bought is a sale of the evening, once; everything else is listed."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from commissions.accruals.models import Commission
from commissions.claims.policy import Rule
from commissions.claims.queries import receipt_by_number
from events.calendar.models import Event
from events.calendar.running import keep_hours
from events.guests.models import RsvpStatus
from events.guests.queries import rsvp_under
from events.reports.counting import count_sales
from events.reports.models import EventOrder
from events.tillfiles import actions
from events.tillfiles.jobs import forget
from events.tillfiles.models import TillFile, TillSlip
from events.tillfiles.policy import Fault, Store, lines_of, moment_of, slips_of
from events.tillfiles.privacy import CHAPTER
from events.tillfiles.queries import ready_slips
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.privacy.chapters import Person
from foundation.spreadsheets import sheet_of
from storefront.catalog.models import Variant
from storefront.orders.models import Order, PaidWith
from storefront.places.models import Place
from storefront.stock.queries import levels_at
from storefront.till import elsewhere
from storefront.till.day_queries import sales_between, sales_like
from storefront.till.drawer import hours_of
from storefront.till.models import TillBasket
from tests.events.conftest import TESTS
from tests.events.test_guests import ask, subjects
from tests.events.test_sales import amina, event, hour_of, town
from tests.journeys.shop import Town
from tests.races import at_once, without_unique
from tests.storefront.goods import variant_of

__all__ = ["amina", "event", "town"]
ROME = ZoneInfo("Europe/Rome")
HEAD = "receipt,time,store,article,quantity,amount,email,ticket"
PAGE = "/staff/events/till-files"


@pytest.fixture
def numbered(town: Town, work: Any) -> None:
    """The pieces of the town by the numbers on their labels."""
    with work():
        for handle, sku in (("lina-blouse", "LINA-M"), ("porta-shirt", "PORTA-M")):
            db.session.get_one(Variant, variant_of(town.products[handle])).sku = sku


@pytest.fixture
def paola(town: Town, numbered: None, account: Any, client_of: Any) -> FlaskClient:
    """Staff of the store with a file in their hands."""
    return client_of(account("paola@store.test", Role.STORE, name="Paola"))


def bring(client: FlaskClient, *lines: str, head: str = HEAD) -> Any:
    content = "\n".join([head, *lines]).encode()
    return client.post(PAGE, data={"file": (io.BytesIO(content), "till.csv")})


def statuses() -> dict[str, str]:
    rows = db.session.execute(select(TillSlip.number, TillSlip.status).order_by(TillSlip.id))
    return {number: str(status) for number, status in rows}


def local(moment: datetime) -> str:
    return moment.astimezone(ROME).strftime("%Y-%m-%d %H:%M")


def the_order() -> Order:
    return db.session.scalars(select(Order)).one()


def test_what_guests_bought_is_taken_in_once_and_counts_for_the_host_as_of_its_day(
    paola, town, event, amina, work, clock, run_jobs, client_of, monkeypatch
):
    with work():
        ticket = ask(event, "ada").secret
        ask(event, "bea")
        place = db.session.get_one(Place, town.store)
    hour_of(work, clock, event, minutes=30)
    with work():
        begins = db.session.get_one(Event, event).starts_at
    at = begins + timedelta(minutes=20)
    slips = (
        f"0042-1,{local(at)},Torino,LINA-M,2,99.99,,https://shop.example/tickets/{ticket}",
        f"0042-1,{local(at)},Torino,porta m,1,28.00,,",
        f"0042-1,{local(at)},Torino,BAG,1,0.20,,",
        f'0042-2,{local(at)},"Torino, Via Po",PORTA-M,,30,BEA@example.test,',
        f"0042-3,{local(at)},TORINO,PORTA-M,1,30.00,stranger@example.test,",
        f"0042-4,{local(at)},Torino,PORTA-M,1,30.00,,",
    )
    clock.advance(days=2)
    one = bring(paola, *slips).location
    shown = paola.get(one).text
    for words in (
        "Take 2 in",
        "One jacket, three ways, Amina Sesay",
        "No piece of ours has the number “BAG”.",
        "was no guest here then",
        "It names neither a customer nor a ticket.",
    ):
        assert words in shown
    with work():
        assert statuses() == {"0042-1": "ready", "0042-2": "ready", "0042-3": "nobody", "0042-4": "nobody"}
        assert db.session.scalar(select(func.count(Order.id))) == 0, "nothing is sold by looking"
    assert paola.post(f"{one}/take-in").status_code == 303
    assert paola.post(f"{one}/take-in").status_code == 303
    again = bring(paola, *slips).location
    shown = paola.get(again).text
    assert "Was taken in before" in shown and "Take 2 in" not in shown
    run_jobs()
    with work():
        assert list(statuses().values()).count("known") == 2
        first, second = db.session.scalars(select(Order).order_by(Order.id))
        assert (first.total_minor, second.total_minor) == (127_99, 30_00)
        assert {first.paid_with, second.paid_with} == {PaidWith.ELSEWHERE}
        for order in (first, second):
            assert order.paid_at == order.delivered_at == order.placed_at == at.replace(second=0)
        assert (first.email, second.email) == ("", "bea@example.test")
        for order in (first, second):
            receipt = receipt_by_number(order.number)
            assert receipt is not None and (receipt.editor_id, receipt.rule) == (amina, Rule.EVENT)
        assert {one.editor_id for one in db.session.scalars(select(Commission))} == {amina}
        # Net of 22 %, by hand: 99.99 / 1.22 = 81.959…, 28 / 1.22 = 22.950…, 30 / 1.22 = 24.590…
        bases = sorted(one.base_minor for one in db.session.scalars(select(Commission)))
        assert bases == [22_95, 24_59, 81_96]
        assert not [one for one in subjects() if second.number in one], "the slip was enough"
    with work():
        keep_hours(actor=TESTS)
        count_sales(return_days=30)
        orders = db.session.scalars(select(EventOrder))
        counted = {(one.order_id, one.event_id, str(one.basis)) for one in orders}
        assert counted == {(first.id, event, "code"), (second.id, event, "code")}
        # Found at our till under the number of its slip, told in the day, and not in the drawer.
        assert [one.number for one in sales_like(town.store, "0042-2")] == [second.number]
        sold = sales_between(town.store, *hours_of(place, place.local(at).date()))
        assert {one.paid_with for one in sold} == {"elsewhere"}
    assert "At another till" in paola.get(f"/staff/orders/{second.number}").text


def test_a_count_that_lacks_the_pieces_is_put_right_and_says_by_which_slip(
    paola, town, event, work, clock, run_jobs
):
    with work():
        ask(event, "ada")
        shirt = variant_of(town.products["porta-shirt"])
        assert levels_at(town.store, [shirt]) == {shirt: 0}
    hour_of(work, clock, event, minutes=30)
    line = f"7,{local(clock.now)},Torino,PORTA-M,3,90.00,ada@example.test,"
    one = bring(paola, line, line.replace("90.00", "0")).location
    assert paola.post(f"{one}/take-in").status_code == 303
    run_jobs()
    with work():
        order = the_order()
        assert order.total_minor == 90_00 and levels_at(town.store, [shirt]) == {shirt: 0}
        (put_right,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "stock.correct"))
        assert put_right.reason == "7" and put_right.after == {"place": town.store, "on_hand": 6}


def test_what_a_guest_buys_in_the_week_after_is_theirs_and_earns_nobody_anything(
    paola, town, event, work, clock, run_jobs
):
    with work():
        for name, status in (("ada", RsvpStatus.ATTENDED), ("bea", RsvpStatus.NO_SHOW)):
            rsvp = ask(event, name)
            rsvp.status = status
            if status == RsvpStatus.ATTENDED:
                rsvp.arrived, rsvp.arrived_at = 1, clock.now
    hour_of(work, clock, event, days=5)
    lines = [
        f"{number},{local(clock.now - timedelta(hours=1))},Torino,PORTA-M,1,30.00,{name}@example.test,"
        for number, name in enumerate(("ada", "bea"), 1)
    ]
    one = bring(paola, *lines).location
    assert "The week after, in the report alone" in paola.get(one).text
    paola.post(f"{one}/take-in")
    run_jobs()
    with work():
        assert statuses() == {"1": "sold", "2": "nobody"}
        assert the_order().email == "ada@example.test"
        assert db.session.scalar(select(func.count(Commission.id))) == 0
        assert db.session.scalars(select(TillBasket.occasion_ref)).all() == [None]


def test_staff_say_at_which_evening_a_slip_was_sold_and_how_they_know(
    paola, town, event, amina, work, clock, run_jobs
):
    hour_of(work, clock, event, minutes=30)
    early = local(clock.now - timedelta(hours=3))
    one = bring(
        paola,
        f"1,{local(clock.now)},Torino,PORTA-M,1,30.00,,",
        f"2,{early},Torino,PORTA-M,1,30.00,,",
    ).location
    with work():
        first, second = db.session.scalars(select(TillSlip.id).order_by(TillSlip.id))
    refused = paola.post(f"{one}/slips/{first}", data={"event": event, "reason": "  "})
    assert refused.status_code == 422 and "Say in a few words how you know." in refused.text
    wrong = paola.post(f"{one}/slips/{second}", data={"event": event, "reason": "The host says <so>."})
    assert wrong.status_code == 422 and "No such evening was on" in wrong.text
    for nonsense in ("", "x", "9" * 30):
        assert paola.post(f"{one}/slips/{first}", data={"event": nonsense, "reason": "x"}).status_code == 422
    with work():
        assert set(statuses().values()) == {"nobody"}
    said = {"event": event, "reason": "The host wrote the number down."}
    assert paola.post(f"{one}/slips/{first}", data=said).status_code == 303
    assert paola.post(f"{one}/slips/{first}", data=said).status_code == 422
    run_jobs()
    with work():
        assert statuses() == {"1": "sold", "2": "nobody"}
        receipt = receipt_by_number(the_order().number)
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (amina, Rule.EVENT)
        (written,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "tillfiles.say"))
        assert written.reason == said["reason"]


def test_what_holds_when_it_is_taken_in_counts(paola, event, work, clock):
    with work():
        ask(event, "ada")
        ask(event, "bea")
    hour_of(work, clock, event, minutes=-90)
    at = local(clock.now + timedelta(hours=2))
    clock.advance(hours=2)
    one = bring(
        paola, *(f"{name},{at},Torino,PORTA-M,1,30,{name}@example.test," for name in ("ada", "bea"))
    ).location
    with work():
        rsvp = rsvp_under(event, "bea@example.test")
        assert rsvp is not None
        rsvp.status = RsvpStatus.CANCELLED
        db.session.get_one(Event, event).seats_taken -= 1
    paola.post(f"{one}/take-in")
    with work():
        assert statuses() == {"ada": "sold", "bea": "nobody"}
        assert the_order().email == "ada@example.test"


def ready_file(event_id: int, town: Town, client: FlaskClient, clock: Any, work: Any) -> tuple[int, int]:
    with work():
        ask(event_id, "ada")
    hour_of(work, clock, event_id, minutes=30)
    bring(client, f"1,{local(clock.now)},Torino,PORTA-M,1,30.00,ada@example.test,")
    bring(client, f"1,{local(clock.now)},Torino,PORTA-M,1,30.00,ada@example.test,")
    with work():
        first, second = db.session.scalars(select(TillFile.id).order_by(TillFile.id))
    return first, second


def take(town: Town, file_id: int) -> None:
    for slip_id in ready_slips(file_id):
        actions.take_in(actor=Actor.staff(town.sara, "Sara"), file_id=file_id, slip_id=slip_id)


def test_two_files_with_one_slip_at_once_are_one_sale(paola, town, event, work, clock, app):
    files = ready_file(event, town, paola, clock, work)
    met = at_once(app, *(lambda one=one: take(town, one) for one in files))
    assert met == []
    with work():
        assert db.session.scalar(select(func.count(Order.id))) == 1
        assert sorted(
            str(one) for one in db.session.scalars(select(TillSlip.status))
        ) == ["known", "sold"]  # fmt: skip


def test_without_the_key_of_a_slip_two_files_are_two_sales(paola, town, event, work, clock, app, monkeypatch):
    files = ready_file(event, town, paola, clock, work)
    number = iter("ab")
    monkeypatch.setattr(elsewhere, "slip_key", lambda *_of: f"slip:{next(number)}")
    # The basket of a slip is unique by the same words: a second wall behind the first.
    with without_unique(work, "uq_till_baskets_receipt"):
        assert at_once(app, *(lambda one=one: take(town, one) for one in files)) == []
        with work():
            assert db.session.scalar(select(func.count(Order.id))) == 2


def test_lines_are_read_as_tills_write_them(clock):
    rome = {"torino": Store(7, "Europe/Rome")}
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    expected = datetime(2026, 11, 28, 18, 5, tzinfo=UTC)
    for typed in ("2026-11-28 19:05", "2026-11-28T19:05:00", "2026-11-28T18:05:00Z", "28/11/2026 19:05",
                  "28.11.2026 19.05", "28-11-2026, 19:05:00", "2026-11-28 19.05.00"):  # fmt: skip
        assert moment_of(typed, "Europe/Rome") == expected, typed
    assert moment_of("28/11/2026 9:05", "Europe/Rome") == datetime(2026, 11, 28, 8, 5, tzinfo=UTC)
    for typed in (
        "",
        "2026-11-28",
        "28/11/26 19:05",
        "31/02/2026 10:00",
        "soon",
        "0001-01-01T00:00+09:00",
        "١/١/٢٠٢٦",
    ):
        assert moment_of(typed, "Europe/Rome") is None, typed
    # The hour that comes twice is its first, and nobody stumbles over the one that is left out.
    assert moment_of("2026-10-25 02:30", "Europe/Rome") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of("2026-03-29 02:30", "Europe/Rome") is not None

    text = (
        "Scontrino;Data;Ora;Negozio;EAN;Pezzi;Importo;Valuta;Cliente;Biglietto\n"
        "1;28/11/2026;19:05;Torino;A;1;1.249,90;EUR;;\n"
        "1;28/11/2026;19:06;Torino;B;2,00;€ 10;€;;\n"
        "2;28/11/2026;19:05;Torino;A;-1;10;;;\n"
        "2;28/11/2026;19:05;Torino;A;1;-10,00;;;\n"
        "2;28/11/2026;19:05;Torino;A;1;1.250;;;\n"
        "2;28/11/2026;19:05;Torino;A;1;9,999;;;\n"
        "2;28/11/2026;19:05;Torino;A;1;10;USD;;\n"
        "2;28/11/2026;19:05;Torino;A;1,5;10;;;\n"
        "2;28/11/2026;19:05;Torino;A;0;10;;;\n"
        "2;28/11/2026;19:05;Torino;C;1;10;;;\n"
        "2;28/11/2026;19:05;Torino;D;1;10;;;\n"
        "3;28/11/2026;19:05;Roma;A;1;10;;;\n"
        "4;domani;19:05;Torino;A;1;10;;;\n"
        "5;30/11/2026;14:00;Torino;A;1;10;;;\n"
        "6;30/10/2026;14:00;Torino;A;1;10;;;\n"
        ";28/11/2026;14:00;Torino;A;1;10;;;\n"
        f"{'7' * 31};28/11/2026;14:00;Torino;A;1;10;;;\n"
        "8;28/11/2026;14:00;Torino;A;1;10;;a@example.test;\n"
        "8;28/11/2026;14:00;Torino;A;1;10;;b@example.test;\n"
        "9;30/11/2026;13:10;Torino;A;1;10;;no-address;\n"
        "1;29/11/2026;19:05;Torino;A;1;10;;\n"
    )
    lines = lines_of(*sheet_of(text.encode("cp1252", errors="replace"), most=99))
    assert lines is not None
    codes = {"A": [1], "B": [2], "C": [3, 4]}
    slips = slips_of(lines, stores=rome, variants=codes, currency="EUR", now=now)
    told = [(one.head.number[:2], one.fault) for one in slips]
    assert told == [
        ("1", None), ("2", Fault.NOTHING), ("3", Fault.NO_STORE), ("4", Fault.NO_TIME), ("5", Fault.AHEAD),
        ("6", Fault.OLD), ("", Fault.NO_NUMBER), ("77", Fault.NO_NUMBER), ("8", Fault.TWO_SAID),
        ("9", None), ("1", None),
    ]  # fmt: skip
    first, second = slips[0], slips[1]
    assert [(line.variant_id, line.pieces, line.paid_minor) for line in first.lines] == [
        (1, 1, 1249_90), (2, 2, 10_00)
    ]  # fmt: skip
    assert [line.fault for line in second.lines] == [
        Fault.BACK, Fault.BACK, Fault.NO_AMOUNT, Fault.NO_AMOUNT, Fault.CURRENCY, Fault.NO_QUANTITY,
        Fault.NO_QUANTITY, Fault.SEVERAL, Fault.NO_PIECE,
    ]  # fmt: skip
    assert slips[9].sold_at == now and slips[9].email == "", "a till that goes fast, an address that is none"
    assert lines_of(["receipt", "time", "store", "article"], [["1"]]) is None


def test_the_pages_refuse_what_is_no_file_and_give_back_what_is_not_taken_in(
    paola, event, work, clock, account, client_of
):
    reads = client_of(account("carla@store.test", Role.COMMUNITY))
    assert reads.get(PAGE).status_code == 403 and "Till files" not in reads.get("/staff/events").text
    assert "Till files" in paola.get("/staff/events").text
    for content, words in (
        (b"", "receipt, time, store"),
        (b"receipt,time,store,article,amount\n", "There is no receipt in this file."),
        (b"PK\x03\x04\0\0", "That is no CSV file."),
    ):
        refused = paola.post(PAGE, data={"file": (io.BytesIO(content), "x.csv")})
        assert refused.status_code == 422 and words in refused.text
    assert "Choose a file." in paola.post(PAGE, data={}).text
    one = bring(
        paola,
        "1,soon,Torino,LINA-M,1,10,,",
        f"2,{local(clock.now)},Torino,=1+1,1,10,,",
        f"3,{local(clock.now)},Torino,LINA-M,1,10,ada@example.test,",
    ).location
    for language, words in (("en", "“soon” is no time."), ("it", "«soon» non è un orario")):
        assert words in paola.get(one, headers={"Accept-Language": language}).text
    sheet = paola.get(f"{one}/not-taken-in.csv")
    rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))
    columns = "line receipt time store article quantity amount currency email ticket why"
    assert rows[0] == columns.split()
    assert [row[1] for row in rows[1:]] == ["1", "2", "3"] and rows[2][4] == "'=1+1"
    mended = sheet.data.replace(b"soon", local(clock.now).encode())
    again = paola.post(PAGE, data={"file": (io.BytesIO(mended), "mended.csv")}).location
    assert "soon" not in paola.get(again).text
    example = paola.get(f"{PAGE}/example.csv").data
    tried = paola.post(PAGE, data={"file": (io.BytesIO(example), "e.csv")}).location
    assert "No piece of ours has the number “LINA-IV-M”." in paola.get(tried).text
    assert paola.post(f"{one}/throw-away").status_code == 303 and paola.get(one).status_code == 404


def test_files_of_tills_are_forgotten_on_somebodys_wish_and_after_thirty_days(paola, event, work, clock):
    bring(paola, f"3,{local(clock.now)},Torino,LINA-M,1,10,ada@example.test,")
    with work():
        ada = Person(account_id=0, email="ada@example.test")
        assert [row["number"] for row in CHAPTER.tell(ada)] == ["3"]
        CHAPTER.forget(ada)
        assert db.session.scalars(select(TillSlip.email)).one() == ""
    clock.advance(days=29)
    with work():
        forget()
        assert db.session.scalar(select(func.count(TillFile.id))) == 1
    clock.advance(days=1, minutes=1)
    with work():
        forget()
        assert db.session.scalar(select(func.count(TillFile.id))) == 0
        assert db.session.scalar(select(func.count(TillSlip.id))) == 0
