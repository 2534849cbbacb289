"""The code of an event: who gives it, when it counts, and whose what it sells is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from commissions.claims.policy import Rule
from commissions.claims.queries import receipt_by_number
from events.calendar.models import Event
from events.calendar.running import cancel_event, move_event
from events.perks.actions import give_perk
from events.perks.errors import NotBooked
from events.perks.models import EventPerk
from events.perks.policy import LASTS
from events.perks.queries import perk_of, perk_of_code
from events.sales.claims import Evenings
from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.orders.models import Order
from storefront.promotions.actions import VoucherDraft, make_voucher
from storefront.promotions.models import Voucher, VoucherStatus
from storefront.promotions.policy import Kind
from tests.commissions.conftest import make_staff
from tests.commissions.sales import click, sell, tell_paid
from tests.events.conftest import STAFF, account_of
from tests.events.test_sales import approved
from tests.journeys.shop import CODE, Town, found_town, make_editor

Work = Callable[[], Any]


@pytest.fixture
def town(work: Work, account: Callable[..., int]) -> Town:
    return found_town(work, account)


@pytest.fixture
def amina(work: Work, account: Callable[..., int]) -> int:
    with work():
        return make_editor(account("amina@example.test"), "Amina Sesay", "amina")


@pytest.fixture
def event(town: Town, amina: int, work: Work) -> int:
    with work():
        return approved(amina, town.store)


def given(event_id: int, code: str = "linen10") -> EventPerk:
    return give_perk(actor=STAFF, event_id=event_id, code=code, percent_bps=1000, reason="A first evening.")


def test_a_code_counts_from_the_evening_to_a_week_after_and_once_a_person(event, work):
    with work():
        given(event)
        about, voucher = db.session.get_one(Event, event), db.session.scalars(select(Voucher)).one()
        assert (voucher.code, voucher.percent_bps, voucher.person_limit) == ("LINEN10", 1000, 1)
        assert (voucher.starts_at, voucher.ends_at) == (about.starts_at, about.ends_at + LASTS)


def test_what_the_code_sells_online_is_the_hosts_and_beats_a_link(event, amina, town, work, clock):
    with work():
        code = given(event).code
        click(CODE, "visit-1")
    clock.advance(days=12)
    with work():
        order = db.session.get_one(Order, sell(town.products["lina-blouse"], visit="visit-1"))
        order.voucher_codes = ["SUMMER", code]
        db.session.flush()
        tell_paid(order.id)
        number = order.number
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (amina, Rule.CODE)


def test_the_code_goes_where_the_evening_goes_and_ends_when_it_is_called_off(event, work, run_jobs):
    with work():
        given(event)
        about = db.session.get_one(Event, event)
        later = about.starts_at + timedelta(days=3)
        room = about.room_id
        assert room is not None
        move_event(
            actor=STAFF,
            event_id=event,
            starts_at=later,
            ends_at=later + timedelta(hours=2),
            room_id=room,
            words="Holiday.",
        )
    run_jobs()
    with work():
        voucher = db.session.scalars(select(Voucher)).one()
        assert (voucher.starts_at, voucher.ends_at) == (later, later + timedelta(hours=2) + LASTS)
        assert voucher.status == VoucherStatus.ACTIVE
        cancel_event(actor=STAFF, event_id=event, words="The lift is broken.")
    run_jobs()
    with work():
        assert db.session.scalars(select(Voucher)).one().status == VoucherStatus.PAUSED
        with pytest.raises(NotBooked):
            given(event, "other")


def test_another_code_ends_the_one_before(event, work):
    with work():
        given(event)
    with work():
        given(event, "LINO")
    with work():
        found = {one.code: one.status for one in db.session.scalars(select(Voucher))}
        assert found == {"LINEN10": VoucherStatus.PAUSED, "LINO": VoucherStatus.ACTIVE}
        perk = perk_of(event)
        assert perk is not None and perk.code == "LINO"
        # What was bought with the one before is the host's and the evening's still.
        before = perk_of_code("LINEN10")
        assert before is not None and before.event_id == event
        assert Evenings().host_of_code("LINEN10") == Evenings().host_of_code("LINO") is not None


def test_staff_give_it_on_a_page_that_loses_nothing_and_its_host_reads_it(event, amina, work, client_of):
    with work():
        store = make_staff("Paola", Role.STORE)
        marta = make_staff("Marta", Role.OWNER)
        host = account_of(amina)
        draft = VoucherDraft(code="TAKEN", kind=Kind.PERCENT, percent_bps=500)
        make_voucher(actor=STAFF, draft=draft, reason="Another.")
    desk, at = client_of(marta), f"/staff/events/{event}/code"
    assert "AMINA" in desk.get(at).text
    for sent, said in (
        ({"code": "no spaces!", "percent": "10", "reason": "A start."}, "3 to 24 letters"),
        ({"code": "LINO", "percent": "80", "reason": "A start."}, "Between 1 and 50 percent"),
        ({"code": "LINO", "percent": "10", "reason": "  "}, "Say why"),
        (
            {"code": "taken", "percent": "10", "reason": "A start."},
            "There is a voucher with this code already",
        ),
    ):
        answer = desk.post(at, data=sent)
        assert answer.status_code >= 400 and said.lower() in answer.text.lower()
        assert sent["reason"].strip() in answer.text and sent["percent"] in answer.text
    with work():
        assert db.session.scalars(select(EventPerk)).all() == []
    assert desk.post(at, data={"code": "Lino", "percent": "15", "reason": "A start."}).status_code == 303
    assert "LINO" in client_of(store).get(f"/staff/events/{event}").text
    mine = client_of(host).get(f"/studio/events/{event}", headers={"Accept-Language": "it"}).text
    assert "LINO" in mine and "15%" in mine
    assert client_of(host).get(at).status_code in (403, 404)
