"""An order an editor expected to be theirs: the verdict at once, staff's answer, the money that follows."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from commissions.accruals.actions import mature
from commissions.accruals.models import Commission
from commissions.claims.models import Claim, Receipt
from commissions.ledger.models import EntryKind, LedgerEntry
from commissions.ledger.queries import editor_balance
from commissions.missing import actions
from commissions.missing.errors import DecidedBefore, NothingToReport
from commissions.missing.models import CameBy, MissingSale
from commissions.missing.policy import NUMBERS_A_DAY, TAKEN_FOR, Known, Verdict, judge
from commissions.payouts.jobs import send_payout
from commissions.statements.proof import verify
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from storefront.orders.models import Order
from tests.commissions.conftest import make_staff
from tests.commissions.sales import (
    TESTS,
    click,
    give_back,
    sell,
    tell_paid,
    tell_refunded,
)
from tests.commissions.test_sending import approved, in_app
from tests.editors.conftest import make_editor
from tests.races import at_once, meeting, read_without_lock

WORDS = "I showed her the look on Saturday, and she bought it on the train home."


@pytest.fixture
def missed(shop, work, clock) -> dict[str, int]:
    """A sale that Giulia's link won, and Marta, who says it was hers; Noor of the community decides."""
    with work():
        marta = make_editor("Marta Conti", "marta")
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        tell_paid(order)
        noor = make_staff("Noor", Role.COMMUNITY)
    return {"order": order, "marta": marta, "giulia": shop.editor_id, "noor": noor}


def number_of(order_id: int) -> str:
    return db.session.get_one(Order, order_id).number


def account_of(editor_id: int) -> int:
    return db.session.get_one(Editor, editor_id).account_id


def reported(missed: dict[str, int], who: str = "marta") -> int:
    return actions.report(
        actor=TESTS,
        editor_id=missed[who],
        number=number_of(missed["order"]),
        came_by=CameBy.STORE,
        words=WORDS,
    ).id


def answered(missed: dict[str, int], missing_id: int, *, grant: bool = True) -> MissingSale:
    return actions.answer(
        actor=Actor.staff(missed["noor"], "Noor"),
        missing_id=missing_id,
        grant=grant,
        reply="You are right, thank you.",
        reason="saw the message",
        return_days=30,
    )


def holds(editor_id: int) -> tuple[int, int]:
    balance = editor_balance(editor_id, "EUR")
    return balance.pending.minor, balance.payable.minor


def test_a_verdict_is_the_first_that_holds_and_never_says_who_else(clock):
    now = shop_clock.now()
    paid = now - TAKEN_FOR / 2
    cases = {
        Known(paid_at=None): Verdict.NOT_FOUND,
        Known(paid, decided=True): Verdict.OTHER,
        Known(paid): Verdict.UNDECIDED,
        Known(paid, decided=True, bought_it=True): Verdict.OWN_PURCHASE,
        Known(paid, decided=True, credited=True): Verdict.YOURS,
        Known(paid, decided=True, credited=True, reported=True): Verdict.YOURS,
        Known(paid, decided=True, reported=True): Verdict.REPORTED,
        Known(now - TAKEN_FOR * 2, decided=True): Verdict.TOO_LATE,
        Known(now - TAKEN_FOR * 2, decided=True, reported=True): Verdict.REPORTED,
        Known(now - TAKEN_FOR * 2, decided=True, credited=True): Verdict.YOURS,
        Known(now - TAKEN_FOR, decided=True): Verdict.OTHER,
    }
    assert {known: judge(known, now) for known in cases} == cases


def test_the_studio_answers_at_once_and_lets_nobody_guess(missed, shop, work, client_of, clock):
    with work():
        number, page = number_of(missed["order"]), "/studio/orders/missing"
        own = number_of(_own_purchase(shop, missed))
        marta, giulia = client_of(account_of(missed["marta"])), client_of(account_of(missed["giulia"]))

    def said(client, number: str) -> str:
        return client.post(page, data={"number": number}).get_data(as_text=True)

    assert "credited to you" in said(giulia, number.lower())
    for typed in ("10042", "v 10042", " V10042 ", "v–10042"):
        assert "There is no paid order V-10042" in said(marta, typed)
    assert "There is no paid order V-0" in said(marta, "V-0")
    assert "is your own purchase" in said(marta, own)
    other = said(marta, f" {number} ")
    assert "came to us another way" in other and "Giulia" not in other and "anna@" not in other
    assert "18.67" not in other and "Lina" not in other
    # The same words when nobody has the credit: nobody counts the sales of others.
    with work():
        nobodys = sell(shop.product_id)
        tell_paid(nobodys)
        uncredited = number_of(nobodys)
    assert said(marta, uncredited).replace(uncredited, "N").count("came to us another way") == 1
    for _ in range(NUMBERS_A_DAY - 4):
        said(marta, "V-0")
    refused = marta.post(page, data={"number": number})
    assert refused.status_code == 429 and "Ask again tomorrow" in refused.get_data(as_text=True)
    clock.advance(days=1)
    assert "came to us another way" in said(marta, number)


def _own_purchase(shop, missed) -> int:
    order = sell(shop.product_id, account_id=account_of(missed["marta"]))
    tell_paid(order)
    return order


def test_a_report_keeps_what_was_typed_and_goes_to_staff_with_a_deadline(
    missed, work, client_of, outbox, run_jobs
):
    with work():
        number, marta = number_of(missed["order"]), client_of(account_of(missed["marta"]))
        noor, order_id = client_of(missed["noor"]), missed["order"]
    page = "/studio/orders/missing/report"
    short = marta.post(page, data={"number": number, "words": "hers", "came_by": "code"})
    assert short.status_code == 422 and "hers</textarea>" in short.get_data(as_text=True)
    broken = (io.BytesIO(b"no picture"), "proof.png")
    refused = marta.post(page, data={"number": number, "words": WORDS, "came_by": "code", "evidence": broken})
    assert refused.status_code == 422 and "proof.png is no picture" in refused.get_data(as_text=True)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(drawn, "PNG")
    drawn.seek(0)
    sent = marta.post(
        page, data={"number": number, "words": WORDS, "came_by": "code", "evidence": (drawn, "proof.png")}
    )
    assert sent.status_code == 303
    run_jobs()
    assert outbox()[-1].subject.startswith(f"We look at order {number}")
    with work():
        (missing,) = db.session.scalars(select(MissingSale)).all()
        missing_id = missing.id
        assert (missing.due_at - missing.sent_at).days == 7 and missing.order_id == order_id
    assert f"about order {number}" in noor.get("/staff").get_data(as_text=True)
    shown = noor.get(f"/staff/missing-sales/{missing_id}").get_data(as_text=True)
    assert WORDS in shown and "Giulia" in shown and "proof.png" in shown
    evidence = noor.get(f"/staff/missing-sales/{missing_id}/file")
    assert evidence.mimetype == "image/webp" and evidence.headers["Cache-Control"] == "private, no-store"
    assert marta.get(f"/staff/missing-sales/{missing_id}/file").status_code == 403
    with work(), pytest.raises(NothingToReport):
        reported(missed)


def test_a_grant_is_a_second_decision_beside_the_first_and_the_money_follows(
    missed, work, client_of, outbox, run_jobs
):
    with work():
        missing_id, number = reported(missed), number_of(missed["order"])
        account = db.session.get_one(Editor, missed["marta"]).account_id
        noor, marta = client_of(missed["noor"]), client_of(account)
        giulia = client_of(account_of(missed["giulia"]))
    page = f"/staff/missing-sales/{missing_id}"
    empty = noor.post(page, data={"do": "grant", "reply": "Yes"})
    assert empty.status_code == 422
    done = noor.post(page, data={"do": "grant", "reply": "You were there.", "reason": "saw the message"})
    assert done.status_code == 303
    run_jobs()
    with work():
        first, second = db.session.scalars(select(Receipt).order_by(Receipt.id)).all()
        assert first.editor_id == missed["giulia"] and first.replaced_at is not None
        assert second.replaces_id == first.id and second.editor_id == missed["marta"]
        assert (holds(missed["giulia"]), holds(missed["marta"])) == ((0, 0), (1867, 0))
        kinds = set(db.session.scalars(select(LedgerEntry.kind)))
        assert kinds == {EntryKind.ACCRUED, EntryKind.CORRECTED}
        assert verify().ok
        reasons = dict(db.session.execute(select(AuditRow.action, AuditRow.reason)).all())
        assert reasons["receipts.correct"] == reasons["missing.grant"] == "saw the message"
        letters = {one.subject: one.text for one in db.session.scalars(select(Message))}
    yes = next(text for subject, text in letters.items() if f"Order {number} is yours" in subject)
    assert "You were there." in yes and "Giulia" not in yes and "Anna" not in yes
    assert any("credited to somebody else" in subject for subject in letters)
    mine = marta.get(f"/studio/orders/{number}").get_data(as_text=True)
    assert "You earn €18.67" in mine and "How it was decided before" in mine and "Giulia" not in mine
    theirs = giulia.get(f"/studio/orders/{number}").get_data(as_text=True)
    assert "is not credited to you" in theirs and "Credited to somebody else after all" in theirs
    assert "Staff corrected it on" in theirs and "Marta" not in theirs
    assert "Credited" in marta.get("/studio/orders/missing").get_data(as_text=True)


def test_after_a_payout_the_loser_owes_it_and_a_refund_meets_whoever_has_it_now(paid_out, work):
    missed = paid_out
    with work():
        answered(missed, reported(missed))
        assert holds(missed["giulia"]) == (0, -1867)
        assert holds(missed["marta"]) == (1867, 0)
    with work():
        mature(actor=TESTS)
        assert holds(missed["marta"]) == (0, 1867)
        refund = give_back(missed["order"], 3, 3000)
        tell_refunded(missed["order"], refund)
        assert (holds(missed["giulia"]), holds(missed["marta"])) == ((0, -1867), (0, 1572))
        assert verify().ok
    with work():  # Giulia shows that it was hers after all: what she had paid out is hers again
        answered(missed, reported(missed, "giulia"))
        assert (holds(missed["giulia"]), holds(missed["marta"])) == ((1572, -1867), (0, 0))
        mature(actor=TESTS)
        assert holds(missed["giulia"]) == (0, -295)
        assert db.session.scalar(select(func.count()).select_from(Commission)) == 9
        assert verify().ok


@pytest.fixture
def paid_out(shop, owed, at_stripe, app, work) -> dict[str, int]:
    """Giulia's 18.67, sent to her, and Marta, who says that the sale was hers."""
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    assert in_app(app, lambda: send_payout(payout_id))
    with work():
        people = {"marta": make_editor("Marta Conti", "marta"), "noor": make_staff("Noor", Role.COMMUNITY)}
    return {"order": owed, "giulia": shop.editor_id} | people


def test_a_no_changes_nothing_but_tells_why_and_stands(missed, work):
    with work():
        missing_id = reported(missed)
        answered(missed, missing_id, grant=False)
        assert holds(missed["giulia"]) == (1867, 0) and holds(missed["marta"]) == (0, 0)
        assert db.session.scalar(select(func.count()).select_from(Receipt)) == 1
    with work(), pytest.raises(DecidedBefore):
        answered(missed, missing_id)
    with work():
        with pytest.raises(NothingToReport):
            reported(missed)
        db.session.rollback()


def test_two_who_answer_at_once_give_one_answer(missed, work, app):
    with work():
        missing_id = reported(missed)
    met = at_once(
        app,
        lambda: answered(missed, missing_id),
        lambda: answered(missed, missing_id, grant=False),
    )
    assert [type(error) for error in met] == [DecidedBefore]


def test_without_the_lock_two_answers_are_given(missed, work, app, monkeypatch):
    """The twin: both have read that nobody answered before either does."""
    with work():
        missing_id = reported(missed)
    monkeypatch.setattr(actions, "lock_rows", meeting(read_without_lock))
    met = at_once(
        app,
        lambda: answered(missed, missing_id),
        lambda: answered(missed, missing_id, grant=False),
    )
    assert met == []
    with work():
        acts = db.session.scalars(select(AuditRow.action).where(AuditRow.action.like("missing.%"))).all()
        assert {"missing.grant", "missing.refuse"} <= set(acts)


def test_two_editors_who_both_have_a_yes_leave_one_decision_that_counts(missed, work, app):
    with work():
        lia = make_editor("Lia Rossi", "lia")
        both = [reported(missed), reported(missed | {"lia": lia}, "lia")]
    assert at_once(app, *(lambda one=one: answered(missed, one) for one in both)) == []
    with work():
        counting = db.session.scalars(select(Receipt).where(Receipt.replaced_at.is_(None))).all()
        assert len(counting) == 1
        assert sum(holds(editor)[0] for editor in (missed["marta"], lia, missed["giulia"])) == 1867
        assert verify().ok
        won = select(func.count()).select_from(Claim).where(Claim.verdict == "won")
        assert db.session.scalar(won.where(Claim.receipt_id == counting[0].id)) == 1
