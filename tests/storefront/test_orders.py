from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.cart.actions import add_pieces
from storefront.cart.policy import Choice
from storefront.cart.queries import bag_count
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.errors import AlreadyHandedOver, NotPaidYet, OtherSumPaid, PiecesStay
from storefront.orders.models import Dispute, Handover, OrderStatus, ReviewReason
from storefront.orders.queries import sale
from storefront.orders.shelves import count_to_hand_over
from storefront.stock import actions as stock
from storefront.stock.errors import SoldOut
from storefront.stock.queries import available
from tests.storefront.goods import (
    HOUSE,
    LOOK,
    eur,
    on_hand,
    order_now,
    pay,
    piece,
    place,
    session_of,
    shelf,
)


def heard(name: str) -> int:
    """How many audit rows tell of this act."""
    return db.session.execute(
        text("SELECT count(*) FROM audit_rows WHERE action = :name"), {"name": name}
    ).scalar()


@pytest.fixture
def look(work):
    """The worked example: a blouse, a jacket and two shirts by one link, 190.00 together."""
    with work():
        blouse, jacket, shirt = shelf("blouse", 5000), shelf("jacket", 8000), shelf("shirt", 3000)
        placed = place(
            [piece(blouse, 5000, 1, LOOK), piece(jacket, 8000, 1, LOOK), piece(shirt, 3000, 2, LOOK)],
            session_id="cs_1",
        )
    return placed


def test_the_worked_example_is_frozen_to_the_cent(work, look):
    with work():
        sold = sale(look.order_id)
        assert [line.net_minor for line in sold.lines] == [4098, 6557, 4918]
        assert [line.gross_minor for line in sold.lines] == [5000, 8000, 6000]
        assert order_now(look.order_id).total == eur(19000)
        assert look.number.startswith("V-")
        assert look.request["order_ref"] == look.number
        assert {line.origin_ref for line in sold.lines} == {"carry-on-only"}


def test_an_order_is_written_down_with_who_placed_it(work):
    with work():
        placed = place([piece(shelf("shirt", 3000), 3000, 2)])
        acts = db.session.query(AuditRow).filter_by(subject_type="order", subject_id=placed.order_id).all()
    assert [(act.action, act.actor_kind, act.actor_label, act.actor_account_id) for act in acts] == [
        ("orders.place", "guest", "guest", None)
    ]
    assert acts[0].after == {"total_minor": 6000, "pieces": 2}


def test_placing_writes_few_statements_whatever_the_number_of_pieces(work, statements):
    with work():
        pieces = [piece(shelf(f"shirt-{number}", 3000), 3000) for number in range(12)]
        with statements() as seen:
            place(pieces)
        assert seen.count == 2


def test_the_same_form_twice_is_one_order(work):
    with work():
        shirt = shelf("shirt", 3000)
        place([piece(shirt, 3000)], form_key="same")
        with pytest.raises(AssertionError):
            place([piece(shirt, 3000)], form_key="same")
        assert available([shirt]) == {shirt: 4}


def test_an_order_for_what_is_gone_leaves_nothing_behind(work):
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        place([piece(shirt, 3000)])
    with pytest.raises(SoldOut), work():
        place([piece(shirt, 3000)])
    with work():
        assert db.session.execute(text("SELECT count(*) FROM orders")).scalar() == 1


def test_a_payment_told_many_times_is_one_sale(work, look):
    with work():
        visit = order_now(look.order_id).visit_id
        add_pieces(
            actor=HOUSE, visit=visit, account_id=None, choices=[Choice(variants(look)[0])], origin=LOOK
        )
    for _ in range(3):
        with work():
            pay(look.order_id)
    with work():
        order = order_now(look.order_id)
        assert (order.status, order.captured_minor, order.payment_intent_id) == (
            OrderStatus.PAID,
            19000,
            f"pi_{order.id}",
        )
        assert heard("orders.paid") == 1
        assert [on_hand(variant_id) for variant_id in variants(look)] == [4, 4, 3]
        assert bag_count(visit, None) == 0
        assert [letter.subject for letter in latest_messages()] == [f"Your order {look.number}"]


def variants(placed) -> list[int]:
    return [line.variant_id for line in sale(placed.order_id).lines]


@pytest.mark.parametrize("amount", [eur(18999), eur(19001)])
def test_another_amount_is_for_a_person_to_look_at(work, look, amount):
    with work():
        paying.sync_checkout(actor=HOUSE, session=session_of(order_now(look.order_id), amount=amount))
        order = order_now(look.order_id)
        assert (order.status, order.review_reason, order.paid_at) == (
            OrderStatus.NEEDS_REVIEW,
            ReviewReason.AMOUNT,
            None,
        )


def test_an_expired_page_frees_the_pieces_and_tells_once(work, look):
    for _ in range(2):
        with work():
            session = session_of(order_now(look.order_id), status="expired", payment_status="unpaid")
            paying.sync_checkout(actor=HOUSE, session=session)
    with work():
        assert order_now(look.order_id).status == OrderStatus.EXPIRED
        assert set(available(variants(look)).values()) == {5}
        assert heard("orders.expired") == 1


def test_expired_then_paid_is_a_sale_while_the_pieces_are_there(work, look):
    with work():
        order = order_now(look.order_id)
        paying.sync_checkout(
            actor=HOUSE, session=session_of(order, status="expired", payment_status="unpaid")
        )
        pay(look.order_id)
        assert order_now(look.order_id).status == OrderStatus.PAID
        assert [on_hand(variant_id) for variant_id in variants(look)] == [4, 4, 3]


def test_expired_then_paid_without_pieces_stays_closed_and_asks_for_the_money_back(work):
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        placed = place([piece(shirt, 3000)], session_id="cs_1")
        order = order_now(placed.order_id)
        paying.sync_checkout(
            actor=HOUSE, session=session_of(order, status="expired", payment_status="unpaid")
        )
        place([piece(shirt, 3000)])
        pay(placed.order_id)
        order = order_now(placed.order_id)
        assert (order.status, order.paid_at, order.captured_minor) == (OrderStatus.EXPIRED, None, 3000)
        assert heard("orders.paid_too_late") == 1


def test_paid_in_time_but_the_shelf_was_counted_down_needs_review_and_staff_can_accept(work):
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        placed = place([piece(shirt, 3000)], session_id="cs_1")
        stock.put_back(actor=HOUSE, variant_id=shirt, quantity=-1, reason="counted")
        pay(placed.order_id)
        assert order_now(placed.order_id).review_reason == ReviewReason.STOCK
        stock.put_back(actor=HOUSE, variant_id=shirt, quantity=1, reason="found behind the curtain")
        paying.accept(actor=HOUSE, order_id=placed.order_id, reason="found it")
        assert (order_now(placed.order_id).status, on_hand(shirt)) == (OrderStatus.PAID, 0)


def test_money_on_its_way_keeps_the_pieces_until_it_comes_or_fails(work, clock):
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
        first, second = (place([piece(shirt, 3000)], session_id=name) for name in ("cs_1", "cs_2"))
        for placed in (first, second):
            paying.sync_checkout(
                actor=HOUSE, session=session_of(order_now(placed.order_id), payment_status="unpaid")
            )
        clock.advance(days=3)
        assert available([shirt]) == {shirt: 0}
        pay(first.order_id)
        failed = session_of(order_now(second.order_id), payment_status="unpaid", failed=True)
        paying.sync_checkout(actor=HOUSE, session=failed)
        assert order_now(first.order_id).status == OrderStatus.PAID
        assert order_now(second.order_id).status == OrderStatus.CANCELLED
        assert available([shirt]) == {shirt: 1}


def test_a_session_whose_name_was_not_kept_is_found_by_the_order_number(work):
    with work():
        shirt = shelf("shirt", 3000)
        placed = place([piece(shirt, 3000)])
        order = order_now(placed.order_id)
        paying.sync_checkout(actor=HOUSE, session=session_of(order, id="cs_lost"))
        order = order_now(placed.order_id)
        assert (order.status, order.checkout_session_id) == (OrderStatus.PAID, "cs_lost")
        assert (
            paying.sync_checkout(actor=HOUSE, session=session_of(order, id="cs_x", order_ref="V-0")) is None
        )


def test_an_abandoned_start_frees_the_pieces_but_never_an_order_with_a_page(work):
    with work():
        shirt = shelf("shirt", 3000)
        placed, started = place([piece(shirt, 3000)]), place([piece(shirt, 3000)], session_id="cs_1")
        for one in (placed, placed, started):
            paying.abandon(actor=HOUSE, order_id=one.order_id)
        assert order_now(placed.order_id).status == OrderStatus.CANCELLED
        assert order_now(started.order_id).status == OrderStatus.AWAITING_PAYMENT
        assert available([shirt]) == {shirt: 4}


def test_handing_over_happens_once_and_only_when_paid(work, look, clock):
    with work():
        with pytest.raises(NotPaidYet):
            orders.hand_over(actor=HOUSE, order_id=look.order_id, how=Handover.DELIVERED, reason="courier")
        pay(look.order_id)
        clock.advance(days=2)
        orders.hand_over(actor=HOUSE, order_id=look.order_id, how=Handover.DELIVERED, reason="courier")
        assert sale(look.order_id).delivered_at == clock.now
        with pytest.raises(AlreadyHandedOver):
            orders.hand_over(actor=HOUSE, order_id=look.order_id, how=Handover.DELIVERED, reason="again")


def test_nothing_is_handed_over_while_the_bank_disputes_nor_when_it_took_the_money_back(work, look):
    with work():
        pay(look.order_id)
        for state in (Dispute.OPEN, Dispute.LOST):
            paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{look.order_id}", state=state)
            with pytest.raises(PiecesStay):
                orders.hand_over(actor=HOUSE, order_id=look.order_id, how=Handover.DELIVERED, reason="x")
            assert count_to_hand_over() == 0


def test_an_order_paid_with_another_sum_is_not_accepted(work, look):
    with work():
        order = order_now(look.order_id)
        paying.sync_checkout(actor=HOUSE, session=session_of(order, amount=eur(order.total_minor - 100)))
        with pytest.raises(OtherSumPaid):
            paying.accept(actor=HOUSE, order_id=look.order_id, reason="looks fine")


def test_a_dispute_is_told_once_a_state_and_its_end_is_an_end(work, look):
    with work():
        pay(look.order_id)
        intent = f"pi_{look.order_id}"
        for state in (Dispute.OPEN, Dispute.OPEN, Dispute.LOST, Dispute.OPEN):
            paying.record_dispute(actor=HOUSE, payment_intent=intent, state=state)
        assert sale(look.order_id).dispute == Dispute.LOST
        assert heard("orders.dispute") == 2
        assert paying.record_dispute(actor=HOUSE, payment_intent="pi_other", state=Dispute.OPEN) is None


def test_the_promise_outlives_the_page_by_a_little(work, clock, look):
    with work():
        clock.freeze(order_now(look.order_id).expires_at + timedelta(minutes=9))
        assert set(available(variants(look)).values()) == {4, 3}
