"""Staff correct who is credited with an order: what it changes is seen before, and told to the editors."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select, update

from commissions.accruals import correcting
from commissions.accruals.correcting import correct_by_hand
from commissions.accruals.models import Commission
from commissions.accruals.policy import CommissionStatus
from commissions.accruals.queries import earned_by_editor
from commissions.claims.errors import BoughtIt, OwnCredit
from commissions.claims.models import Receipt
from commissions.statements.proof import verify
from editors.membership.models import Editor, EditorStatus
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from foundation.seen import ChangedMeanwhile
from storefront.orders.models import Order
from tests.commissions.conftest import make_staff
from tests.commissions.sales import click, sell, tell_paid
from tests.editors.conftest import make_editor
from tests.races import at_once, meeting

WORDS = {"reply": "Marta showed it to her in the store.", "reason": "Seen by Noor in the store"}


@pytest.fixture
def sold(shop, work, clock) -> dict[str, int]:
    """A sale that Giulia's link won; Marta has a window too, and Noor of the community decides."""
    with work():
        marta = make_editor("Marta Conti", "marta")
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        tell_paid(order)
        noor = make_staff("Noor", Role.COMMUNITY)
        return {
            "order": order,
            "marta": marta,
            "giulia": shop.editor_id,
            "noor": noor,
            "number": db.session.get_one(Order, order).number,
        }


def decisions(order_id: int) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Receipt).where(Receipt.order_id == order_id)) or 0
    )


def test_staff_see_what_a_correction_changes_before_they_make_it(sold, work, client_of):
    number, page = sold["number"], f"/staff/receipts/{sold['number']}/correct"
    noor = client_of(sold["noor"])
    assert "Correct it" in noor.get(f"/staff/receipts/{number}").text
    wrong = noor.post(page, data={"who": "other", "handle": "nobody-here", "reply": "", "reason": "Seen"})
    assert wrong.status_code == 422
    assert "Write what the editor reads." in wrong.text and "Seen" in wrong.text
    unknown = noor.post(page, data={**WORDS, "who": "other", "handle": "nobody-here"})
    assert "We do not know that handle." in unknown.text and WORDS["reply"] in unknown.text
    with work():
        before = earned_by_editor(sold["order"])
        letters = db.session.scalar(select(func.count()).select_from(Message))
        seen = db.session.scalars(select(Receipt.id).where(Receipt.order_id == sold["order"])).one()
    earned = before[sold["giulia"]]
    assert earned > 0
    looked = noor.post(page, data={**WORDS, "who": "other", "handle": "@marta", "do": "look"})
    assert "What it would change" in looked.text and "Marta Conti" in looked.text
    with work():
        assert earned_by_editor(sold["order"]) == before
        assert decisions(sold["order"]) == 1
        assert db.session.scalar(select(func.count()).select_from(Message)) == letters
    keep = {"do": f"keep-{sold['marta']}", "seen": seen}
    assert keep["do"] in looked.text
    another = noor.post(page, data={**WORDS, **keep, "who": "nobody"})
    assert another.status_code == 200 and "keep-nobody" in another.text
    with work():
        assert decisions(sold["order"]) == 1
    kept = noor.post(page, data={**WORDS, **keep, "who": "other", "handle": "marta"})
    assert kept.status_code == 303
    with work():
        assert earned_by_editor(sold["order"]) == {sold["giulia"]: 0, sold["marta"]: earned}
        assert decisions(sold["order"]) == 2
        told = db.session.scalars(select(Message).order_by(Message.id).offset(letters)).all()
        assert [WORDS["reply"] in one.text for one in told] == [True, True]
        assert WORDS["reason"] not in "".join(one.text for one in told)
        act = db.session.scalars(select(AuditRow).where(AuditRow.action == "receipts.correct")).one()
        assert act.reason == WORDS["reason"] and act.before["editor_id"] == sold["giulia"]
        assert verify().ok
    again = noor.post(
        page, data={**WORDS, "who": str(sold["giulia"]), "do": f"keep-{sold['giulia']}", "seen": seen}
    )
    assert again.status_code == 409 and "changed meanwhile" in again.text and WORDS["reply"] in again.text
    with work():
        assert decisions(sold["order"]) == 2
    nobody = noor.post(page, data={**WORDS, "who": "nobody", "do": "look"})
    assert "Nothing that somebody loses by it was paid out yet." in nobody.text
    assert "Nobody" in nobody.text and "−" in nobody.text


def test_what_was_paid_out_is_named_first_and_nobody_who_left_is_credited(sold, work, client_of):
    page = f"/staff/receipts/{sold['number']}/correct"
    noor = client_of(sold["noor"])
    with work():
        db.session.execute(
            update(Commission)
            .where(Commission.order_id == sold["order"])
            .values(status=CommissionStatus.PAID)
        )
        earned = earned_by_editor(sold["order"])[sold["giulia"]]
    looked = noor.post(page, data={**WORDS, "who": "other", "handle": "marta", "do": "look"}).text
    assert f"€{earned / 100:.2f} of it was paid out to Giulia Ferri already." in looked
    assert "It becomes a debt" in looked and "was paid out yet" not in looked
    with work():
        db.session.get_one(Editor, sold["marta"]).status = EditorStatus.LEFT
    for do in ("look", f"keep-{sold['marta']}"):
        gone = noor.post(page, data={**WORDS, "who": "other", "handle": "marta", "do": do})
        assert gone.status_code == 409 and WORDS["reply"] in gone.text
        assert "This editor has left the programme." in gone.text
    with work():
        assert decisions(sold["order"]) == 1
        db.session.get_one(Editor, sold["marta"]).status = EditorStatus.ACTIVE
        db.session.get_one(Editor, sold["giulia"]).status = EditorStatus.LEFT
    assert (
        noor.post(
            page, data={**WORDS, "who": "nobody", "do": "keep-nobody", "seen": _seen(noor, page)}
        ).status_code
        == 303
    )
    assert "Giulia Ferri" not in noor.get(page).text


def _seen(staff, page: str) -> str:
    (seen,) = re.findall(r'name="seen"[^>]* value="([^"]*)"', staff.get(page).text)
    return str(seen)


def test_nobody_corrects_for_themselves_and_no_buyer_is_credited(sold, work, client_of):
    with work():
        giulia, order = db.session.get_one(Editor, sold["giulia"]), db.session.get_one(Order, sold["order"])
        herself = Actor.staff(giulia.account_id, "Giulia")
        with pytest.raises(OwnCredit):
            correct_by_hand(actor=herself, order_id=order.id, editor_id=None, return_days=30, **WORDS)
        buyer = make_editor("Buyer", "buyer")
        order.account_id = db.session.get_one(Editor, buyer).account_id
        db.session.flush()
        with pytest.raises(BoughtIt):
            correct_by_hand(actor=Actor.guest(), order_id=order.id, editor_id=buyer, return_days=30, **WORDS)
        with pytest.raises(ChangedMeanwhile):
            correct_by_hand(
                actor=Actor.guest(), order_id=order.id, editor_id=None, return_days=30, seen="0", **WORDS
            )
        assert decisions(order.id) == 1
        assert db.session.scalar(select(func.count()).select_from(Commission)) > 0
    assert client_of(giulia.account_id).get(f"/staff/receipts/{sold['number']}/correct").status_code == 403


def by_two(sold, app, seen):
    """Two of the staff correct what both have looked at: one credits Marta, the other nobody."""
    noor = Actor.staff(sold["noor"], "Noor")
    return at_once(
        app,
        *(
            lambda editor=editor: correct_by_hand(
                actor=noor, order_id=sold["order"], editor_id=editor, return_days=30, seen=seen, **WORDS
            )
            for editor in (sold["marta"], None)
        ),
    )


def test_of_two_who_correct_at_once_the_second_is_told(sold, work, app):
    with work():
        seen = str(db.session.scalars(select(Receipt.id).where(Receipt.order_id == sold["order"])).one())
    assert [type(error) for error in by_two(sold, app, seen)] == [ChangedMeanwhile]
    with work():
        assert decisions(sold["order"]) == 2 and verify().ok


def test_twin_without_the_lock_both_correct_it(sold, work, app, monkeypatch):
    with work():
        seen = str(db.session.scalars(select(Receipt.id).where(Receipt.order_id == sold["order"])).one())
    monkeypatch.setattr(correcting, "lock_decisions", lambda order_id: True)
    monkeypatch.setattr(correcting, "current_receipt", meeting(correcting.current_receipt))
    assert by_two(sold, app, seen) == []
    with work():
        assert decisions(sold["order"]) == 3
