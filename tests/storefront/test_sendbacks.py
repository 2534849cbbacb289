"""What shoppers send back: announced, received, looked at, and settled by one refund to the cent."""

from datetime import timedelta

import pytest

from foundation import clock as shop_clock
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.queries import latest_messages
from foundation.states import IllegalMove
from storefront.delivery.policy import Arrival
from storefront.orders import actions as orders
from storefront.orders.errors import MoreThanPaid, NothingChosen
from storefront.orders.models import Handover, Order, OrderLine, Refund, RefundLine
from storefront.orders.queries import sale
from storefront.returns import actions as returns
from storefront.returns.policy import Returnable
from storefront.reviews.queries import sums_of
from storefront.sendbacks import actions
from storefront.sendbacks.actions import Looked
from storefront.sendbacks.errors import MoreThanLeft, NothingComesBack, NotWithYou, TooLateToReturn
from storefront.sendbacks.models import Sendback, SendbackLine, SendbackStatus, Way, Why
from storefront.sendbacks.policy import delivery_goes_back, still_here
from tests.races import at_once, meeting, without_unique
from tests.storefront.goods import HOUSE, on_hand, order_now, pay, piece, place, shelf, totals_of

SMALL = Why.TOO_SMALL


@pytest.fixture
def bought(work, clock) -> int:
    """A jacket at 80.00 and three shirts at 30.00, delivery 4.90, with the shopper."""
    with work():
        jacket, shirt = shelf("jacket", 8000, 9), shelf("shirt", 3000, 9)
        pieces = [piece(jacket, 8000), piece(shirt, 3000, 3)]
        totals = totals_of([8000, 9000], shipping_minor=490, tax_bps=2200, currency="EUR")
        arrival = Arrival(price_minor=490, back_minor=490)
        placed = place(pieces, session_id="cs_1", totals=totals, arrival=arrival)
        pay(placed.order_id)
        orders.hand_over(actor=HOUSE, order_id=placed.order_id, how=Handover.DELIVERED, reason="courier")
    return placed.order_id


def test_who_pays_for_the_parcel_is_said_before_and_after_it_is_announced(client, desk_of, bought, work):
    with work():
        token, (jacket, shirt) = order_now(bought).token, lines(bought)
    assert "A parcel you pay for yourself" in client.get(f"/orders/{token}/return").text
    desk = desk_of(Role.STORE)
    assert "A parcel you pay for yourself" in desk_of(Role.OWNER).get("/staff/delivery").text
    told = {
        (jacket, SMALL, Way.SHIP): (
            "You pay the carrier for this parcel",
            "The shopper pays for this parcel",
        ),
        (shirt, Why.FAULTY, Way.SHIP): ("We pay for this parcel", "We pay for this parcel."),
        (shirt, Why.WRONG_PIECE, Way.STORE): ("", ""),
    }
    for (line, why, way), (to_shopper, to_staff) in told.items():
        with work():
            number = ask(bought, {line: 1}, why, way).number
            letter = latest_messages()[0].text
        page = client.get(f"/orders/{token}/return/{number}").text
        at_desk = desk.get(f"/staff/returns/{number}").text
        assert to_shopper in letter and to_shopper in page and to_staff in at_desk
        assert (
            ("this parcel" in letter)
            is ("this parcel" in page)
            is ("this parcel" in at_desk)
            is bool(to_staff)
        )


def lines(order_id: int) -> list[int]:
    return [line.line_id for line in sale(order_id).lines]


def ask(order_id: int, chosen: dict[int, int], why: Why = SMALL, way: Way = Way.SHIP) -> Sendback:
    return actions.ask(
        actor=HOUSE,
        order_id=order_id,
        chosen={line_id: (quantity, why) for line_id, quantity in chosen.items()},
        way=way,
        words="",
        until=shop_clock.now() + timedelta(days=1),
    )


def settle(number: str, looked: dict[int, Looked]) -> Sendback:
    return actions.settle(actor=HOUSE, number=number, looked=looked, reason="looked at")


def refunded() -> list[tuple[int, int]]:
    return [(one.amount_minor, one.shipping_minor) for one in db.session.query(Refund).order_by(Refund.id)]


def test_two_of_three_shirts_come_back_one_hangs_on_the_rail_again(work, bought, stripe, run_jobs):
    with work():
        jacket, shirt = lines(bought)
        number = ask(bought, {jacket: 1, shirt: 2}).number
        actions.receive(actor=HOUSE, number=number)
        back = settle(number, {jacket: Looked(1, False), shirt: Looked(1, True)})
        assert back.status == SendbackStatus.SETTLED and back.refund_id is not None
    run_jobs()
    with work():
        assert refunded() == [(11000, 0)]
        parts = {one.order_line_id: (one.quantity, one.put_back) for one in db.session.query(RefundLine)}
        assert parts == {jacket: (1, 0), shirt: (1, 1)}
        shirt_variant = db.session.get_one(OrderLine, shirt).variant_id
        assert on_hand(shirt_variant) == 7
        told = [letter.subject for letter in reversed(latest_messages())]
        assert told[-3:] == [f"Your return {number}", f"Return {number} is here", told[-1]]
        assert told[-1].startswith("Money back")


def test_delivery_goes_back_when_nothing_of_the_order_stays(work, bought, stripe, run_jobs):
    with work():
        jacket, shirt = lines(bought)
        first = ask(bought, {shirt: 1}).number
        actions.receive(actor=HOUSE, number=first)
        settle(first, {shirt: Looked(1, True)})
        rest = ask(bought, {jacket: 1, shirt: 2}).number
        actions.receive(actor=HOUSE, number=rest)
        settle(rest, {jacket: Looked(1, True), shirt: Looked(2, True)})
    run_jobs()
    with work():
        assert refunded() == [(3000, 0), (14490, 490)]
        assert sum(amount for amount, _ in refunded()) == order_now(bought).captured_minor


def test_of_a_dearer_way_goes_back_what_an_ordinary_one_costs(work, bought, stripe, run_jobs):
    with work():
        db.session.get_one(Order, bought).delivery_back_minor = 200
        jacket, shirt = lines(bought)
        whole = ask(bought, {jacket: 1, shirt: 3}).number
        actions.receive(actor=HOUSE, number=whole)
        settle(whole, {jacket: Looked(1, True), shirt: Looked(3, True)})
    run_jobs()
    with work():
        assert refunded() == [(17200, 200)]


def test_what_is_on_its_way_cannot_be_announced_again_until_it_is_called_off(work, bought):
    with work():
        jacket, shirt = lines(bought)
        number = ask(bought, {shirt: 2}).number
        for too_many in ({shirt: 2}, {jacket: 2}, {shirt: 0}, {999: 1}):
            with pytest.raises(MoreThanLeft):
                ask(bought, too_many)
        with pytest.raises(NothingComesBack):
            ask(bought, {})
        actions.call_off(actor=HOUSE, number=number)
        assert ask(bought, {shirt: 3}).number != number
        with pytest.raises(IllegalMove):
            actions.receive(actor=HOUSE, number=number)


def test_the_window_is_kept_and_nothing_comes_back_that_is_not_with_the_shopper(client, work, bought, clock):
    with work():
        waiting = place([piece(shelf("scarf", 2000), 2000)], session_id="cs_2").order_id
        with pytest.raises(NotWithYou):
            ask(waiting, {lines(waiting)[0]: 1})
        token, shirt = order_now(bought).token, lines(bought)[1]
    told = {"way": "ship", f"line-{shirt}": "1", f"why-{shirt}": "too_small"}
    clock.advance(days=30)
    assert "Send something back" in client.get(f"/orders/{token}").text
    clock.advance(minutes=1)
    assert "Send something back" not in client.get(f"/orders/{token}").text
    assert client.post(f"/orders/{token}/return", data=told).status_code == 409
    with work():
        assert db.session.query(Sendback).count() == 0
        with pytest.raises(TooLateToReturn):
            actions.ask(
                actor=HOUSE,
                order_id=bought,
                chosen={shirt: (1, SMALL)},
                way=Way.SHIP,
                words="",
                until=shop_clock.now() - timedelta(seconds=1),
            )


def test_what_cannot_be_accepted_is_refused_with_a_reason_and_costs_nothing(work, bought, stripe, run_jobs):
    with work():
        shirt = lines(bought)[1]
        number = ask(bought, {shirt: 1}).number
        with pytest.raises(IllegalMove):
            settle(number, {shirt: Looked(1, True)})
        actions.receive(actor=HOUSE, number=number)
        with pytest.raises(MoreThanLeft), db.session.begin_nested():
            settle(number, {shirt: Looked(2, True)})
    with work():
        back = actions.settle(
            actor=HOUSE, number=number, looked={shirt: Looked(0, True)}, reason="It was worn to a wedding."
        )
        assert (back.status, refunded()) == (SendbackStatus.REFUSED, [])
        assert "It was worn to a wedding." in latest_messages()[0].text
        assert ask(bought, {shirt: 3})


def settled_twice(app, work, bought) -> list[Exception]:
    with work():
        shirt = lines(bought)[1]
        number = ask(bought, {shirt: 1}).number
        actions.receive(actor=HOUSE, number=number)

    def do() -> None:
        settle(number, {shirt: Looked(1, True)})

    return at_once(app, do, do)


def test_settling_twice_at_once_is_one_refund(app, work, bought):
    met = settled_twice(app, work, bought)
    with work():
        assert ([type(error) for error in met], refunded()) == ([IllegalMove], [(3000, 0)])


def test_without_lock_and_key_settling_twice_at_once_would_be_two_refunds(app, work, bought, monkeypatch):
    def unlocked(number: str) -> Sendback:
        return db.session.query(Sendback).filter_by(number=number).populate_existing().one()

    monkeypatch.setattr(returns, "refund_by_key", lambda key: None)
    real = actions._locked
    with without_unique(work, "uq_refunds_idempotency_key", "uq_sendbacks_refund_id"):
        with work():
            shirt = lines(bought)[1]
            number = ask(bought, {shirt: 1}).number
            actions.receive(actor=HOUSE, number=number)
        monkeypatch.setattr(actions, "_locked", meeting(unlocked))
        met = at_once(app, *[lambda: settle(number, {shirt: Looked(1, True)})] * 2)
        monkeypatch.setattr(actions, "_locked", real)
        with work():
            assert (met, refunded()) == ([], [(3000, 0), (3000, 0)])


def test_asking_for_the_last_piece_twice_at_once_is_one_return(app, work, bought):
    with work():
        jacket = lines(bought)[0]
    met = at_once(app, lambda: ask(bought, {jacket: 1}), lambda: ask(bought, {jacket: 1}))
    with work():
        assert ([type(error) for error in met], db.session.query(Sendback).count()) == ([MoreThanLeft], 1)


def test_without_the_lock_the_last_piece_would_be_announced_twice(app, work, bought, monkeypatch):
    with work():
        jacket = lines(bought)[0]
    monkeypatch.setattr(actions, "locked", lambda *_: order_now(bought))
    monkeypatch.setattr(actions, "spoken_for", meeting(actions.spoken_for))
    assert at_once(app, lambda: ask(bought, {jacket: 1}), lambda: ask(bought, {jacket: 1})) == []
    with work():
        assert db.session.query(Sendback).count() == 2


def test_goodwill_gives_a_sum_without_a_piece_and_never_more_than_is_left(work, bought, stripe, run_jobs):
    def give(minor: int, key: str) -> Refund:
        return returns.request_goodwill(
            actor=HOUSE, order_id=bought, amount_minor=minor, reason="late parcel", key=key
        )

    with work():
        give(1000, "a")
        give(1000, "a")
        assert refunded()[0][0] == 1000 and len(refunded()) == 1
        with pytest.raises(NothingChosen):
            give(0, "b")
        with pytest.raises(MoreThanPaid):
            give(16491, "c")
        give(16490, "d")
        assert sum(amount for amount, _ in refunded()) == 17490
        assert all(part.quantity == 0 for part in db.session.query(RefundLine))
        for refund in db.session.query(Refund):
            parts = db.session.query(RefundLine).filter_by(refund_id=refund.id)
            assert sum(part.amount_minor for part in parts) + refund.shipping_minor == refund.amount_minor
    run_jobs()
    with work():
        assert len(stripe) == 2


def test_a_piece_whose_money_went_back_as_goodwill_comes_back_for_nothing(
    client, work, bought, stripe, run_jobs
):
    with work():
        jacket = lines(bought)[0]
        order = order_now(bought)
        returns.request_goodwill(
            actor=HOUSE, order_id=bought, amount_minor=order.captured_minor, reason="a flood", key="a"
        )
        number = ask(bought, {jacket: 1}).number
        actions.receive(actor=HOUSE, number=number)
        assert settle(number, {jacket: Looked(1, True)}).status == SendbackStatus.SETTLED
    run_jobs()
    with work():
        assert refunded() == [(17490, 490), (0, 0)] and len(stripe) == 1
        assert [one.status for one in db.session.query(Refund)] == ["succeeded", "succeeded"]
        assert on_hand(db.session.get_one(OrderLine, jacket).variant_id) == 9
        assert [letter.subject.startswith("Money back") for letter in latest_messages()].count(True) == 1
        assert sum(letter.subject.startswith("Back with us") for letter in latest_messages()) == 1
        with pytest.raises(MoreThanLeft):
            ask(bought, {jacket: 1})
        token = order_now(bought).token
    for page in (client.get(f"/orders/{token}"), client.get(f"/orders/{token}/return/{number}")):
        assert "−€0.00" not in page.text
    assert "Came back to us" in client.get(f"/orders/{token}").text
    assert "nothing left to give back" in client.get(f"/orders/{token}/return/{number}").text


def test_a_reason_of_size_speaks_for_the_fit_of_the_piece(work, bought):
    with work():
        shirt = db.session.get_one(OrderLine, lines(bought)[1])
        ask(bought, {shirt.id: 2})
        scale = sums_of(shirt.product_id).scale
        assert (scale.small, scale.true, scale.large) == (1, 0, 0)
        assert db.session.query(SendbackLine).one().why == "too_small"


def test_the_policy_of_what_is_left_and_of_delivery():
    first = Returnable(1, 10, 3, 9000, 1, 3000)
    second = Returnable(2, 20, 1, 8000, 0, 0)
    assert still_here([first, second], {(1, 0): 1}) == {(1, 0): 1, (2, 0): 1}
    assert still_here([first], {(1, 0): 9}) == {(1, 0): 0}
    assert delivery_goes_back([first, second], {(1, 0): 2, (2, 0): 1})
    assert not delivery_goes_back([first, second], {(1, 0): 2})
    assert not delivery_goes_back([first], {})


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


def test_from_the_shoppers_form_to_the_settled_return(client, desk, work, bought, stripe, run_jobs):
    with work():
        token = order_now(bought).token
        shirt = lines(bought)[1]
    path = f"/orders/{token}/return"
    assert client.get(path).status_code == 200
    for incomplete in ({}, {f"line-{shirt}": "1"}, {f"line-{shirt}": "9", f"why-{shirt}": "faulty"}):
        assert client.post(path, data={"way": "ship"} | incomplete).status_code == 422
    assert (
        client.post(path, data={f"line-{shirt}": "1", f"why-{shirt}": "faulty", "way": "x"}).status_code
        == 422
    )
    answer = client.post(
        path, data={"way": "ship", f"line-{shirt}": "2", f"why-{shirt}": "too_small", "words": "Tight."}
    )
    where = answer.headers["Location"]
    page = client.get(where).text
    assert "Pack it and send it" in page and "<svg" in page and "Too small" in page
    slip = client.get(f"{where}/label.pdf")
    assert slip.mimetype == "application/pdf" and slip.data.startswith(b"%PDF")
    number = where.rpartition("/")[2]
    assert client.get(f"/orders/nonsense/return/{number}").status_code == 404
    store = desk(Role.STORE)
    assert number in store.get("/staff/returns?tray=asked").text
    assert "It is here" in store.get(f"/staff/returns/{number}").text
    store.post(f"/staff/returns/{number}/receive")
    assert number in store.get("/staff").text and "Tight." in store.get(f"/staff/returns/{number}").text
    for incomplete in ({}, {"reason": "x", f"line-{shirt}": "two"}):
        assert store.post(f"/staff/returns/{number}/settle", data=incomplete).status_code == 422
    done = {"reason": "all fine", f"line-{shirt}": "2", f"restock-{shirt}": "y"}
    settled = store.post(f"/staff/returns/{number}/settle", data=done, follow_redirects=True)
    assert f"{number} is settled: €60.00 goes back." in settled.text
    run_jobs()
    with work():
        assert refunded() == [(6000, 0)]
    assert "Given back" in client.get(f"/orders/{token}").text
    assert "R-" in store.get(f"/staff/orders/{_number(work, bought)}").text
    late = client.post(f"{where}/call-off", follow_redirects=True)
    assert "moved on in the meantime" in late.text and "Given back" in late.text


def _number(work, order_id: int) -> str:
    with work():
        return order_now(order_id).number


def test_money_and_receipt_of_returns_are_for_those_who_may(desk, client, work, bought):
    with work():
        number = ask(bought, {lines(bought)[0]: 1}).number
    finance = desk(Role.FINANCE)
    assert finance.post(f"/staff/returns/{number}/receive").status_code == 403
    assert client.get("/staff/returns").status_code == 302
    assert desk(Role.CATALOGUE).get(f"/staff/returns/{number}").status_code == 403


def test_the_account_lists_what_came_back(client_of, work, account, clock):
    with work():
        placed = place([piece(shelf("shirt", 3000), 3000)], session_id="cs_1", account_id=account)
        pay(placed.order_id)
        orders.hand_over(actor=HOUSE, order_id=placed.order_id, how=Handover.DELIVERED, reason="courier")
        number = ask(placed.order_id, {lines(placed.order_id)[0]: 1}).number
    page = client_of(account).get("/account/returns").text
    assert number in page and "On its way to us" in page


def test_staff_make_something_good_once_and_never_more_than_is_left(desk, work, bought):
    number = _number(work, bought)
    finance = desk(Role.FINANCE)
    path = f"/staff/orders/{number}/goodwill"
    page = finance.get(path).text
    assert "174.90" in page and 'name="off_earnings"' in page and "checked" not in page
    for nonsense in ("", "ten", "-5", "1.234,56", "12.505", "0"):
        assert finance.post(path, data={"amount": nonsense, "reason": "late"}).status_code in (400, 422)
    too_much = finance.post(path, data={"amount": "174.91", "reason": "late"})
    assert too_much.status_code == 409 and 'value="174.91"' in too_much.text
    assert "That is more than can still be given back on this order. Nothing was changed." in too_much.text
    for _ in range(2):
        told = {"amount": "12,50", "reason": "late parcel", "form_key": "one page"}
        assert finance.post(path, data=told).status_code == 303
    refused = finance.post(path, data={"amount": "x", "reason": "flaw", "off_earnings": "y"})
    assert "checked" in refused.text
    told = {"amount": "10", "reason": "wrong price", "form_key": "another", "off_earnings": "y"}
    assert finance.post(path, data=told).status_code == 303
    with work():
        assert [minor for minor, _ in refunded()] == [1250, 1000]
        parts = db.session.query(RefundLine).order_by(RefundLine.refund_id)
        assert [one.counted_minor for one in parts] == [0, 0, 457, 515]
    assert desk(Role.CATALOGUE).get(path).status_code == 403
