"""The books for finance: what page and files say, who gives up a debt, who hears of a fault."""

import csv
import io
import re
from collections import defaultdict
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from commissions.books import actions, errors
from commissions.books.actions import agree_to_write_off, ask_write_off, refuse_write_off
from commissions.books.exports import PLACES
from commissions.books.jobs import prove_nightly
from commissions.books.models import BookProof, WriteOff
from commissions.books.words import account_note, account_words, entry_words
from commissions.ledger.models import AccountKind, EntryKind
from commissions.ledger.queries import editor_balance
from commissions.payouts.sent import record_sent
from commissions.statements.proof import verify
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from tests.commissions.conftest import make_staff
from tests.commissions.sales import TESTS, give_back, tell_refunded
from tests.commissions.test_closed_months import close_later
from tests.commissions.test_the_books import accounts, approved, euros
from tests.races import at_once, meeting, read_without_lock

TOLD = select(Message).where(Message.subject == "The books do not fit").order_by(Message.recipient)


@pytest.fixture
def in_debt(shop, owed, work) -> int:
    """The editor was paid 18.67, and the jacket came back: 7.86 are owed. A second keeper's id."""
    payout_id = approved(shop, work)
    with work():
        record_sent(actor=TESTS, payout_id=payout_id, transfer_id="tr_1", amount=euros(1867))
        tell_refunded(owed, give_back(owed, 2, 8000))
        return make_staff("Paola", Role.FINANCE)


def asked(shop, work, minor: int = 786) -> int:
    with work():
        return ask_write_off(
            actor=TESTS,
            account_id=shop.luca_id,
            editor_id=shop.editor_id,
            amount=euros(minor),
            reason="Left the country.",
        ).id


def test_the_trial_balance_the_journals_and_the_files_agree(shop, in_debt, app, work, clock, client_of):
    close_later(app, clock)
    with work():
        prove_nightly()
        db.session.execute(text("UPDATE editors SET handle = '=giulia'"))
    luca = client_of(shop.luca_id)
    page = luca.get("/staff/books").text
    assert "Proved on" in page and "18.67" in page and "7.86" in page and "Both sides" in page
    assert "0.00" in luca.get("/staff/books?on=2001-01-01").text
    wrong = luca.get("/staff/books?on=2026-02-31")
    assert wrong.status_code == 422 and "There is no such day." in wrong.text
    journal = luca.get("/staff/books/journal?account=editor_debt").text
    assert "Refunded, no." in journal and "7.86" in journal and "Transfer made" not in journal
    wrong = luca.get("/staff/books/journal?editor=nobody&from=2026-05-02&to=2026-05-01")
    assert wrong.status_code == 422
    assert "No style editor has that handle." in wrong.text and "It ends before it begins." in wrong.text
    assert luca.get("/staff/books/journal.csv?from=yesterday").status_code == 400
    assert "Nothing was booked" in luca.get("/staff/books/journal?to=2001-01-01").text
    assert client_of(shop.sara_id).get("/staff/books").status_code == 403

    sheet = list(csv.DictReader(io.StringIO(luca.get("/staff/books/journal.csv").get_data(as_text=True)[1:])))
    assert {row["editor"] for row in sheet} == {"", "'=giulia"}
    left: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in sheet:
        left[row["account"]] += Decimal(row["debit"]) - Decimal(row["credit"])
    held = {name: Decimal(-minor) / 100 for name, minor in accounts(work).items()}
    assert {name: left_ for name, left_ in left.items() if left_} == held
    totals = list(
        csv.DictReader(io.StringIO(luca.get("/staff/books/balance.csv").get_data(as_text=True)[1:]))
    )
    assert luca.get("/staff/books/balance.csv?on=soon").status_code == 400
    assert sum(Decimal(row["debit"]) - Decimal(row["credit"]) for row in totals) == 0
    sides = {row["account"]: Decimal(row["balance_debit"]) - Decimal(row["balance_credit"]) for row in totals}
    assert {name: left_ for name, left_ in sides.items() if left_} == held
    read = read_beancount(luca.get("/staff/books/journal.beancount").text)
    assert {place: left_ for place, left_ in read.items() if left_} == {
        PLACES[AccountKind(name)]: left_ for name, left_ in held.items()
    }


def read_beancount(kept: str) -> dict[str, Decimal]:
    """What the program does with the file: each entry sums to nothing, each balance is what it claims."""
    read: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry in kept.split("\n\n"):
        legs = re.findall(r"^  (\S+)  (-?[\d.]+) EUR$", entry, re.MULTILINE)
        assert sum(Decimal(figure) for _, figure in legs) == 0
        for account, figure in legs:
            read[account] += Decimal(figure)
    claimed = re.findall(r"^\S+ balance (\S+)  (-?[\d.]+) EUR$", kept, re.MULTILINE)
    assert {account for account, _ in claimed} == set(PLACES.values())
    assert all(read[account] == Decimal(figure) for account, figure in claimed)
    return dict(read)


def test_a_debt_is_given_up_by_two_people_and_never_by_one(shop, in_debt, work, client_of):
    luca, paola = client_of(shop.luca_id), client_of(in_debt)
    form = {"editor": shop.editor_id, "amount": 786, "reason": "Left the country."}
    for changed, status, said in (
        ({"reason": " "}, 400, "Give a reason"),
        ({"reason": "Long. " * 90}, 400, "Keep it under 500 characters."),
        ({"amount": 785}, 409, "The debt is another by now."),
    ):
        sent = form | changed
        refused = luca.post("/staff/books/write-offs", data=sent)
        assert refused.status_code == status and said in refused.text
        assert "Debts of editors" in refused.text and f'value="{sent["reason"]}"' in refused.text
    with work():
        assert db.session.scalars(select(WriteOff.id)).all() == []
    assert luca.post("/staff/books/write-offs", data=form).status_code == 303
    assert luca.post("/staff/books/write-offs", data=form).status_code == 409
    with work():
        number = db.session.scalars(select(WriteOff.id)).one()
    assert "Write off €7.86 that Giulia Ferri owes" not in luca.get("/staff").text
    assert "Write off €7.86 that Giulia Ferri owes" in paola.get("/staff").text
    assert luca.post(f"/staff/books/write-offs/{number}/agree").status_code == 403
    assert accounts(work)["editor_debt"] == -786
    assert paola.post(f"/staff/books/write-offs/{number}/agree").status_code == 303
    found = accounts(work)
    assert (found.get("editor_debt"), found["house_write_off"]) == (None, -786)
    page = paola.get("/staff/books").text
    assert "Given up. Left the country." in page and "Nobody owes anything" in page
    with work():
        assert editor_balance(shop.editor_id, "EUR").debt == euros(0)
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "books.write_off")).one()
        assert (row.reason, row.actor_label) == ("Left the country.", "Paola")
    assert paola.post(f"/staff/books/write-offs/{number}/agree").status_code == 409


def test_a_request_is_refused_with_a_reason_and_a_debt_that_shrank_is_not_given_up(shop, in_debt, work):
    number = asked(shop, work)
    with pytest.raises(errors.ReasonMissing), work():
        refuse_write_off(actor=TESTS, account_id=in_debt, write_off_id=number, answer="")
    with work():
        refuse_write_off(actor=TESTS, account_id=in_debt, write_off_id=number, answer="She still sells.")
    again = asked(shop, work)
    with work():
        db.session.execute(
            text("UPDATE payable_movements SET payout_id = (SELECT id FROM payouts) WHERE payout_id IS NULL")
        )
    with pytest.raises(errors.DebtChanged), work():
        agree_to_write_off(actor=TESTS, account_id=in_debt, write_off_id=again)
    with work():
        assert db.session.scalars(select(WriteOff.status).order_by(WriteOff.id)).all() == ["refused", "asked"]


def decided_twice(shop, app, work, in_debt: int) -> tuple[int, list[Exception]]:
    """One agrees while another refuses: how many decided, and the errors met."""
    number = asked(shop, work)
    met = at_once(
        app,
        lambda: agree_to_write_off(actor=TESTS, account_id=in_debt, write_off_id=number),
        lambda: refuse_write_off(actor=TESTS, account_id=in_debt, write_off_id=number, answer="No."),
    )
    with work():
        acts = AuditRow.action.in_(["books.write_off", "books.refuse_write_off"])
        return len(db.session.scalars(select(AuditRow).where(acts)).all()), met


def test_of_two_decisions_at_once_one_counts(shop, in_debt, app, work):
    made, met = decided_twice(shop, app, work, in_debt)
    assert (made, len(met)) == (1, 1)
    with work():
        assert verify().ok


def test_without_the_lock_both_decide(shop, in_debt, app, work, monkeypatch):
    monkeypatch.setattr(actions, "lock_rows", meeting(read_without_lock))
    assert decided_twice(shop, app, work, in_debt)[0] == 2


def test_every_night_the_books_are_proved_and_finance_hears_of_a_fault(shop, in_debt, work, client_of):
    with work():
        prove_nightly()
        assert db.session.scalars(select(BookProof.fault)).all() == [None]
        assert not db.session.scalars(TOLD).all()
    assert "The books do not fit" not in client_of(shop.luca_id).get("/staff").text
    with work():
        db.session.execute(text("UPDATE commissions SET reversed_minor = 1 WHERE reversed_minor = 0"))
        prove_nightly()
    with work():
        letters = db.session.scalars(TOLD).all()
        assert [one.recipient for one in letters] == ["luca@store.test", "paola@store.test"]
        assert "a commission is not what its sale makes it" in letters[0].text
    luca = client_of(shop.luca_id)
    assert "The books do not fit" in luca.get("/staff").text
    assert "a commission is not what its sale makes it" in luca.get("/staff/books").text


def test_whatever_may_be_booked_has_its_words_in_the_journal_and_a_place_for_the_accountant(app):
    with app.test_request_context():
        assert all(entry_words(kind) for kind in EntryKind)
        assert all(account_words(kind) and account_note(kind) for kind in AccountKind)
    assert set(PLACES) == set(AccountKind)
