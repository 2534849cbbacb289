"""What an editor takes instead of a payout: store credit and gifts. Books, races, words, and what stays."""

import csv
import io
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from commissions.instead import actions, causes, errors
from commissions.instead.causes import CauseDraft
from commissions.instead.models import Cause, TurnedPayable
from commissions.instead.queries import owed_to_cause, unpaid
from commissions.ledger.queries import editor_balance
from commissions.payouts import actions as runs
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.models import Payout
from commissions.programme.policy import By
from commissions.programme.queries import brought_by, brought_daily, brought_whole
from commissions.results.policy import Span
from commissions.statements.proof import verify
from commissions.statements.queries import months_of
from commissions.statements.years import year_as_csv, year_of
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation.accounts.models import Account
from foundation.accounts.passwords import hash_password
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.promotions.credit import credit_of
from tests.commissions.sales import TESTS, give_back, tell_refunded
from tests.commissions.test_preparing import another_sale
from tests.commissions.test_the_books import accounts, euros
from tests.races import at_once, meeting, until

CAUSE = CauseDraft("A roof", "Un tetto", "Rooms for the night.", "Stanze per la notte.")


def take(shop, minor: int, seen: int = 1867, bonus_bps: int = 1000) -> TurnedPayable:
    return actions.take_as_credit(
        actor=TESTS,
        editor_id=shop.editor_id,
        account_id=account_of(shop),
        amount=euros(minor),
        seen=euros(seen),
        bonus_bps=bonus_bps,
    )


def account_of(shop) -> int:
    return db.session.get_one(Editor, shop.editor_id).account_id


@pytest.fixture
def cause(work) -> int:
    with work():
        return causes.name_cause(actor=TESTS, draft=CAUSE).id


def test_credit_is_booked_with_its_bonus_told_in_words_and_what_is_refunded_later_is_a_debt(
    shop, owed, work, cause
):
    with work():
        take(shop, 1000)
    with work():
        assert credit_of(account_of(shop)) == 1100
        assert unpaid(shop.editor_id, "EUR") == euros(867)
        (letter,) = [one for one in latest_messages() if "store credit" in one.subject]
        assert "€11.00 of store credit" in letter.subject and "added €1.00" in letter.text
        today = shop_clock.now().date()
        span = Span(today - timedelta(days=90), today)
        by_editor = brought_by(By.EDITOR, "EUR", "Europe/Rome", span)
        assert brought_whole("EUR", "Europe/Rome", span).cost_minor == 1967
        assert by_editor[shop.editor_id].cost_minor == 1967
        assert sum(one.cost_minor for one in brought_daily("EUR", "Europe/Rome", span).values()) == 1967
    assert accounts(work) == {
        "editor_payable": 867, "house_store_credit": 1100, "house_commission": -1967,
    }  # fmt: skip
    with work():
        actions.donate(
            actor=TESTS, editor_id=shop.editor_id, amount=euros(867), seen=euros(867), cause_id=cause
        )
        assert verify().ok
    assert accounts(work)["house_donation"] == 867 and "editor_payable" not in accounts(work)
    with work():
        tell_refunded(owed, give_back(owed, 2, 8000))
    with work():
        assert editor_balance(shop.editor_id, "EUR").debt == euros(786)
        assert unpaid(shop.editor_id, "EUR") == euros(0)
        assert credit_of(account_of(shop)) == 1100  # what was taken stays theirs
        (month,) = months_of(shop.editor_id, "EUR", "Europe/Rome")
        assert (month.earned_minor, month.taken_minor, month.paid_minor) == (1867, -786, 0)
        assert (month.turned_minor, month.bonus_minor) == (1867, 100)
        sheet = year_as_csv(year_of(shop.editor_id, month.first.year, "EUR", "Europe/Rome"))
        assert "18.67,-7.86,0.00,18.67,1.00,EUR" in sheet
        assert verify().ok


@pytest.mark.parametrize(
    ("minor", "seen", "refused"),
    [
        (1868, 1867, errors.MoreThanPayable),
        (0, 1867, errors.NothingChosen),
        (1000, 1866, errors.PayableChanged),
    ],
)
def test_what_is_not_there_is_refused_and_nothing_is_booked(shop, owed, work, minor, seen, refused):
    with pytest.raises(refused), work():
        take(shop, minor, seen)
    with work():
        assert db.session.scalars(select(TurnedPayable)).all() == []
        assert credit_of(account_of(shop)) == 0 and editor_balance(shop.editor_id, "EUR").payable == euros(
            1867
        )


@pytest.fixture
def taken_twice(app, shop, owed, work):
    """Two windows take everything at once: the errors they met, and what was taken."""

    def run() -> tuple[list[Exception], int]:
        met = at_once(app, *[lambda: take(shop, 1867, bonus_bps=0)] * 2)
        with work():
            return met, credit_of(account_of(shop))

    return run


def test_of_two_at_once_one_takes_it_and_the_other_hears_that_it_changed(taken_twice):
    met, taken = taken_twice()
    assert [type(one) for one in met] == [errors.PayableChanged] and taken == 1867


def test_without_waiting_for_each_other_both_take_the_same_money(taken_twice, monkeypatch):
    monkeypatch.setattr(actions, "in_turn", lambda: None)
    monkeypatch.setattr(actions, "unpaid", meeting(unpaid))
    met, taken = taken_twice()
    assert met == [] and taken == 2 * 1867


@pytest.fixture
def beside_a_run(app, shop, owed, work, monkeypatch):
    """A run is prepared just after the editor has looked at what is payable: what each of the two has."""

    def run() -> tuple[int, int]:
        looked, prepared = threading.Event(), threading.Event()

        def look(*args):
            found = unpaid(*args)
            looked.set()
            until(prepared)
            return found

        def prepare() -> None:
            looked.wait(timeout=10)
            prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=euros(1))
            db.session.commit()
            prepared.set()

        monkeypatch.setattr(actions, "unpaid", look)
        assert at_once(app, lambda: take(shop, 1000, bonus_bps=0), prepare) == []
        with work():
            return credit_of(account_of(shop)), db.session.scalars(select(Payout.amount_minor)).one()

    return run


def test_a_run_that_is_prepared_meanwhile_pays_what_is_left(beside_a_run, work):
    assert beside_a_run() == (1000, 867)
    with work():
        assert verify().ok


def test_without_its_turn_the_run_pays_what_was_taken_as_credit(beside_a_run, monkeypatch):
    monkeypatch.setattr(runs, "in_turn", lambda: None)
    monkeypatch.setattr(actions, "in_turn", lambda: None)
    assert beside_a_run() == (1000, 1867)


def test_what_lies_in_a_run_cannot_be_taken_and_a_sent_run_nets_no_credit(shop, owed, work):
    with work():
        prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=euros(1))
    with pytest.raises(errors.PayableChanged), work():
        take(shop, 1867)
    with work():
        assert unpaid(shop.editor_id, "EUR") == euros(0) and credit_of(account_of(shop)) == 0


def test_a_payout_on_its_way_is_not_lowered_by_what_was_taken_of_other_money(shop, owed, work, clock):
    with work():
        number = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=euros(1)).id
    another_sale(shop, work, clock, shop.code)
    with work():
        seen = unpaid(shop.editor_id, "EUR")
        assert seen.minor > 0
        take(shop, seen.minor, seen.minor)
    with work():
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=number)
    with work():
        assert db.session.scalars(select(Payout.amount_minor)).one() == 1867
        assert unpaid(shop.editor_id, "EUR") == euros(0) and verify().ok


def test_finance_sees_what_a_cause_is_owed_and_marks_it_paid_once(shop, owed, work, cause, client_of):
    with work():
        actions.donate(
            actor=TESTS, editor_id=shop.editor_id, amount=euros(500), seen=euros(1867), cause_id=cause
        )
    luca = client_of(shop.luca_id)
    page = luca.get(f"/staff/causes/{cause}").text
    assert "Owed to it: €5.00" in page and "A roof" in luca.get("/staff/causes").text
    empty = luca.post(f"/staff/causes/{cause}/paid", data={"amount": "500"})
    assert empty.status_code == 422 and "Write the reference of the transfer" in empty.text
    paid = luca.post(f"/staff/causes/{cause}/paid", data={"amount": "500", "reference": "IBAN 7"})
    assert paid.status_code == 303
    again = luca.post(f"/staff/causes/{cause}/paid", data={"amount": "500", "reference": "IBAN 7"})
    assert again.status_code == 409 and "Another amount is owed to it by now." in again.text
    assert "IBAN 7" in luca.get(f"/staff/causes/{cause}").text
    ended = luca.post(f"/staff/causes/{cause}/end", data={"reason": "The year is over."})
    assert ended.status_code == 303
    assert client_of(shop.sara_id).get("/staff/causes").status_code == 403
    with work():
        assert owed_to_cause(cause, "EUR") == euros(0) and verify().ok
    assert accounts(work)["house_donation_paid"] == 500 and "house_donation" not in accounts(work)
    with pytest.raises(errors.NoSuchCause), work():
        actions.donate(
            actor=TESTS, editor_id=shop.editor_id, amount=euros(100), seen=euros(1367), cause_id=cause
        )


def test_the_page_says_what_there_is_keeps_what_was_typed_and_the_statement_names_it(
    shop, owed, work, cause, client_of
):
    with work():
        account = db.session.get_one(Account, account_of(shop))
        account.password_hash = hash_password("a quiet evening")
        editor = client_of(account.id)
    refused = editor.post(
        "/studio/instead/credit",
        data={"amount": "10", "seen": "1867"},
        headers={"Referer": "http://localhost/studio/instead"},
    )
    assert refused.location == "/account/again?next=/studio/instead"  # who is signed in could spend it
    editor.post("/account/again", data={"password": "a quiet evening", "next": "/studio/instead"})
    page = editor.get("/studio/instead").text
    assert "€18.67" in page and "A roof" in page and "cannot be taken back" in page
    italian = editor.get("/studio/instead", headers={"Accept-Language": "it"}).text
    assert "Un tetto" in italian
    much = editor.post("/studio/instead/credit", data={"amount": "20", "seen": "1867"})
    assert much.status_code == 422 and "at most €18.67" in much.text and 'value="20"' in much.text
    wrong = editor.post("/studio/instead/credit", data={"amount": "much", "seen": "1867"})
    assert wrong.status_code == 422 and "Write an amount" in wrong.text
    assert editor.post("/studio/instead/credit", data={"amount": "10", "seen": "1867"}).status_code == 303
    twice = editor.post("/studio/instead/credit", data={"amount": "10", "seen": "1867"})
    assert twice.status_code == 409 and "changed meanwhile" in twice.text
    given = editor.post(
        "/studio/instead/gift",
        data={"gift-amount": "2,50", "gift-seen": "867", "gift-cause": str(cause)},
    )
    assert given.status_code == 303
    page = editor.get("/studio/instead").text
    assert "Given to A roof" in page and "€10.00" in page
    name = shop_clock.now().strftime("%Y-%m")
    statement = editor.get(f"/studio/statements/{name}").text
    assert "Taken as store credit" in statement and "Given to A roof. Thank you" in statement
    assert "Credit and gifts" in statement and "Nothing was taken back this month." in statement
    assert "Given to A roof" in editor.get(f"/studio/statements/{name}.csv").text
    assert editor.get(f"/studio/statements/{name}.pdf").status_code == 200
    with work():
        assert db.session.scalar(text("SELECT count(*) FROM turned_payables")) == 2
        assert db.session.get_one(Cause, cause).status == "open" and verify().ok


def test_a_year_of_all_editors_adds_up_on_the_page_and_in_the_file(
    shop, owed, work, cause, client_of, statements
):
    with work():
        take(shop, 1000)
        actions.donate(
            actor=TESTS, editor_id=shop.editor_id, amount=euros(300), seen=euros(867), cause_id=cause
        )
        db.session.execute(text("UPDATE editors SET name = '=Giulia'"))
    luca, year = client_of(shop.luca_id), shop_clock.now().year
    luca.get(f"/staff/years/{year}")
    with statements() as asked:
        page = luca.get(f"/staff/years/{year}").text
    assert asked.count <= 13
    for said in ("18.67", "10.00", "3.00", "1.00", "One editor. Bonus on store credit: 1.00"):
        assert said in page
    (row,) = csv.DictReader(io.StringIO(luca.get(f"/staff/years/{year}.csv").get_data(as_text=True)[1:]))
    assert row["editor"] == "'=Giulia" and row["email"]
    assert [row[name] for name in ("became_payable", "taken_back", "paid_out")] == ["18.67", "0.00", "0.00"]
    assert [row[name] for name in ("store_credit", "gifts", "bonus")] == ["10.00", "3.00", "1.00"]
    assert "Nothing moved in 2019" in luca.get("/staff/years/2019").text
    assert luca.get(f"/staff/years/{year + 1}").status_code == 404
    assert client_of(shop.sara_id).get("/staff/years").status_code == 403
