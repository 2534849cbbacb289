"""Fraud control on the database: what is gathered, what a hold does to the money, who decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from commissions.accruals.actions import mature
from commissions.claims.models import Receipt
from commissions.holds.models import Hold
from commissions.ledger.queries import editor_balance
from commissions.payees.actions import note_payee
from commissions.payouts.actions import prepare_run
from commissions.payouts.errors import NothingToPay
from commissions.signals import actions, jobs
from commissions.signals.actions import note, release, reverse
from commissions.signals.errors import CaseDecided, OwnCase
from commissions.signals.gathering import editors_seen, sales_seen, trace
from commissions.signals.models import Case, CaseStatus, LookedSale, Noticed
from commissions.signals.policy import Kind, Signal, Thresholds
from commissions.signals.watching import look_at_editors, look_at_sales
from commissions.statements.proof import verify
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation import payments
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from foundation.money import Money
from foundation.payments.objects import Payee as StripePayee
from foundation.payments.objects import PayeeStatus
from foundation.privacy.chapters import Person, chapters
from storefront.orders.models import Order
from tests.commissions.conftest import make_staff
from tests.commissions.sales import TESTS, click, sell, tell_paid
from tests.editors.conftest import make_editor
from tests.races import at_once, meeting

KEY = b"a key"
LIMITS = Thresholds()
TWO = [Signal(Kind.OWN_CARD, {}), Signal(Kind.OWN_ADDRESS, {})]


def account_of(editor_id: int) -> int:
    return db.session.get_one(Editor, editor_id).account_id


def noticed(shop, order_id: int | None, signals=TWO) -> Case:
    found = note(
        actor=TESTS,
        editor_id=shop.editor_id,
        order_id=order_id,
        order_number=db.session.get_one(Order, order_id).number if order_id else None,
        signals=signals,
        limits=LIMITS,
        return_days=30,
    )
    assert found is not None
    return found


def paid_to(editor_id: int, fingerprint: str) -> None:
    note_payee(
        actor=TESTS,
        editor_id=editor_id,
        seen=StripePayee(
            id=f"acct_{editor_id}",
            status=PayeeStatus.ACTIVE,
            requirements=(),
            email="",
            destination=f"ba_{editor_id}_{fingerprint}",
            fingerprint=fingerprint,
        ),
    )


def balance(shop) -> tuple[int, int, int]:
    now = editor_balance(shop.editor_id, "EUR")
    return now.pending.minor, now.held.minor, now.payable.minor


def staff(shop) -> dict[str, object]:
    return {"actor": Actor.staff(shop.luca_id, "Luca"), "reason": "spoke on the phone", "return_days": 30}


def test_the_facts_of_a_sale_are_gathered_and_what_is_not_known_stays_unknown(shop, work, clock):
    with work():
        theirs = account_of(shop.editor_id)
        own = sell(shop.product_id, account_id=theirs, email="giulia@example.test")
        tell_paid(own)
        click(shop.code, "visit-1")
    clock.advance(seconds=1)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        db.session.execute(update(Order).where(Order.id == order).values(checkout_began_at=Order.placed_at))
        tell_paid(order)
        (bare,) = sales_seen([order, own], KEY)  # nobody earns by the editor's own purchase
        assert (bare.order_id, bare.editor_id) == (order, shop.editor_id)
        assert bare.facts.same_card is None and bare.facts.same_mail is None and bare.facts.same_payee is None
        assert bare.facts.same_address is True and bare.facts.click_ms == 1000
        assert bare.facts.mail_host == "example.test" and bare.facts.referrer is None
        card, mail = trace(KEY, "card"), trace(KEY, "anna@example.test")
        actions.note_looked(traces=[(own, card, None), (order, card, mail), (order, None, None)])
        (full,) = sales_seen([order], KEY)
        assert full.facts == replace(bare.facts, same_card=True, same_mail=False)
        db.session.execute(update(Order).where(Order.id == order).values(street="via po, 1"))
        assert sales_seen([order], KEY)[0].facts.same_address is True
        db.session.execute(update(Order).where(Order.id == order).values(street="Via Po 11"))
        assert sales_seen([order], KEY)[0].facts.same_address is False
        (seen,) = [facts for editor, facts in editors_seen(shop_clock.now()) if editor == shop.editor_id]
        assert (seen.burst, seen.clicks, seen.bags, seen.card_buyers) == (1, 1, 0, 1)
        assert seen.same_person is None and seen.mutual is None and seen.code_orders is None


def test_two_who_are_paid_to_one_bank_account_are_known_by_it(shop, work, clock):
    with work():
        marta = make_editor("Marta Conti", "marta")
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(
            shop.product_id, visit="visit-1", account_id=account_of(marta), email="marta@example.test"
        )
        tell_paid(order)
        paid_to(shop.editor_id, "fp_home")
        assert sales_seen([order], KEY)[0].facts.same_payee is False
        paid_to(marta, "fp_other")
        assert sales_seen([order], KEY)[0].facts.same_payee is False
        assert [facts.same_person for _editor, facts in editors_seen(shop_clock.now())] == [None]
        paid_to(marta, "fp_home")
        assert sales_seen([order], KEY)[0].facts.same_payee is True
        assert {editor: facts.same_person for editor, facts in editors_seen(shop_clock.now())} == {
            shop.editor_id: 2,
            marta: 2,
        }
        look_at_sales(order_ids=[order], key=KEY, brand="Vetrina", limits=LIMITS, return_days=30)
        look_at_editors(limits=LIMITS, return_days=30)
        kinds = db.session.execute(select(Case.editor_id, Noticed.kind).join(Noticed)).all()
        assert sorted(kinds) == [
            (shop.editor_id, Kind.ONE_PERSON),
            (shop.editor_id, Kind.OWN_PAYEE),
            (marta, Kind.ONE_PERSON),
        ]


def test_a_sale_is_looked_at_once_after_it_was_paid_and_stripe_says_by_which_card(
    app, shop, work, clock, monkeypatch
):
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1", email="someone@mailinator.com")
        db.session.execute(update(Order).where(Order.id == order).values(payment_intent_id="pi_demo_1"))
        tell_paid(order)
    asked = []

    def payer(*, payment_intent: str) -> payments.Payer:
        asked.append(payment_intent)
        if len(asked) == 1:
            raise payments.PaymentsUnreachable()
        return payments.Payer(card="fingerprint", email="giulia@example.test")

    monkeypatch.setattr(payments, "fetch_payer", payer)
    with app.app_context():
        assert jobs.look_at_new() == 0  # Stripe is away: the sale waits for the next minute
        assert jobs.look_at_new() == 1
        assert jobs.look_at_new() == 0
        jobs.look_again()  # the night finds nothing new
    assert asked == ["pi_demo_1"] * 2
    with work():
        looked = db.session.scalars(select(LookedSale)).one()
        assert looked.order_id == order and looked.card is not None and b"fingerprint" not in looked.card
        case = db.session.scalars(select(Case)).one()
        kinds = set(db.session.scalars(select(Noticed.kind)))
        # Giulia's own mailbox at the payment, and a throw-away one on the order: two, so it is held.
        assert kinds == {Kind.OWN_MAIL, Kind.DISPOSABLE_MAIL} and case.status == CaseStatus.HELD
        assert balance(shop) == (0, 1867, 0) and verify().ok
        person = Person(account_of(shop.editor_id), "someone@mailinator.com")
        for chapter in chapters():
            if chapter.name == "signals":
                assert len(chapter.tell(person)) == 1
                chapter.forget(person)
        db.session.refresh(looked)
        assert looked.card is None and looked.mail is None


def test_one_signal_asks_and_says_nothing_two_hold_and_no_run_pays_it(shop, owed, work, clock):
    with work():
        assert noticed(shop, owed, TWO[:1]).status == CaseStatus.FLAGGED
        assert balance(shop) == (0, 0, 1867)
    assert db_letters(work) == []
    with work():
        case = noticed(shop, owed)
        assert case.status == CaseStatus.HELD and noticed(shop, owed).id == case.id
        assert balance(shop) == (0, 1867, 0) and verify().ok
    (letter,) = db_letters(work)
    assert "We are looking at order" in letter.subject
    assert "card" not in letter.text and "address" not in letter.text and "Anna" not in letter.text
    clock.advance(days=400)  # neglect releases nothing
    with work():
        mature(actor=TESTS)
        assert balance(shop) == (0, 1867, 0)
    with work(), pytest.raises(NothingToPay):
        prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=Money(1000, "EUR"))
    with work():
        release(case_id=case.id, reply="Thank you.", **staff(shop))
        assert balance(shop) == (0, 0, 1867) and verify().ok
        assert noticed_again(shop, owed) is None  # what staff let go is not held again for the same
        assert dict(db.session.execute(select(AuditRow.action, AuditRow.reason)).all())[
            "signals.release"
        ] == ("spoke on the phone")
    assert any("is released" in one.subject and "Thank you." in one.text for one in db_letters(work))


def noticed_again(shop, order_id: int) -> Case | None:
    number = db.session.get_one(Order, order_id).number
    return note(
        actor=TESTS,
        editor_id=shop.editor_id,
        order_id=order_id,
        order_number=number,
        signals=TWO,
        limits=LIMITS,
        return_days=30,
    )


def db_letters(work) -> list[Message]:
    with work():
        found = select(Message).where(Message.text.contains("/studio/held/")).order_by(Message.id)
        return list(db.session.scalars(found))


def test_what_is_taken_back_is_a_second_decision_that_credits_nobody(shop, owed, work, client_of):
    with work():
        case = noticed(shop, owed)
        reverse(case_id=case.id, reply="It was your own card.", **staff(shop))
        first, second = db.session.scalars(select(Receipt).order_by(Receipt.id)).all()
        assert first.replaced_at is not None and (second.editor_id, second.rule) == (None, "nobody")
        assert balance(shop) == (0, 0, 0) and verify().ok
        assert db.session.scalars(select(Hold.released_at)).one() is not None
        number, giulia = second.order_number, client_of(account_of(shop.editor_id))
        luca = client_of(shop.luca_id)
    mine = giulia.get(f"/studio/orders/{number}").get_data(as_text=True)
    assert "Staff credited it to nobody" in mine and "How it was decided before" in mine
    theirs = luca.get(f"/staff/receipts/{number}").get_data(as_text=True)
    assert "credited nobody, with a reason" in theirs
    shown = giulia.get("/studio/held").get_data(as_text=True)
    assert "Taken back" in shown


def test_several_signals_of_an_editor_hold_all_that_waits_and_what_comes_later(shop, owed, work, clock):
    many = [Signal(Kind.BURST, {"visits": 80}), Signal(Kind.NO_INTEREST, {"clicks": 900, "bags": 0})]
    with work():
        case = noticed(shop, None, many)
        assert case.status == CaseStatus.HELD and balance(shop) == (0, 1867, 0)
        click(shop.code, "visit-9", b"z" * 16)
    clock.advance(minutes=20)
    with work():
        later = sell(shop.product_id, visit="visit-9")
        tell_paid(later)
        assert actions.join_held(actor=TESTS, editor_id=shop.editor_id, return_days=30) == 1
        assert actions.join_held(actor=TESTS, editor_id=shop.editor_id, return_days=30) == 0
        assert balance(shop) == (0, 2 * 1867, 0)
        # A sale that is noticed by itself meanwhile stays held when all the rest is released.
        own = noticed(shop, later, TWO[:1])
        assert own.status == CaseStatus.HELD
        release(case_id=case.id, reply="All good.", **staff(shop))
        assert balance(shop) == (0, 1867, 1867) and verify().ok
        release(case_id=own.id, reply="This one, too.", **staff(shop))
        assert balance(shop) == (1867, 0, 1867) and verify().ok
        assert db.session.scalar(select(func.count()).where(Hold.released_at.is_(None))) == 0
    assert len(db_letters(work)) == 4


def test_the_editor_reads_the_class_alone_and_an_answer_loses_nothing(shop, owed, work, client_of):
    with work():
        case_id = noticed(shop, owed).id
        giulia, luca = client_of(account_of(shop.editor_id)), client_of(shop.luca_id)
        noor, stranger = client_of(make_staff("Noor", Role.COMMUNITY)), client_of(shop.sara_id)
    page = f"/studio/held/{case_id}"
    shown = giulia.get(page).get_data(as_text=True)
    assert "We are looking at who bought here." in shown and "€18.67" in shown
    assert "own card" not in shown and "Anna" not in shown and "address is" not in shown
    assert "€18.67 of yours is held" in giulia.get("/studio").get_data(as_text=True)
    short = giulia.post(page, data={"words": "my aunt"})
    assert short.status_code == 422 and "my aunt</textarea>" in short.get_data(as_text=True)
    words = "My aunt paid with my card, and I gave her the money."
    assert giulia.post(page, data={"words": words}).status_code == 303
    assert words in giulia.get(page).get_data(as_text=True)
    assert stranger.get(page).status_code == 403
    # Finance decides; community sees it and cannot; whoever has no part in money sees nothing.
    desk = luca.get("/staff").get_data(as_text=True)
    assert "The editor has answered" in desk
    staffs = f"/staff/signals/{case_id}"
    with work():
        hold_id = db.session.scalars(select(Hold.id)).one()
    past = luca.post(f"/staff/holds/{hold_id}/release", data={"reason": "past the evidence"})
    assert past.location == "/staff/signals"
    with work():
        assert db.session.scalars(select(Hold.released_at)).one() is None
    seen = luca.get(staffs).get_data(as_text=True)
    assert words in seen and "own card" in seen and "Families share cards" in seen
    assert "Finance decides on this." in noor.get(staffs).get_data(as_text=True)
    assert noor.post(staffs, data={"do": "release", "reply": "ok", "reason": "ok"}).status_code == 403
    assert stranger.get(staffs).status_code == 403
    lacking = luca.post(staffs, data={"do": "release", "reply": "", "reason": "she paid it back"})
    assert lacking.status_code == 422 and "she paid it back" in lacking.get_data(as_text=True)
    given = {"do": "release", "reply": "Thank you for telling us.", "reason": "she paid it back"}
    assert luca.post(staffs, data=given).status_code == 303
    late = giulia.post(page, data={"words": "One thing more that I forgot to say."})
    assert late.status_code == 409 and "forgot to say" in late.get_data(as_text=True)
    assert "Thank you for telling us." in giulia.get(page).get_data(as_text=True)
    assert luca.get("/staff/signals?pile=decided&kind=own_card").status_code == 200
    assert "Nothing is held" in luca.get("/staff/signals").get_data(as_text=True)
    with work(), pytest.raises(CaseDecided):
        release(case_id=case_id, reply="again", **staff(shop))


def test_nobody_decides_on_what_they_earn_themselves(shop, owed, work):
    with work():
        case = noticed(shop, owed)
        me = Actor.staff(account_of(shop.editor_id), "Giulia")
        with pytest.raises(OwnCase):
            release(actor=me, case_id=case.id, reply="x", reason="x", return_days=30)


@pytest.fixture
def both_decide(app, shop, owed, work):
    """One releases and another takes back, at the same moment; the errors they met."""
    with work():
        case_id = noticed(shop, owed).id

    def decide() -> list[Exception]:
        return at_once(
            app,
            lambda: release(case_id=case_id, reply="Yes.", **staff(shop)),
            lambda: reverse(case_id=case_id, reply="No.", **staff(shop)),
        )

    return decide


def test_of_two_who_decide_at_once_one_does(both_decide, shop, work):
    (refused,) = both_decide()
    assert isinstance(refused, CaseDecided)
    with work():
        case = db.session.scalars(select(Case)).one()
        released = case.status == CaseStatus.RELEASED
        assert balance(shop) == ((0, 0, 1867) if released else (0, 0, 0)) and verify().ok
        ends = select(func.count()).where(AuditRow.action.in_(["signals.release", "signals.reverse"]))
        assert db.session.scalar(ends) == 1


def test_twin_without_the_lock_both_believe_that_they_decide(both_decide, monkeypatch):
    def unlocked(model, ids):
        found = db.session.scalars(select(model).where(model.id.in_(ids))).all()
        return found

    monkeypatch.setattr(actions, "lock_rows", meeting(unlocked))
    met = both_decide()
    # The books still refuse the second hand on the hold or the receipt; the sentence that somebody was
    # faster is what is lost.
    assert not any(isinstance(one, CaseDecided) for one in met)


def test_noticed_by_two_workers_at_once_it_is_one_case(app, shop, owed, work):
    with work():
        number = db.session.get_one(Order, owed).number

    def look() -> None:
        note(
            actor=TESTS,
            editor_id=shop.editor_id,
            order_id=owed,
            order_number=number,
            signals=TWO,
            limits=LIMITS,
            return_days=30,
        )

    assert at_once(app, look, look) == []
    with work():
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1
        assert db.session.scalar(select(func.count()).select_from(Noticed)) == 2
        assert db.session.scalar(select(func.count()).select_from(Hold)) == 1
        assert verify().ok
    assert len(db_letters(work)) == 1
