"""A style editor who asks to be forgotten: the money leaves first, then the name."""

from datetime import timedelta

import pytest

from commissions.ledger.queries import editor_balance
from editors.membership.models import Editor, EditorStatus
from foundation import clock as shop_clock
from foundation.accounts.models import Account
from foundation.accounts.passwords import hash_password
from foundation.db import db
from tests.commissions.sales import click, sell, tell_paid, window_link
from tests.editors.conftest import make_editor, make_product

PASSWORD = "correct horse battery"


@pytest.fixture
def giulia(work) -> tuple[int, int]:
    """A style editor who can sign in: her account and her editor's id."""
    with work():
        editor = db.session.get_one(Editor, make_editor())
        account = db.session.get_one(Account, editor.account_id)
        account.password_hash, account.email_verified_at = hash_password(PASSWORD), shop_clock.now()
        return account.id, editor.id


def test_who_leaves_is_shown_nowhere_and_the_number_stays(giulia, client_of, client, work):
    account_id, editor_id = giulia
    assert client.get("/@giulia").status_code == 200
    answer = client_of(account_id).post("/account/privacy/forget", data={"password": PASSWORD})
    assert answer.status_code == 303
    assert client.get("/@giulia").status_code == 404
    with work():
        editor = db.session.get_one(Editor, editor_id)
        assert (editor.status, editor.name, editor.words) == (EditorStatus.LEFT, "", "")


def test_who_has_money_to_come_is_told_how_much(giulia, client_of, work):
    account_id, editor_id = giulia
    with work():
        product = make_product()
        click(window_link(editor_id), "visit-1")
    with work():
        order = sell(product, visit="visit-1", began_ago=timedelta())
        tell_paid(order)
        pending = editor_balance(editor_id, "EUR").pending
    assert pending.minor > 0
    client = client_of(account_id)
    page = client.get("/account/privacy").text
    assert (
        f"You still have €{pending.minor // 100}.{pending.minor % 100:02} to come as a style editor." in page
    )
    assert client.post("/account/privacy/forget", data={"password": PASSWORD}).status_code == 409
    with work():
        assert db.session.get_one(Editor, editor_id).name == "Giulia Ferri"
