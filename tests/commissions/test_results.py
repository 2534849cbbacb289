"""What came of an editor's looks and links: counted honestly, added up right, shown to nobody else."""

import csv
import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text

from commissions.accruals.models import Commission
from commissions.claims.models import Claim
from commissions.clicks.models import BaggedPiece, Click, DaySights
from commissions.clicks.seeing import Onlooker, Opening, Sight
from commissions.clicks.tally import Tally
from commissions.results.asking import read
from commissions.results.policy import (
    Cut,
    Period,
    Results,
    Span,
    chunks,
    span_a_year_before,
    span_before,
    span_of,
)
from commissions.results.queries import days_of, results_by
from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.membership.models import Editor
from foundation.db import db
from foundation.web.charts import Point, bar_chart
from storefront.catalog.models import Variant
from tests.commissions.sales import TESTS, click, give_back, sell, tell_paid, tell_refunded
from tests.commissions.test_clicks import PERSON
from tests.editors.conftest import make_editor, make_look, make_product

ROME = "Europe/Rome"
BOT = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
LAPTOP = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def told(shop, app, work, client_of, clock):
    """A day of Giulia's: her look is opened, clicked, put into a bag and bought, and one piece comes back."""
    with work():
        look = make_look(shop.editor_id, [shop.product_id], "=Carry-on only")
        code = make_link(actor=TESTS, editor_id=shop.editor_id, target=LinkTarget.LOOK, look_id=look).code
        giulia = db.session.get_one(Editor, shop.editor_id).account_id
        variant = db.session.scalars(select(Variant.id).where(Variant.product_id == shop.product_id)).first()
        slug = db.session.scalars(text("SELECT slug FROM looks")).one()
        stranger = make_editor("Marta Conti", "marta")
    shopper, mine = app.test_client(), client_of(giulia)
    for headers in (PERSON, LAPTOP, BOT, PERSON | {"Sec-Purpose": "prefetch"}):
        app.test_client().get(f"/looks/{slug}", headers=headers)
    app.test_client().head(f"/looks/{slug}", headers=PERSON)
    app.test_client().get("/@giulia", headers=PERSON)
    mine.get(f"/looks/{slug}", headers=LAPTOP)
    mine.get(f"/go/{code}", headers=LAPTOP)
    for browser, headers in ((shopper, PERSON), (app.test_client(), PERSON), (app.test_client(), LAPTOP)):
        browser.get(f"/go/{code}", headers=headers)
    app.test_client().get(f"/go/{code}", headers=BOT)
    with work():  # who shops with her goes on doing so when she is called otherwise
        db.session.execute(text("UPDATE editors SET handle = 'giulia-ferri' WHERE handle = 'giulia'"))
    for _ in range(2):
        assert (
            shopper.post(
                "/cart/add", data={"variant_id": variant, "quantity": "1"}, headers=PERSON
            ).status_code
            == 303
        )
    assert (
        mine.post("/cart/add", data={"variant_id": variant, "quantity": "1"}, headers=LAPTOP).status_code
        == 303
    )
    with shopper.session_transaction() as session:
        visit = session["visit"]
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit=visit)
        tell_paid(order)
        tell_refunded(order, give_back(order, 3, 3000))
    return mine, client_of(_account(work, stranger)), shop.editor_id, look


def _account(work, editor_id: int) -> int:
    with work():
        return db.session.get_one(Editor, editor_id).account_id


def test_what_came_of_a_look_is_counted_and_what_was_left_out_is_said(told, work):
    mine, _, _editor, _look = told
    page = mine.get("/studio/results").text
    assert "=Carry-on only" in page
    # Seen by two people, and the window by one; two clicks, one bag, four pieces, of which three are kept.
    with work():
        (found,) = days_of(_editor, "EUR", ROME, [Span(date(2026, 3, 2), date(2026, 3, 2))])
        sold = db.session.scalars(select(Commission)).all()
        earned = sum(one.accrued_minor - one.reversed_minor for one in sold)
        assert found.whole == Results(3, 2, 1, 1, 4, 3, earned)
        left = found.left_out
        assert (left.own_seen, left.programs_seen, left.own_clicks, left.again, left.programs) == (
            1,
            1,
            1,
            1,
            1,
        )
        assert db.session.scalars(select(Claim.verdict).where(Claim.look_id == _look)).all() == ["won"]
    main = " ".join(page.partition("<main")[2].split())
    for words in (
        '<strong class="num">1</strong> × you tried a link of your own.',
        '<strong class="num">1</strong> × somebody came again within the hour',
        '<strong class="num">1</strong> × a program followed a link',
        '<strong class="num">1</strong> × you opened a page of your own.',
        '<strong class="num">1</strong> × a program read a page of yours.',
        "of 4 pieces sold",
        f"€{earned / 100:.2f}",
        f"€{earned / 200:.2f}",
    ):
        assert words in main
    assert "Nothing happened in the days beside these" in main
    assert "<script" not in main
    assert " style=" not in main
    for cut in ("piece", "link", "place", "day"):
        answer = mine.get(f"/studio/results?by={cut}&period=month&against=year&draw=clicks")
        assert answer.status_code == 200
    assert "2 Mar 2026" in answer.text


def test_figures_are_for_their_editor_alone(told, client, client_of, account):
    _mine, marta, _editor, _look = told
    page = marta.get("/studio/results").text
    assert "Nothing in these days yet" in page
    assert "Carry-on only" not in page
    sheet = list(csv.reader(io.StringIO(marta.get("/studio/results/results.csv").text)))
    assert sheet[1] == []
    assert client.get("/studio/results").status_code == 302
    somebody = client_of(account("anna@example.test"))
    assert somebody.get("/studio/results").status_code == 403
    assert somebody.get("/studio/results/results.csv").status_code == 403


def test_the_file_has_every_line_and_no_formula(told):
    answer = told[0].get("/studio/results/results.csv?by=look")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="results-look-2026-02-03-2026-03-02.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    look = rows[0]
    assert look["look"] == "'=Carry-on only"
    assert [look[name] for name in ("seen", "clicks", "carts", "orders", "pieces", "kept")] == list("221143")
    assert look["earned_before"] == "0.00"
    assert rows[1]["seen"] == "1", "the window stands without a look"
    days = told[0].get("/studio/results/results.csv?by=day").data.decode("utf-8-sig").splitlines()
    assert days[1].startswith("2026-03-02,") and "before" not in days[0]  # as machines write it, by itself


def test_days_that_cannot_be_are_refused_beside_their_fields_and_nothing_typed_is_lost(told):
    asked = "period=days&since=2026-02-30&until=2026-02-01&against=days&since2=2026-02-05&until2=2026-02-01"
    answer = told[0].get(f"/studio/results?{asked}")
    assert answer.status_code == 422
    assert "Write the first day" in answer.text
    assert 'value="2026-02-30"' in answer.text
    assert "The last day comes before the first one." in answer.text
    for since, wrong in (
        ("2026-03-03", "still to come"),
        ("2023-01-01", "Two years at most"),
        ("9999-12-31", "Write"),
    ):
        page = told[0].get(f"/studio/results?period=days&since={since}&until=2026-03-02")
        assert (page.status_code, wrong in page.text) == (422, True)
    assert told[0].get("/studio/results?period=nonsense&by=x&sort=y&draw=z&against=q").status_code == 200
    assert told[0].get("/studio/results?page=2").status_code == 404


def test_as_many_statements_for_many_looks_and_links_as_for_one(told, work, statements):
    mine, _marta, editor, _look = told

    def asked(cut: str) -> int:
        with statements() as seen:
            assert mine.get(f"/studio/results?by={cut}").status_code == 200
        return seen.count

    few = {cut: asked(cut) for cut in Cut}
    assert max(few.values()) <= 7, few
    with work():
        product = make_product("lina-blouse", "Lina blouse", 5000)
        for number in range(12):
            look = make_look(editor, [product], f"Look {number}")
            link = make_link(actor=TESTS, editor_id=editor, target=LinkTarget.LOOK, look_id=look)
            click(link.code, f"visit-{number}", bytes([number]) * 16)
    assert {cut: asked(cut) for cut in Cut} == few


def test_sums_are_those_of_a_slow_count_of_plain_rows(shop, work):
    """Chance rows around midnights in Rome, counted again one by one."""
    chance = Random(1906)
    spans = [Span(date(2026, 3, 27), date(2026, 3, 31)), Span(date(2026, 3, 20), date(2026, 3, 26))]
    start = datetime(2026, 3, 19, 12, tzinfo=UTC)
    with work():
        looks = [make_look(shop.editor_id, [shop.product_id], f"Look {one}") for one in range(3)]
        links = {
            look: make_link(actor=TESTS, editor_id=shop.editor_id, target=LinkTarget.LOOK, look_id=look).id
            for look in looks
        }
        other = make_editor("Marta Conti", "marta")
        rows = [
            {
                "link_id": links[look],
                "editor_id": chance.choice((shop.editor_id, shop.editor_id, other)),
                "look_id": chance.choice((look, None)),
                "visit_id": f"visit-{number}",
                "visitor_hash": number.to_bytes(16, "big"),
                "hour": at.replace(minute=0, second=0, microsecond=0),
                "first_at": at,
                "last_at": at,
                "own": own,
                "counted": not own and chance.random() < 0.8,
            }
            for number in range(400)
            for look in [chance.choice(looks)]
            for own in [chance.random() < 0.1]
            for at in [start + timedelta(minutes=chance.randrange(14 * 24 * 60))]
        ]
        db.session.execute(insert(Click), rows)
        ids = db.session.scalars(select(Click.id).order_by(Click.id)).all()
        bags = [
            {
                "click_id": one,
                "link_id": row["link_id"],
                "look_id": row["look_id"],
                "product_id": shop.product_id,
                "editor_id": row["editor_id"],
                "at": row["last_at"],
            }
            for one, row in zip(ids, rows, strict=True)
            if chance.random() < 0.3
        ]
        db.session.execute(insert(BaggedPiece), bags)
        seen = [
            {"editor_id": shop.editor_id, "day": date(2026, 3, 19) + timedelta(days=ahead), "look_id": look}
            | {"people": chance.randrange(9), "own": chance.randrange(3), "programs": chance.randrange(3)}
            for ahead in range(14)
            for look in looks
        ]
        db.session.execute(insert(DaySights), seen)
    zone = ZoneInfo(ROME)
    with work():
        days = days_of(shop.editor_id, "EUR", ROME, spans)
        by_look = results_by(Cut.LOOK, shop.editor_id, "EUR", ROME, spans)
        by_piece = results_by(Cut.PIECE, shop.editor_id, "EUR", ROME, spans)
        by_place = results_by(Cut.PLACE, shop.editor_id, "EUR", ROME, spans)
    for number, span in enumerate(spans):
        within = [row | {"id": one} for one, row in zip(ids, rows, strict=True)
                  if row["editor_id"] == shop.editor_id
                  and span.first <= row["first_at"].astimezone(zone).date() <= span.last]  # fmt: skip
        clicks = Counter(row["first_at"].astimezone(zone).date() for row in within if row["counted"])
        bagged = {bag["click_id"] for bag in bags}
        carts = Counter(row["first_at"].astimezone(zone).date() for row in within if row["id"] in bagged)
        shown = Counter()
        for row in seen:
            if span.first <= row["day"] <= span.last:
                shown[row["day"]] += row["people"]
        for day in (span.first + timedelta(days=ahead) for ahead in range(span.days)):
            found = days[number].within(Span(day, day))
            assert (found.seen, found.clicks, found.carts) == (shown[day], clicks[day], carts[day])
        assert days[number].left_out.own_clicks == sum(row["own"] for row in within)
        assert days[number].left_out.again == sum(not row["own"] and not row["counted"] for row in within)
        whole = days[number].whole
        assert whole == Results(shown.total(), clicks.total(), carts.total(), 0, 0, 0, 0)
        assert sum(by_look[number].values(), Results()) == whole
        assert set(by_place[number]) == {1}, "plain links have no place"
        assert by_place[number][1].clicks == whole.clicks
        looked = sum(row["counted"] for row in within if row["look_id"])
        assert by_piece[number][shop.product_id].clicks == looked


def test_thirty_thousand_clicks_are_added_up_in_less_than_two_seconds_on_a_busy_machine(shop, work):
    with work():
        db.session.execute(
            text(
                """
                INSERT INTO clicks
                    (link_id, editor_id, visit_id, visitor_hash, hour, first_at, last_at, own, counted)
                SELECT (SELECT id FROM links LIMIT 1), :editor, 'visit-' || number,
                       decode(lpad(to_hex(number), 32, '0'), 'hex'), moment, moment, moment, false, true
                FROM generate_series(1, 30000) number, LATERAL (
                    SELECT timestamptz '2026-03-02 08:00+00' - number * interval '60 seconds') at (moment)
                """
            ),
            {"editor": shop.editor_id},
        )
    with work():
        span = Span(date(2026, 2, 3), date(2026, 3, 2))
        began = monotonic()
        (found,) = days_of(shop.editor_id, "EUR", ROME, [span])
        results_by(Cut.LINK, shop.editor_id, "EUR", ROME, [span])
        assert monotonic() - began < 2
    assert found.whole.clicks == 30_000


def test_periods_and_what_they_stand_beside():
    today = date(2026, 3, 31)
    month, last = span_of(Period.MONTH, today), span_of(Period.LAST_MONTH, today)
    assert (month, last) == (Span(date(2026, 3, 1), today), Span(date(2026, 2, 1), date(2026, 2, 28)))
    assert span_before(month, Period.MONTH) == last, "February has no 31st"
    assert span_before(last, Period.LAST_MONTH) == Span(date(2026, 1, 1), date(2026, 1, 31))
    week = span_of(Period.WEEK, today)
    assert (week.days, span_before(week, Period.WEEK).last) == (7, date(2026, 3, 24))
    assert span_a_year_before(Span(date(2024, 2, 29), date(2024, 3, 1))).first == date(2023, 2, 28)
    begins, ends = Span(date(2026, 3, 29), date(2026, 3, 29)).bounds(ROME)
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=23), "the clocks went forward"
    assert [len(chunks(Span(today - timedelta(days=many), today))) for many in (6, 89, 364)] == [7, 13, 12]
    assert read({}, today).address() == {}
    own = read({"own": "1", "period": "7", "since": "2026-03-02", "until": "2026-05-01"}, today)
    assert (own.span, own.wrongs) == (Span(date(2026, 3, 2), today), {}), "days to come are left off"
    assert own.other == Span(date(2026, 1, 31), date(2026, 3, 1))
    assert read({"by": "link", "sort": "clicks"}, today).address(page=2) == {
        "by": "link",
        "sort": "clicks",
        "page": "2",
    }


def test_a_bar_stands_before_what_it_was_and_rules_are_round():
    chart = bar_chart([Point("1", 30, before=65), Point("2", 0)], label=str)
    behind, front = chart.bars
    assert (behind.before, front.before) == (True, False)
    assert behind.width > front.width
    assert [rule.label for rule in chart.rules] == ["20", "40", "60"]
    assert bar_chart([], label=str).bars == ()


def test_openings_are_counted_in_memory_and_written_together():
    written = []
    tally = Tally(written.append, 0.05)
    one = Opening(Sight.LOOK, "carry-on", Onlooker.PERSON, None, date(2026, 3, 2))
    other = Opening(Sight.WINDOW, "giulia", Onlooker.PROGRAM, None, date(2026, 3, 2))
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(tally.add, [one] * 200 + [other]):
            pass
    until = monotonic() + 5
    while sum(times for batch in written for _opening, times in batch) < 201 and monotonic() < until:
        sleep(0.01)
    sums = Counter()
    for batch in written:
        sums.update(dict(batch))
    assert sums == {one: 200, other: 1}
    assert len(written) < 20
    tally.add(other)
    tally.write_down()
    assert written[-1] == [(other, 1)]
    tally.write_down()
    assert written[-1] == [(other, 1)], "nothing new, nothing written"
