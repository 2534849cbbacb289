"""From the shelf to the shopper: steps, letters, the bench, and calling an order off once."""

import re

import pytest

from foundation import clock as shop_clock
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.queries import latest_messages
from foundation.paper import MISSING
from foundation.states import IllegalMove
from storefront.fulfilment import actions, staff
from storefront.fulfilment.carriers import CARRIERS
from storefront.fulfilment.errors import (
    NothingOnItsWay,
    TooLateToCancel,
    WrongWayOut,
)
from storefront.fulfilment.models import Fulfilment, FulfilmentStatus
from storefront.fulfilment.queries import bench, count_to_pick
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.errors import NothingToHandOver, PaymentIsDisputed
from storefront.orders.models import Delivery, Dispute, Handover, Refund
from storefront.orders.queries import lines_of_order
from storefront.returns import actions as returns
from tests.paper import letters_on
from tests.races import at_once, meeting, without_unique
from tests.storefront.goods import HOUSE, on_hand, order_now, piece, place
from tests.storefront.parcels import go, ordered, status_of

WAITING, PICKING, PACKED = FulfilmentStatus.WAITING, FulfilmentStatus.PICKING, FulfilmentStatus.PACKED
SENT, READY, DONE = FulfilmentStatus.SENT, FulfilmentStatus.READY, FulfilmentStatus.DONE
CANCELLED = FulfilmentStatus.CANCELLED


def subjects() -> list[str]:
    return [letter.subject for letter in reversed(latest_messages())]


def test_a_paid_order_goes_from_the_shelf_to_the_door_with_a_letter_at_each_step(
    client, work, paid, run_jobs
):
    with work():
        number, token = order_now(paid).number, order_now(paid).token
        assert status_of(paid) == WAITING and count_to_pick() == 1
        go(paid, PICKING, PACKED)
        actions.send(actor=HOUSE, order_id=paid, carrier="dhl", tracking="JD 014/6")
    page = client.get(f"/orders/{token}").text
    assert "tracking-id=JD%20014%2F6" in page and "On its way with DHL." in page
    told = re.findall(r"<li[^>]*><div><p>([^<]+)</p>", page)
    assert told == ["Ordered", "Paid", "Being picked from the shelf", "Packed", "Parcel sent"]
    with work():
        orders.hand_over(actor=HOUSE, order_id=paid, how=Handover.DELIVERED, reason="courier")
    run_jobs()
    with work():
        assert status_of(paid) == DONE
        assert subjects() == [
            f"Your order {number}",
            f"We are getting order {number} together",
            f"Order {number} is on its way",
            f"Order {number} is with you",
        ]


def test_what_is_collected_lies_ready_and_is_never_sent(work, shirt, client, run_jobs):
    with work():
        pickup, door = ordered(shirt, Delivery.PICKUP), ordered(shirt, name="cs_2")
        for one in (pickup, door):
            go(one, PICKING, PACKED)
        with pytest.raises(WrongWayOut):
            actions.send(actor=HOUSE, order_id=pickup, carrier="dhl", tracking="1")
    with work():
        assert actions.advance(actor=HOUSE, order_ids=[pickup, door], to=READY) == [door]
        assert (status_of(pickup), status_of(door)) == (READY, PACKED)
        token = order_now(pickup).token
    assert "It lies ready for you" in client.get(f"/orders/{token}").text


def test_steps_are_taken_in_order_and_one_that_moved_on_holds_nobody_up(work, shirt):
    with work():
        first, second = ordered(shirt), ordered(shirt, name="cs_2")
        go(first, PICKING)
        assert actions.advance(actor=HOUSE, order_ids=[second, first], to=PICKING) == [first]
        assert actions.advance(actor=HOUSE, order_ids=[first, second], to=READY) == [first, second]
        go(first, WAITING, PICKING, PACKED)
        with pytest.raises(IllegalMove):
            actions.send(actor=HOUSE, order_id=second, carrier="", tracking="")


def test_a_store_may_hand_over_what_it_never_wrote_down_as_packed(work, paid, run_jobs):
    with work():
        orders.hand_over(actor=HOUSE, order_id=paid, how=Handover.HANDED_OVER, reason="Anna, in person")
    run_jobs()
    with work():
        assert status_of(paid) == DONE
        with pytest.raises(TooLateToCancel):
            actions.cancel(actor=HOUSE, order_id=paid)


def test_an_order_called_off_gives_everything_back_once(client, work, paid, shirt, stripe, run_jobs):
    with work():
        token = order_now(paid).token
    assert "Call the order off" in client.get(f"/orders/{token}").text
    for _ in range(3):
        assert client.post(f"/orders/{token}/cancel").status_code == 303
    run_jobs()
    with work():
        refund = db.session.query(Refund).one()
        assert (refund.amount_minor, refund.status) == (6000, "succeeded")
        assert (len(stripe), on_hand(shirt), status_of(paid)) == (1, 60, CANCELLED)
        assert sum("called off" in subject for subject in subjects()) == 1
        with pytest.raises(NothingToHandOver):
            orders.hand_over(actor=HOUSE, order_id=paid, how=Handover.DELIVERED, reason="x")
        assert actions.advance(actor=HOUSE, order_ids=[paid], to=PICKING) == [paid]
        assert count_to_pick() == 0
    page = client.get(f"/orders/{token}").text
    assert "Your order is called off" in page and "Call the order off" not in page


def test_once_somebody_picks_it_is_too_late_to_call_off(client, work, paid, stripe):
    with work():
        go(paid, PICKING)
        token = order_now(paid).token
    late = client.post(f"/orders/{token}/cancel", follow_redirects=True)
    assert "Somebody is packing it already" in late.text and late.request.path == f"/orders/{token}"
    assert "Call the order off" not in client.get(f"/orders/{token}").text
    with work():
        assert db.session.query(Refund).count() == 0
        assert status_of(paid) == PICKING


def test_an_order_not_paid_has_nothing_to_call_off_and_a_disputed_one_waits_for_the_bank(work, paid, shirt):
    with work():
        unpaid = place([piece(shirt, 3000)], session_id="cs_2").order_id
        with pytest.raises(NothingOnItsWay):
            actions.cancel(actor=HOUSE, order_id=unpaid)
        paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{paid}", state=Dispute.OPEN)
        with pytest.raises(PaymentIsDisputed):
            actions.cancel(actor=HOUSE, order_id=paid)
        assert actions.advance(actor=HOUSE, order_ids=[paid], to=PICKING) == [paid]
        assert bench(WAITING, None, 1).rows == []


def test_it_can_be_called_off_before_the_news_of_its_payment_was_delivered(work, shirt, stripe, run_jobs):
    with work():
        order_id = ordered(shirt)
    with work():
        actions.cancel(actor=HOUSE, order_id=order_id)
    run_jobs()
    with work():
        assert status_of(order_id) == CANCELLED


def test_what_staff_gave_back_whole_is_packed_by_nobody(work, paid, stripe, run_jobs):
    with work():
        go(paid, PICKING)
        returns.request_rest(actor=HOUSE, order_id=paid, reason="torn", key="k", restock=False)
    run_jobs()
    with work():
        assert status_of(paid) == CANCELLED


def test_what_was_given_back_before_is_not_packed_and_not_promised_again(
    desk, work, paid, stripe, run_jobs, monkeypatch
):
    with work():
        line = lines_of_order(paid)[0].id
        returns.request_refund(
            actor=HOUSE, order_id=paid, chosen={line: 1}, with_delivery=False, restock=True, reason="torn"
        )
    run_jobs()
    store = desk(Role.STORE)
    page = store.get("/staff/packing").text
    assert '<span class="num">1 ×</span>' in page and '<span class="num">2 ×</span>' not in page
    printed = []

    def as_pdf(orders, pieces, *shop):
        printed.extend((quantity, one.id) for quantity, one in pieces[paid])
        return b"%PDF"

    monkeypatch.setattr(staff, "as_pdf", as_pdf)
    store.get(f"/staff/packing/slips.pdf?order={paid}")
    assert printed == [(1, line)]
    with work():
        actions.cancel(actor=HOUSE, order_id=paid)
    run_jobs()
    with work():
        letter = next(one for one in latest_messages() if "called off" in one.subject)
        assert "30.00" in letter.text and "60.00" not in letter.text


def twice(app, paid: int) -> list[Exception]:
    def cancel() -> None:
        actions.cancel(actor=HOUSE, order_id=paid)

    return at_once(app, cancel, cancel)


def test_calling_off_twice_at_once_is_one_refund(app, work, paid):
    assert twice(app, paid) == []
    with work():
        assert db.session.query(Refund).count() == 1


def without_lock(order_id: int):
    return db.session.get(Fulfilment, order_id, populate_existing=True)


def test_without_lock_and_key_calling_off_twice_at_once_would_be_two_refunds(app, work, paid, monkeypatch):
    monkeypatch.setattr(actions, "_found", meeting(without_lock))
    monkeypatch.setattr(returns, "refund_by_key", lambda key: None)
    monkeypatch.setattr(returns, "HELD_REFUNDS", ())
    with without_unique(work, "uq_refunds_idempotency_key"):
        assert twice(app, paid) == []
        with work():
            assert db.session.query(Refund).count() == 2


def picked_and_called_off(app, paid: int) -> tuple[list[Exception], list[list[int]]]:
    left_out: list[list[int]] = []

    def pick() -> None:
        left_out.append(actions.advance(actor=HOUSE, order_ids=[paid], to=PICKING))

    def cancel() -> None:
        actions.cancel(actor=HOUSE, order_id=paid)

    return at_once(app, pick, cancel), left_out


def test_picking_and_calling_off_at_once_has_one_winner(app, work, paid):
    met, left_out = picked_and_called_off(app, paid)
    with work():
        refunds = db.session.query(Refund).count()
        if status_of(paid) == PICKING:
            assert ([type(error) for error in met], left_out, refunds) == ([TooLateToCancel], [[]], 0)
        else:
            assert (met, left_out, refunds, status_of(paid)) == ([], [[paid]], 1, CANCELLED)


def test_without_the_lock_it_would_be_picked_and_given_back(app, work, paid, monkeypatch):
    monkeypatch.setattr(actions, "_found", meeting(without_lock))
    met, left_out = picked_and_called_off(app, paid)
    with work():
        assert (met, left_out, db.session.query(Refund).count()) == ([], [[]], 1)


@pytest.fixture
def desk(work, client_of):
    """A browser of somebody with this role."""

    def sign_in(role: Role):
        with work():
            now = shop_clock.now()
            made = Account(
                email=f"{role}@store.test", name="Paola", password_hash="!", language="en", created_at=now
            )
            db.session.add(made)
            db.session.flush()
            db.session.add(RoleGrant(account_id=made.id, role=role, granted_by="a test", granted_at=now))
            db.session.flush()
            return client_of(made.id)

    return sign_in


def test_the_bench_takes_many_orders_one_step_and_says_which_had_moved_on(desk, work, shirt, run_jobs):
    with work():
        first, second = ordered(shirt), ordered(shirt, name="cs_2")
        numbers = [order_now(one).number for one in (first, second)]
    run_jobs()
    store = desk(Role.STORE)
    page = store.get("/staff/packing").text
    assert all(number in page for number in numbers) and "Start picking" in page
    assert page.count(" checked>") == 0
    assert store.get("/staff/packing?all=1").text.count(" checked>") == 2
    with work():
        go(second, PICKING)
    answer = store.post(
        "/staff/packing", data={"to": "picking", "order": [first, second]}, follow_redirects=True
    ).text
    assert "1 order is one step further." in answer and "1 order had moved on" in answer
    assert numbers[0] in store.get("/staff/packing?step=picking").text
    for nonsense in ({"to": "done", "order": first}, {"to": "picking"}, {"to": "packed", "order": "x"}):
        page = store.post("/staff/packing", data=nonsense, follow_redirects=True).text
        assert "Tick at least one order." in page
    with work():
        assert status_of(first) == PICKING
    assert numbers[0] not in store.get("/staff/packing?step=picking&place=999").text
    back = store.post("/staff/packing", data={"to": "waiting", "order": [first]}, follow_redirects=True).text
    assert "1 order waits to be picked again." in back and "one step further" not in back
    for to, words in (("picking", "is one step further."), ("waiting", "waits to be picked again.")):
        one = store.post(f"/staff/packing/{numbers[0]}/step", data={"to": to}, follow_redirects=True).text
        assert f"{numbers[0]} {words}" in one


def test_an_order_is_sent_from_its_page_with_its_number(desk, work, paid, client):
    with work():
        go(paid, PICKING, PACKED)
        number = order_now(paid).number
    store = desk(Role.STORE)
    assert "The parcel is on its way" in store.get(f"/staff/orders/{number}").text
    wrong = store.post(f"/staff/packing/{number}/send", data={"carrier": "dhl", "tracking": "<scrip>"})
    assert wrong.status_code == 422 and "Only letters, digits, spaces" in wrong.text
    assert 'value="&lt;scrip&gt;"' in wrong.text
    store.post(f"/staff/packing/{number}/send", data={"carrier": "pigeon", "tracking": "1"})
    with work():
        assert status_of(paid) == PACKED
    store.post(f"/staff/packing/{number}/send", data={"carrier": "brt", "tracking": "0771 23"})
    with work():
        assert status_of(paid) == SENT
        assert CARRIERS["brt"].link("0771 23") in latest_messages()[0].text
    assert "Parcel sent" in store.get(f"/staff/orders/{number}").text

    late = store.post(f"/staff/packing/{number}/send", data={"carrier": "brt", "tracking": "0771 24"})
    assert late.status_code == 409 and "This has moved on in the meantime" in late.text
    assert 'value="0771 24"' in late.text and number in late.text
    right = {"carrier": "brt", "tracking": "0771 24"}
    for _press in range(2):
        assert store.post(f"/staff/packing/{number}/parcel", data=right).status_code == 303
    with work():
        assert CARRIERS["brt"].link("0771 24") in latest_messages()[0].text
        assert subjects()[-2:] == [f"Order {number} is on its way"] * 2
    assert "Number of the parcel put right" in store.get(f"/staff/orders/{number}").text


def test_what_was_packed_wrong_is_opened_again_with_a_reason_and_who_was_told_is_told_to_wait(
    desk, work, paid, shirt
):
    with work():
        pickup = ordered(shirt, Delivery.PICKUP, name="cs_2")
        go(paid, PICKING, PACKED)
        go(pickup, PICKING, PACKED, READY)
        door, store_number = order_now(paid).number, order_now(pickup).number
        told = len(subjects())
        assert actions.advance(actor=HOUSE, order_ids=[paid, pickup], to=PICKING) == [paid, pickup]
    store = desk(Role.STORE)
    silent = store.post(f"/staff/packing/{door}/open", data={"again-reason": " "})
    assert silent.status_code == 422 and "Say why, in a few words." in silent.text
    with work():
        assert (status_of(paid), status_of(pickup)) == (PACKED, READY)
    for number in (door, store_number):
        why = {"again-reason": "One shirt is the wrong size"}
        assert store.post(f"/staff/packing/{number}/open", data=why).status_code == 303
    with work():
        assert (status_of(paid), status_of(pickup)) == (PICKING, PICKING)
        assert subjects()[told:] == [f"Please wait: order {store_number} is not ready after all"]
    page = store.get(f"/staff/orders/{door}").text
    assert "One shirt is the wrong size" in page and "It is packed" in page
    assert store.post(f"/staff/packing/{door}/open", data=why).status_code == 409


def test_a_packing_slip_names_the_pieces_and_no_price(desk, work, paid):
    store = desk(Role.STORE)
    slip = store.get(f"/staff/packing/slips.pdf?order={paid}&order=999&order=x")
    assert (slip.status_code, slip.mimetype) == (200, "application/pdf")
    assert slip.data.startswith(b"%PDF") and b"30.00" not in slip.data
    nothing = store.get("/staff/packing/slips.pdf")
    assert nothing.status_code == 404 and "choose orders in the list first" in nothing.text
    for much in ("0" * 19 + "9" * 19, "9" * 5000):
        assert store.get("/staff/packing/slips.pdf", query_string={"order": much}).status_code == 404


def test_a_packing_slip_keeps_the_address_in_its_own_letters(desk, work, paid):
    with work():
        order = order_now(paid)
        order.name, order.street = "Zoë Świątek", "ул. Витоша 7"
        order.city, order.country = "Θεσσαλονίκη", "GR"
    store = desk(Role.STORE)
    on_paper = letters_on(store.get(f"/staff/packing/slips.pdf?order={paid}").data)
    assert set("Świątek") | set("Витоша") | set("Θεσσαλονίκη") <= on_paper
    assert "?" not in on_paper and MISSING not in on_paper
    with work():
        order_now(paid).name = "田中"
    assert MISSING in letters_on(store.get(f"/staff/packing/slips.pdf?order={paid}").data)


def test_packing_is_for_those_who_may(desk, client, paid, work):
    with work():
        number = order_now(paid).number
    finance = desk(Role.FINANCE)
    assert finance.get("/staff/packing").status_code == 200
    assert finance.post("/staff/packing", data={"to": "picking", "order": paid}).status_code == 403
    assert finance.post(f"/staff/packing/{number}/send", data={}).status_code == 403
    assert client.get("/staff/packing").status_code == 302


def test_the_bench_asks_few_statements_however_much_lies_there(desk, work, shirt, run_jobs, statements):
    with work():
        for number in range(8):
            ordered(shirt, name=f"cs_{number}")
    run_jobs()
    store = desk(Role.STORE)
    with statements() as seen:
        assert store.get("/staff/packing").status_code == 200
    few = seen.count
    with work():
        for number in range(8, 16):
            ordered(shirt, name=f"cs_{number}")
    run_jobs()
    with statements() as seen:
        store.get("/staff/packing")
    assert seen.count == few
