"""Links that are remembered with consent: asked quietly, kept signed, taken back at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from commissions.claims.models import Receipt
from commissions.claims.policy import Candidate, Choice, ClaimKind, Reason, Rule, Terms, decide
from commissions.clicks.actions import forget_old_carried
from commissions.clicks.cookie import LONGEST, MOST, Carried, Remembered, read, written
from commissions.clicks.models import CarriedClick
from editors.membership.models import Editor, EditorStatus
from foundation.db import db
from tests.commissions.conftest import make_editor
from tests.commissions.sales import sell, tell_paid, window_link

AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
KEYS = ["an older one", "the key of today"]
PERSON = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
}


def clicks(*days: int) -> list[Carried]:
    return [Carried(day + 1, 1, AT + timedelta(days=day)) for day in days]


def test_what_is_written_is_read_again_by_either_key_and_forgets_what_is_old():
    kept = Remembered(AT, tuple(clicks(0, 20)))
    now = AT + timedelta(days=29)
    assert read(written(kept, KEYS), KEYS, days=30, now=now) == kept
    assert read(written(kept, KEYS[:1]), KEYS, days=30, now=now) == kept
    assert read(written(kept, KEYS), KEYS, days=10, now=now) == Remembered(AT, tuple(clicks(20)))


@pytest.mark.parametrize("text", ["", "no", "a.b", "x" * (LONGEST + 1), "W10.abc", "\x00"])
def test_what_we_did_not_sign_is_nothing(text):
    assert read(text, KEYS, days=30, now=AT) is None
    assert read(written(Remembered(AT), ["a key of somebody else"]), KEYS, days=30, now=AT) is None


def test_of_many_clicks_the_first_and_the_last_ones_are_kept():
    kept = Remembered(AT).plus(clicks(*range(20))).plus(clicks(19))
    assert [one.click_id for one in kept.clicks] == [1, *range(14, 21)]
    assert len(kept.clicks) == MOST


def carried(editor: int, days: int) -> Candidate:
    at = AT - timedelta(days=days)
    return Candidate(ClaimKind.COOKIE, editor, at, at, click_id=editor)


def test_of_remembered_links_the_last_counts_or_the_first_as_the_shop_has_set():
    both = [carried(1, 20), carried(2, 3)]
    last = decide(both, [], AT, Terms())
    assert (last.editor_id, last.rule) == (2, Rule.COOKIE)
    assert [row.reason for row in last.rows[:2]] == [Reason.BY_COOKIE, Reason.EARLIER]
    first = decide(both, [], AT, Terms(first_click=True))
    assert (first.editor_id, first.rule) == (1, Rule.FIRST_COOKIE)
    assert [row.reason for row in first.rows[:2]] == [Reason.BY_FIRST_COOKIE, Reason.LATER]
    chosen = decide(both, [Choice(2, AT)], AT, Terms(first_click=True))
    assert chosen.editor_id == 2, "whom the shopper chose comes before both"
    assert decide(both, [], AT, Terms(cookie_days=2)).editor_id is None


def visit_of(browser) -> str | None:
    with browser.session_transaction() as session:
        return session.get("visit")


def close(browser) -> None:
    """The browser is closed: what belongs to the session is gone."""
    browser.delete_cookie("session")


def receipt_of(order_id: int) -> Receipt:
    return db.session.scalars(select(Receipt).where(Receipt.order_id == order_id)).one()


def test_a_remembered_link_is_credited_on_another_day_and_without_a_yes_it_is_not(
    shop, app, client, work, clock, statements
):
    first = client.get(f"/go/{shop.code}", headers=PERSON)
    assert client.get_cookie("credit") is None, "nothing is kept before anybody agreed"
    for path, asked in (("/cart", "May this browser remember"), ("/credit", "Remembered in this browser")):
        page = client.get(path, headers=PERSON).text
        assert asked in page
        assert page.count("Yes, remember") == page.count("No, do not remember") == 1
    assert client.post("/credit/remember", data={"answer": "yes", "next": "/credit"}).status_code == 303
    cookie = client.get_cookie("credit")
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 30 * 24 * 3600)
    page = client.get("/credit", headers=PERSON).text
    assert "One link is kept now." in page
    assert "May this browser remember" not in client.get("/cart", headers=PERSON).text
    assert first.status_code == 302
    close(client)
    clock.advance(days=12)
    with statements() as seen:
        back = client.get("/credit", headers=PERSON).text
    assert "Shopping with Giulia Ferri." in back
    assert sum("carried_clicks" in statement for statement in seen.sql) <= 2
    stranger = app.test_client()
    assert "Shopping with" not in stranger.get("/credit", headers=PERSON).text
    with work():
        order = sell(shop.product_id, visit=visit_of(client))
        tell_paid(order)
        receipt = receipt_of(order)
        assert (receipt.editor_id, receipt.rule, receipt.cookie_days) == (shop.editor_id, Rule.COOKIE, 30)
        other = sell(shop.product_id, visit="a-stranger")
        tell_paid(other)
        assert receipt_of(other).rule == Rule.NOBODY
    clock.advance(days=40)
    with work():
        forget_old_carried(older_than=timedelta(days=31))
        assert db.session.scalar(select(func.count()).select_from(CarriedClick)) == 0
        assert receipt_of(order).rule == Rule.COOKIE, "the receipt stays as it was"


def test_consent_taken_back_removes_the_cookie_and_what_it_brought_at_once(shop, client, work, clock):
    client.get(f"/go/{shop.code}", headers=PERSON)
    client.post("/credit/remember", data={"answer": "yes"})
    close(client)
    clock.advance(days=1)
    client.get("/shop", headers=PERSON)
    visit = visit_of(client)
    assert client.post("/credit/remember", data={"answer": "no", "next": "/credit"}).status_code == 303
    assert client.get_cookie("credit").value == "no"
    page = client.get("/credit", headers=PERSON).text
    assert "Shopping with" not in page
    assert "You said no, and only that is kept." in page
    with work():
        assert db.session.scalar(select(func.count()).select_from(CarriedClick)) == 0
        order = sell(shop.product_id, visit=visit)
        tell_paid(order)
        assert receipt_of(order).rule == Rule.NOBODY
    client.get(f"/go/{shop.code}", headers=PERSON)
    assert client.get_cookie("credit").value == "no", "a refusal is not asked again by a link"
    assert "Shopping with Giulia Ferri." in client.get("/credit", headers=PERSON).text
    with work():
        credited = sell(shop.product_id, visit=visit_of(client))
        tell_paid(credited)
        assert receipt_of(credited).rule != Rule.LAST_CLICK, "checkout had begun before it"


def test_crediting_nobody_empties_the_cookie_and_a_link_opened_later_is_remembered_again(
    shop, client, work, clock
):
    with work():
        marta = make_editor("Marta Conti", "marta")
        code = window_link(marta)
    client.get(f"/go/{shop.code}", headers=PERSON)
    client.post("/credit/remember", data={"answer": "yes"})
    client.post("/credit/remove")
    close(client)
    clock.advance(days=1)
    assert "Shopping with" not in client.get("/credit", headers=PERSON).text
    for one in (shop.code, code):
        client.get(f"/go/{one}", headers=PERSON)
    client.post("/credit/change", data={"handle": "giulia"})
    close(client)
    clock.advance(days=1)
    page = client.get("/credit", headers=PERSON).text
    assert "Shopping with Giulia Ferri." in page
    assert "Marta" not in page
    with work():
        db.session.get_one(Editor, shop.editor_id).status = EditorStatus.PAUSED
    close(client)
    assert "Shopping with" not in client.get("/shop", headers=PERSON).text


def test_a_shop_that_remembers_nothing_asks_nobody(shop, app, client, monkeypatch):
    settings = replace(app.extensions["vetrina.settings"], credit_cookie_days=0)
    monkeypatch.setitem(app.extensions, "vetrina.settings", settings)
    client.get(f"/go/{shop.code}", headers=PERSON)
    page = client.get("/credit", headers=PERSON).text
    assert "remember" not in page.lower()
    assert client.post("/credit/remember", data={"answer": "yes"}).status_code == 303
    assert client.get_cookie("credit") is None
