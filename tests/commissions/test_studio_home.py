"""The first page of the studio: what came in, what the next payout will come to, what to do next."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from commissions.accruals.actions import mature
from commissions.payouts.forecast import Forecast
from commissions.payouts.schedule import Rhythm, next_run_day, period_due
from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.membership.models import Editor
from foundation.db import db
from foundation.money import Money
from foundation.web.amounts import end_of
from storefront.catalog.models import Product, ProductStatus
from tests.commissions.sales import TESTS, Piece, click, deliver, sell, tell_delivered, tell_paid
from tests.editors.conftest import make_editor, make_look, make_product


@pytest.fixture
def giulia(shop, work, client_of):
    with work():
        return client_of(db.session.get_one(Editor, shop.editor_id).account_id)


def main_of(page: str) -> str:
    return " ".join(page.partition("<main")[2].split())


def test_the_next_payout_is_a_forecast_with_its_reason(shop, work, clock, giulia):
    """One sale matures before the run of the first, another after it; the minimum is 10.00."""
    page = main_of(giulia.get("/studio").text)
    assert "Nothing is payable yet." in page
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        first = sell(shop.product_id, [Piece("Blouse", 6100)], visit="visit-1")
        tell_paid(first)
        deliver(first)
        tell_delivered(first)
    page = main_of(giulia.get("/studio").text)
    assert "1 order, 1 click, not seen yet" in page
    # Payable on 1 April at twenty past nine: the run of that day has it.
    assert "A forecast for about Wednesday 1 April." in page
    assert "All of it becomes payable until then, if nothing of it comes back." in page
    assert "Payouts begin at €10.00: €4.00 is missing" in page
    clock.advance(days=1)
    with work():
        click(shop.code, "visit-2", b"w" * 16)
    clock.advance(minutes=20)
    with work():
        second = sell(shop.product_id, [Piece("Coat", 12200)], visit="visit-2")
        tell_paid(second)
        deliver(second)
        tell_delivered(second)
    page = main_of(giulia.get("/studio").text)
    assert "€12.00 more becomes payable later, the first of it on Thursday 2 April." in page
    assert '<p class="now__sum num">€12.00</p>' in page, "what came in today"
    assert '<p class="now__sum num">€18.00</p>' in page, "and this month"
    clock.advance(days=30)
    with work():
        mature(actor=TESTS)
    page = main_of(giulia.get("/studio").text)
    assert "All of it is sure." in page
    assert '<p class="money__sum num">€18.00</p>' in page


def test_the_day_of_the_next_run_and_what_it_lacks():
    for rhythm in (Rhythm.OFF, Rhythm.MONTHLY):
        assert next_run_day(rhythm, 1, date(2026, 3, 1)) == date(2026, 3, 1)
        assert next_run_day(rhythm, 1, date(2026, 12, 2)) == date(2027, 1, 1)
        assert next_run_day(rhythm, 28, date(2026, 2, 10)) == date(2026, 2, 28)
    # The 23rd of November 2026 is a Monday.
    for day, falls_on in ((1, 23), (2, 24), (7, 29)):
        assert next_run_day(Rhythm.WEEKLY, day, date(2026, 11, 23)) == date(2026, 11, falls_on)


def test_a_period_is_due_from_its_day_on_and_has_one_name():
    assert period_due(Rhythm.OFF, 1, date(2026, 11, 23)) is None
    assert period_due(Rhythm.MONTHLY, 24, date(2026, 11, 23)) is None
    assert {period_due(Rhythm.MONTHLY, 23, date(2026, 11, day)) for day in (23, 28, 30)} == {"2026-11"}
    assert period_due(Rhythm.WEEKLY, 2, date(2026, 11, 23)) is None
    assert period_due(Rhythm.WEEKLY, 5, date(2027, 1, 1)) == "2026-W53", "a week has the year of its Thursday"
    assert end_of(date(2026, 3, 29), "Europe/Rome").astimezone(ZoneInfo("UTC")).hour == 22
    euro = lambda minor: Money(minor, "EUR")  # noqa: E731
    owes = Forecast(date(2026, 4, 1), euro(-500), euro(300), euro(1000))
    assert (owes.amount.minor, owes.missing.minor) == (0, 1000)
    assert Forecast(date(2026, 4, 1), euro(700), euro(300), euro(1000)).missing.minor == 0


def test_what_to_do_next_is_true_and_what_matters_comes_first(shop, work, giulia, clock):
    with work():
        db.session.execute(text("DELETE FROM payees"))
        dress, gone = (
            make_product("gala-dress", "Gala dress", 20000),
            make_product("scarf", "Gala scarf", 900),
        )
        look = make_look(shop.editor_id, [dress, gone], "Gala")
        code = make_link(actor=TESTS, editor_id=shop.editor_id, target=LinkTarget.LOOK, look_id=look).code
        db.session.get_one(Product, gone).status = ProductStatus.ARCHIVED
        for number in range(20):
            click(code, f"visit-{number}", bytes([number]) * 16)
        make_look(shop.editor_id, [dress], "Nobody knows")
    page = main_of(giulia.get("/studio").text)
    steps = page.partition('class="todos"')[2].partition("</ol>")[0]
    order = [
        "Swap a piece in Gala",
        "Gala scarf is no longer sold",
        "Share Nobody knows",
        "See why nobody buys Gala",
    ]
    assert [steps.index(words) for words in order] == sorted(steps.index(words) for words in order)
    assert "20 clicks in four weeks and no order." in steps
    clock.advance(minutes=20)
    with work():
        tell_paid(sell(shop.product_id, [Piece("Blouse", 6100)], visit="visit-3"))
    steps = main_of(giulia.get("/studio").text).partition('class="todos"')[2].partition("</ol>")[0]
    assert steps.index("Let us pay you") < steps.index("Swap a piece")
    assert "€6.00 is yours or soon will be, and nobody knows yet where to send it." in steps
    assert "See why nobody buys" not in steps


def test_every_area_of_the_studio_is_two_taps_away_at_most(giulia):
    page = giulia.get("/studio/statements").text
    bar = page.partition('<nav class="thumbs')[2].partition("</nav>")[0]
    at_once, more = bar.split("<details")
    for path in ("/studio", "/studio/looks", "/studio/links", "/studio/results"):
        assert f'href="{path}"' in at_once
    for path in ("earnings", "orders", "statements", "payments", "profile", "media", "membership"):
        assert f'href="/studio/{path}"' in more
    assert 'href="/account/sizes"' in more
    assert '<summary class="thumbs__here">' in more, "the page stands behind the last button"
    assert '<nav class="thumbs' not in giulia.get("/shop").text


def test_the_first_page_asks_as_much_for_many_looks_as_for_few(shop, work, giulia, statements, client_of):
    with statements() as seen:
        assert giulia.get("/studio").status_code == 200
    few = seen.count
    assert few <= 28, seen.sql  # one asks who would like a mentor, one for bonuses
    with work():
        product = make_product("lina-blouse", "Lina blouse", 5000)
        for number in range(12):
            look = make_look(shop.editor_id, [product], f"Look {number}")
            link = make_link(actor=TESTS, editor_id=shop.editor_id, target=LinkTarget.LOOK, look_id=look)
            click(link.code, f"visit-{number}", bytes([number]) * 16)
        stranger = db.session.get_one(Editor, make_editor("Marta Conti", "marta")).account_id
    with statements() as seen:
        assert "Look 11" in giulia.get("/studio").text
    assert seen.count <= few + 1, seen.sql
    page = client_of(stranger).get("/studio").text
    assert "Look 11" not in page
    assert "0 orders, 0 clicks, not seen yet" in page
