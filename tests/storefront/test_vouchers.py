"""Limits of vouchers hold whoever comes at the same moment, and what is not used can be had by others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.actors import Actor
from foundation.db import db
from storefront.cart.policy import holder_of
from storefront.orders import paying
from storefront.orders.models import OrderStatus
from storefront.orders.policy import totals_of
from storefront.orders.queries import sale
from storefront.promotions import actions
from storefront.promotions.errors import CodeTaken, VoucherRefused
from storefront.promotions.models import VoucherPerson, VoucherUse
from storefront.promotions.policy import Given, Kind, Why
from storefront.promotions.queries import chosen, terms_by_code
from tests.races import at_once
from tests.storefront.goods import CONTACT, HOUSE, TAX, order_now, pay, piece, place, session_of, shelf
from tests.storefront.vouchers import uses, voucher

GUEST = Actor.guest()


def terms(code: str = "SPRING10", visit: str = "visit"):
    found = terms_by_code(code, visit=visit, account_id=None)
    assert found is not None
    return found


def order(
    code: str = "SPRING10",
    *,
    minor: int = 3000,
    off: int = 300,
    email: str = "",
    visit: str = "visit",
    **more,
):
    """An order over one shirt that takes `off` off it by this voucher."""
    shirt = piece(more.pop("shirt"), minor)._replace(discount_minor=off)
    return place(
        [shirt],
        totals=totals_of([minor], shipping_minor=0, tax_bps=TAX, currency="EUR", off_lines=[off]),
        vouchers=[Given(terms(code, visit), (off,))],
        contact=CONTACT._replace(email=email or CONTACT.email),
        visit_id=visit,
        **more,
    )


def take(number: int, order_id: int, given: Given) -> None:
    actions.take(
        order_id=order_id,
        number=f"V-{order_id}",
        given=[given],
        holder=holder_of(f"visit-{number}", None),
        email=f"person-{number}@example.test",
        account_id=None,
    )


@pytest.fixture
def rush(app, work) -> Callable[[int, int], tuple[int, int]]:
    """So many orders of as many people take a voucher with a limit at once: how many were told that it is
    used up, and how many have it."""

    def run(people: int, limit: int) -> tuple[int, int]:
        with work():
            voucher("TEN", total_limit=limit)
            shirt = shelf("shirt", 3000, people)
            given = Given(terms("TEN"), (300,))
            placed = [place([piece(shirt, 3000)], visit_id=f"visit-{n}").order_id for n in range(people)]
        met = at_once(app, *[lambda n=n, o=o: take(n, o, given) for n, o in enumerate(placed)])
        assert all(isinstance(one, VoucherRefused) and one.why == Why.USED_UP for one in met)
        with work():
            return len(met), db.session.query(VoucherUse).count()

    return run


def test_a_voucher_for_ten_is_used_by_exactly_ten_of_a_hundred_at_once(rush, work):
    assert rush(100, 10) == (90, 10)
    with work():
        assert uses("TEN") == 10


def test_looking_before_taking_instead_would_let_more_of_them_in(rush, monkeypatch):
    """The twin: everybody looks before anybody takes."""
    looked, together = text("SELECT uses FROM vouchers WHERE code = 'TEN'"), threading.Barrier(8)
    part = "AND (total_limit IS NULL OR uses < total_limit)"
    assert part in actions._TAKE.text
    careless, plain = text(actions._TAKE.text.replace(part, "")), actions.take

    def look_and_take(**named: object) -> None:
        used = db.session.execute(looked).scalar_one()
        together.wait(timeout=20)
        if used >= 2:
            raise VoucherRefused("TEN", Why.USED_UP)
        plain(**named)

    monkeypatch.setattr(actions, "_TAKE", careless)
    monkeypatch.setattr(actions, "take", look_and_take)
    assert rush(8, 2) == (0, 8)


def test_an_order_freezes_what_a_voucher_took_off_each_line(work):
    with work():
        voucher()
        placed = order(shirt=shelf("shirt", 3000))
        line = sale(placed.order_id).lines[0]
        assert (line.gross_minor, line.discount_minor, line.paid_minor, line.net_minor) == (
            3000,
            300,
            2700,
            2213,
        )
        assert order_now(placed.order_id).total_minor == 2700
        assert order_now(placed.order_id).voucher_codes == ["SPRING10"]
        assert uses() == 1


def test_a_voucher_costs_one_statement_and_none_costs_none(work, statements):
    with work():
        voucher()
        shirts = [piece(shelf("shirt", 3000), 3000)]
        given = Given(terms(), (0,))
        with statements() as without:
            place(shirts)
        with statements() as with_one:
            place(shirts, vouchers=[given])
    assert (without.count, with_one.count) == (2, 3)


@pytest.mark.parametrize("ended", [OrderStatus.EXPIRED, OrderStatus.CANCELLED])
def test_an_order_that_ends_unpaid_gives_its_use_back(work, ended):
    with work():
        voucher(total_limit=1, person_limit=1)
        shirt = shelf("shirt", 3000)
        first = order(shirt=shirt, session_id="cs_1")
    with pytest.raises(VoucherRefused), work():
        order(shirt=shirt, visit="another", email="bea@example.test")
    for _ in range(2):
        with work():
            closed = session_of(order_now(first.order_id), status="expired", payment_status="unpaid")
            paying.sync_checkout(actor=HOUSE, session=closed, ended=ended)
    with work():
        assert uses() == 0
        assert db.session.query(VoucherPerson.uses).scalar() == 0
        order(shirt=shirt, visit="another")
        assert uses() == 1


def test_an_order_paid_after_it_had_ended_counts_again(work):
    with work():
        voucher(total_limit=1)
        placed = order(shirt=shelf("shirt", 3000), session_id="cs_1")
    with work():
        closed = session_of(order_now(placed.order_id), status="expired", payment_status="unpaid")
        paying.sync_checkout(actor=HOUSE, session=closed)
        assert uses() == 0
    for _ in range(2):
        with work():
            pay(placed.order_id)
            assert uses() == 1
    with work():
        assert [use.status for use in db.session.query(VoucherUse)] == ["used"]


def test_a_limit_for_each_person_knows_them_by_address_in_any_case_and_by_account(work, account):
    with work():
        voucher(person_limit=1)
        shirt = shelf("shirt", 3000, 9)
        order(shirt=shirt, email="bea@example.test", visit="one")
        order(shirt=shirt, email="dan@example.test", visit="two", account_id=account)
    for visit, email, signed_in in (
        ("three", "BEA@example.test", None),
        ("four", "new@example.test", account),
    ):
        with pytest.raises(VoucherRefused) as refused, work():
            if signed_in:
                db.session.execute(text("UPDATE orders SET status = 'cancelled'"))
            order(shirt=shirt, email=email, visit=visit, account_id=signed_in)
        assert refused.value.why == Why.USED_BY_YOU
    with work():
        assert uses() == 2
        kept = [person for (person,) in db.session.query(VoucherPerson.person)]
        assert len(kept) == 3 and not any("@" in person for person in kept)


@pytest.fixture
def one_person_twice(app, work) -> Callable[[], int]:
    """One person uses a voucher for one use each in two windows at once: how many orders have it."""

    def run() -> int:
        with work():
            voucher("ONCE", person_limit=1)
            shirt = shelf("shirt", 3000)
            given = Given(terms("ONCE"), (300,))
            orders = [place([piece(shirt, 3000)], visit_id=f"visit-{n}").order_id for n in range(2)]
        at_once(app, *[lambda o=o: take(1, o, given) for o in orders])
        with work():
            return db.session.query(VoucherUse).count()

    return run


def test_one_person_in_two_windows_at_once_uses_it_once(one_person_twice):
    assert one_person_twice() == 1


def test_without_the_condition_in_the_write_they_use_it_twice(one_person_twice, monkeypatch):
    """The twin."""
    part = "WHERE known.uses < (SELECT person_limit FROM vouchers WHERE id = known.voucher_id)"
    assert part in actions._TAKE.text
    monkeypatch.setattr(actions, "_TAKE", text(actions._TAKE.text.replace(part, "")))
    assert one_person_twice() == 2


def test_it_ends_at_its_moment_even_for_who_has_it_in_the_bag(work, clock):
    with work():
        voucher(ends_at=clock.now + timedelta(minutes=5))
        shirt = shelf("shirt", 3000)
        given = Given(terms(), (300,))
    clock.advance(minutes=5)
    with pytest.raises(VoucherRefused) as refused, work():
        place([piece(shirt, 3000)], vouchers=[given])
    assert refused.value.why == Why.OVER
    assert "has expired: its last day is past" in str(refused.value)


def test_a_code_is_made_once_and_is_for_one_use_each_when_it_is_for_a_first_order(work):
    with work():
        voucher("hello", first_order=True, person_limit=7)
        assert db.session.execute(text("SELECT code, person_limit FROM vouchers")).one() == ("HELLO", 1)
        with pytest.raises(CodeTaken):
            voucher("Hello")


def test_signing_in_the_newer_voucher_wins(work, account, clock):
    with work():
        voucher("OLD")
        voucher("NEW", kind=Kind.AMOUNT, amount_minor=500)
        for code, visit, owner in (("NEW", "visit", None), ("OLD", None, account)):
            actions.choose(actor=GUEST, visit=visit, account_id=owner, code=code)
            clock.advance(minutes=1)
        actions.merge_into_account(actor=GUEST, visit="visit", account_id=account)
        assert [one.code for one in chosen(None, account)] == ["OLD"]
        clock.advance(minutes=1)
        actions.choose(actor=GUEST, visit="visit", account_id=None, code="new")
        actions.merge_into_account(actor=GUEST, visit="visit", account_id=account)
        assert [one.code for one in chosen(None, account)] == ["NEW"]
        assert chosen("visit", None) == []


def test_vouchers_that_go_together_both_stay_when_somebody_signs_in(work, account):
    with work():
        voucher("ONE", stackable=True)
        voucher("TWO", stackable=True)
        actions.choose(actor=GUEST, visit=None, account_id=account, code="one")
        actions.choose(actor=GUEST, visit="visit", account_id=None, code="two")
        actions.merge_into_account(actor=GUEST, visit="visit", account_id=account)
        assert {one.code for one in chosen(None, account)} == {"ONE", "TWO"}


def test_paying_takes_the_voucher_from_the_bag_and_sending_back_keeps_every_share(work):
    with work():
        voucher()
        actions.choose(actor=GUEST, visit="visit", account_id=None, code="Spring10")
        placed = order(shirt=shelf("shirt", 3000), session_id="cs_1")
        assert [one.code for one in chosen("visit", None)] == ["SPRING10"]
        pay(placed.order_id)
        assert chosen("visit", None) == []
        assert uses() == 1
