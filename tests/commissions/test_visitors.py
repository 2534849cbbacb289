"""What is known of a visitor, and how one finds back who lost the cookie between the link and the page."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from commissions.accruals.models import Commission
from commissions.clicks import actions, policy
from commissions.clicks.actions import salt_of_day
from commissions.clicks.jobs import forget_old_salts_daily
from commissions.clicks.models import Click, VisitorSalt
from commissions.clicks.views import SALT
from foundation import clock as shop_clock
from foundation.db import db, past_the_session
from storefront.catalog.models import Variant
from tests.commissions.sales import sell, tell_paid
from tests.commissions.test_clicks import PERSON, count
from tests.races import without_unique


def test_no_address_of_a_machine_is_kept_and_names_change_every_day():
    monday = policy.visitor_hash(b"m" * 32, "192.0.2.7", "x")
    tuesday = policy.visitor_hash(b"t" * 32, "192.0.2.7", "x")
    assert len(monday) == 16
    assert monday != tuesday
    assert b"192" not in monday


def test_the_salt_is_random_made_once_a_day_and_asked_for_once_a_process(
    shop, app, client, statements, work, clock
):
    app.extensions.pop(SALT, None)
    seen_by_day = []
    for _day in range(2):
        for expected in (2, 1, 1):
            with statements() as seen:
                client.get(f"/go/{shop.code}", headers=PERSON)
            assert seen.count == expected, seen.sql
        seen_by_day.append(app.extensions[SALT][1])
        clock.advance(days=1)
    with work():
        salts = db.session.scalars(select(VisitorSalt.salt).order_by(VisitorSalt.day)).all()
    assert salts == seen_by_day
    assert len(set(salts)) == 2


def salts_of_two_processes(app) -> int:
    """Two processes ask for the salt of one day at once: how many there are."""
    both_are_here = Barrier(2)

    def ask(_number: int) -> bytes:
        with app.app_context(), past_the_session() as connection:
            both_are_here.wait(timeout=10)
            return salt_of_day(day=date(2026, 3, 2), connection=connection)

    with ThreadPoolExecutor(2) as pool:
        return len(set(pool.map(ask, range(2))))


def test_two_processes_of_one_day_use_the_same_salt(shop, app, work):
    assert salts_of_two_processes(app) == 1


def test_without_the_key_two_processes_have_two_salts(shop, app, work, monkeypatch):
    """The twin."""
    monkeypatch.setattr(actions, "_SALT", actions._SALT.partition("ON CONFLICT")[0] + "RETURNING salt")
    with without_unique(work, "pk_visitor_salts"):
        assert salts_of_two_processes(app) == 2


def test_a_salt_is_thrown_away_after_two_days(app, work, clock):
    today = shop_clock.now().date()
    with work():
        for ago in range(4):
            db.session.add(VisitorSalt(day=today - timedelta(days=ago), salt=bytes(32)))
    with work():
        forget_old_salts_daily()
    with work():
        kept = db.session.scalars(select(VisitorSalt.day).order_by(VisitorSalt.day)).all()
    assert kept == [today - timedelta(days=1), today]


def follow(browser: FlaskClient, address: str, headers: dict[str, str]) -> list[str]:
    """The addresses a browser comes through, the first included; more than five are a circle."""
    through = [address]
    while (answer := browser.get(through[-1], headers=headers)).status_code == 302:
        through.append(answer.headers["Location"])
        assert len(through) < 6, through
    return through


def seen_in(browser: FlaskClient) -> tuple[str | None, str | None]:
    """A browser's visit, and who is credited in it."""
    with browser.session_transaction() as session:
        return session.get("visit"), session.get("credit", {}).get("handle")


def test_who_lost_the_cookie_on_the_way_is_credited_in_a_visit_of_their_own(shop, app, work, clock):
    lost = app.test_client(use_cookies=False).get(f"/go/{shop.code}", headers=PERSON).headers["Location"]
    browser = app.test_client()
    through = follow(browser, lost, PERSON)
    assert through == [lost, f"/go/{shop.code}?again=1", "/@giulia"]
    visit, credited = seen_in(browser)
    assert credited == "giulia"
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit=visit)
        tell_paid(order)
        assert set(db.session.scalars(select(Commission.editor_id))) == {shop.editor_id}
    assert count(work, Click.counted) == 1


def test_a_browser_that_keeps_no_cookie_does_not_go_in_a_circle(shop, app):
    assert len(follow(app.test_client(use_cookies=False), f"/go/{shop.code}", PERSON)) == 4


def test_two_people_of_one_office_who_paste_one_address_share_nothing(shop, app, work):
    first, second = app.test_client(), app.test_client()
    pasted = first.get(f"/go/{shop.code}", headers=PERSON).headers["Location"]
    with work():
        variant = db.session.scalars(select(Variant.id).where(Variant.product_id == shop.product_id)).first()
    first.post("/cart/add", data={"variant_id": variant, "quantity": "1"}, headers=PERSON)
    visit = seen_in(first)[0]
    assert visit is not None
    assert visit not in pasted
    follow(second, pasted, PERSON)
    assert seen_in(second)[0] not in (None, visit)
    assert (seen_in(first)[1], seen_in(second)[1]) == ("giulia", "giulia")
    assert b"/cart/lines/" in first.get("/cart", headers=PERSON).data
    assert b"/cart/lines/" not in second.get("/cart", headers=PERSON).data
    with work():
        assert set(db.session.scalars(select(Click.visit_id))) == {visit, seen_in(second)[0]}


def test_the_signed_parameter_is_worth_nothing_elsewhere_or_tomorrow(shop, app, clock):
    target = app.test_client(use_cookies=False).get(f"/go/{shop.code}", headers=PERSON).headers["Location"]
    elsewhere, tomorrow = app.test_client(), app.test_client()
    follow(elsewhere, target, PERSON | {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    clock.advance(days=1)
    follow(tomorrow, target, PERSON)
    assert seen_in(elsewhere) == seen_in(tomorrow) == (None, None)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda t: t + "x", lambda t: "é"]
)
def test_a_tampered_parameter_is_ignored(shop, app, change):
    target = app.test_client(use_cookies=False).get(f"/go/{shop.code}", headers=PERSON).headers["Location"]
    _path, _, token = target.partition("?via=")
    browser = app.test_client()
    assert browser.get("/credit", query_string={"via": change(token)}, headers=PERSON).status_code == 200
    with browser.session_transaction() as session:
        assert "visit" not in session
        assert "credit" not in session
