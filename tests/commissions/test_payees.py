"""Staff see of every editor how far their account at Stripe is, what is missing, and what they are owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commissions.payees.actions import begin_payee, note_payee
from foundation.payments.objects import Payee, PayeeStatus
from tests.commissions.conftest import ready_payee
from tests.commissions.sales import TESTS
from tests.editors.conftest import make_editor

SEEN = Payee(id="acct_2", status=PayeeStatus.ACTIVE, requirements=(), email="", destination="ba_1")


@pytest.fixture
def people(shop, owed, work) -> None:
    """Giulia can be paid and is owed; Marta misses a paper; Nadia changed her bank; Zoe has not begun."""
    with work():
        wants = ("identity.individual.id_numbers",)
        marta, nadia = make_editor("Marta Riva", "marta"), make_editor("Nadia Conti", "nadia")
        stopped = replace(SEEN, id="acct_3", status=PayeeStatus.RESTRICTED, requirements=wants)
        begin_payee(actor=TESTS, editor_id=marta, country="FR", currency="EUR")
        note_payee(actor=TESTS, editor_id=marta, seen=stopped)
        note_payee(actor=TESTS, editor_id=nadia, seen=SEEN)
        note_payee(actor=TESTS, editor_id=nadia, seen=replace(SEEN, destination="ba_2"))
        make_editor("Zoe 100%", "zoe")


def names(page: str) -> list[str]:
    return [name for name in ("Giulia Ferri", "Marta Riva", "Nadia Conti", "Zoe 100%") if name in page]


def test_every_editor_stands_there_with_what_keeps_them_from_being_paid(shop, people, client_of):
    luca = client_of(shop.luca_id)
    page = luca.get("/staff/payees").text
    assert names(page) == ["Giulia Ferri", "Marta Riva", "Nadia Conti", "Zoe 100%"]
    for expected in (
        "18.67", "Stripe needs: your tax number", "Another bank account: paused until", "Not begun",
        "France, EUR", "Italy, EUR", "4 editors",
    ):  # fmt: skip
        assert expected in page, expected
    for asked, found in (
        ("state=restricted", ["Marta Riva"]), ("state=paused", ["Nadia Conti"]), ("state=none", ["Zoe 100%"]),
        ("state=active", ["Giulia Ferri", "Nadia Conti"]), ("q=@mart", ["Marta Riva"]),
        ("q=%25", ["Zoe 100%"]),
        ("state=begun", []), ("state=returned", []), ("state=nonsense&q=conti", ["Nadia Conti"]),
    ):  # fmt: skip
        assert names(luca.get(f"/staff/payees?{asked}").text) == found, asked
    assert luca.get("/staff/payees?page=2").status_code == 404
    assert client_of(shop.sara_id).get("/staff/payees").status_code == 200


def test_the_list_asks_as_often_for_thirty_editors_as_for_one(shop, people, client_of, work, statements):
    luca = client_of(shop.luca_id)
    luca.get("/staff/payees")
    with statements() as few:
        luca.get("/staff/payees?state=active")
    with work():
        for number in range(30):
            ready_payee(make_editor(f"Ada{number} Po", f"ada-{number}"), f"acct_ada_{number}")
    with statements() as many:
        page = luca.get("/staff/payees?state=active").text
    assert "32 editors" in page
    assert many.count == few.count, many.sql
