"""What counts as a click, where a link leads, and whose visit it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from commissions.clicks.models import Click, CreditChoice
from commissions.clicks.policy import Device, Source, source_of
from editors.links.actions import make_link, pause_link
from editors.links.models import LinkTarget
from editors.links.queries import link_by_code
from foundation.db import db, unit_of_work
from tests.commissions.sales import TESTS, click
from tests.journeys.shop import CODE, found_town

INDEX = "CREATE UNIQUE INDEX uq_clicks_counted ON clicks (link_id, visitor_hash, hour) WHERE counted"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PERSON = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
}


def count(work, *conditions) -> int:
    with work():
        return db.session.scalars(select(func.count()).select_from(Click).where(*conditions)).one()


def test_a_click_is_recorded_with_one_statement_and_leads_to_the_target(shop, app, client, statements, work):
    app.test_client().get(f"/go/{shop.code}", headers=PERSON)  # the first of the day makes its salt
    with statements() as seen:
        answer = client.get(f"/go/{shop.code}", headers=PERSON)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/@giulia?via=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert seen.count == 1, seen.sql
    assert count(work, Click.counted) == 1
    with client.session_transaction() as session:
        assert session["credit"]["handle"] == "giulia"


def test_reloading_and_throwing_the_cookie_away_count_once_an_hour(shop, app, work, clock):
    browser = app.test_client()
    for _ in range(3):
        browser.get(f"/go/{shop.code}", headers=PERSON)
    app.test_client().get(f"/go/{shop.code}", headers=PERSON)
    assert count(work, Click.counted) == 1
    clock.advance(hours=1)
    browser.get(f"/go/{shop.code}", headers=PERSON)
    assert count(work, Click.counted) == 2


def test_two_people_behind_one_address_both_keep_their_editor(shop, app, work):
    """One telephone network, one kind of telephone: the figure counts one, the credit knows two."""
    visits = set()
    for _ in range(2):
        browser = app.test_client()
        browser.get(f"/go/{shop.code}", headers=PERSON)
        with browser.session_transaction() as session:
            visits.add(session["visit"])
    assert len(visits) == 2
    with work():
        assert set(db.session.scalars(select(Click.visit_id))) == visits
    assert count(work, Click.counted) == 1


def test_twenty_clicks_of_one_visitor_at_once_count_once(shop, app, work):
    def hit(_number: int) -> int:
        return app.test_client().get(f"/go/{shop.code}", headers=PERSON).status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(hit, range(20))) == {302}
    assert count(work, Click.counted) == 1
    assert count(work) == 20


def test_without_the_index_two_at_once_are_both_counted(shop, app, work):
    """The twin: it is the unique index that makes the count right. Both have looked before either commits."""
    both_have_written = Barrier(2)

    def click_once(number: int) -> None:
        with app.app_context(), unit_of_work():
            click(shop.code, f"visit-{number}")
            both_have_written.wait(timeout=10)

    with work():
        db.session.execute(text("DROP INDEX uq_clicks_counted"))
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(click_once, range(2)))
        assert count(work, Click.counted) == 2
    finally:
        with work():
            db.session.execute(text("DELETE FROM clicks"))
            db.session.execute(text(INDEX))


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "WhatsApp/2.23.20.0 A"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
        PERSON | {"Sec-Purpose": "prefetch;prerender"},
        PERSON | {"Purpose": "prefetch"},
        PERSON | {"X-Moz": "prefetch"},
        PERSON | {"Sec-Purpose": "prefetch"},
        PERSON | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        PERSON | {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        PERSON | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"},
        {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        PERSON | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        PERSON | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_what_is_no_person_opening_a_page_is_led_there_and_leaves_no_trace(shop, client, work, headers):
    answer = client.get(f"/go/{shop.code}", headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/@giulia")
    assert "Set-Cookie" not in answer.headers
    assert count(work) == 0


def test_a_browser_driven_by_a_program_counts_in_the_demo_and_nowhere_else(shop, app, work, monkeypatch):
    driven = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/143.0.0.0 Safari/537.36"}
    assert app.test_client().get(f"/go/{shop.code}", headers=driven).headers["Location"] == "/@giulia"
    assert count(work) == 0
    settings = replace(app.extensions["vetrina.settings"], demo=True)
    monkeypatch.setitem(app.extensions, "vetrina.settings", settings)
    answer = app.test_client().get(f"/go/{shop.code}", headers=driven)
    assert answer.headers["Location"].startswith("/@giulia?via=")
    assert count(work, Click.counted) == 1
    bot = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
    assert app.test_client().get(f"/go/{shop.code}", headers=bot).headers["Location"] == "/@giulia"
    assert count(work) == 1


def test_a_head_request_leaves_no_trace(shop, client, work):
    assert client.head(f"/go/{shop.code}", headers=PERSON).status_code == 302
    assert count(work) == 0


# What a browser says of where it comes from, and all that is kept of it.
HERE = "shop.test"
SOURCES = {
    "an app that says nothing": ({}, Source(None, Device.PHONE)),
    "a page elsewhere": ({"Referer": "https://www.instagram.com/stories/anna?u=1"},
                         Source("instagram.com", Device.PHONE)),
    "an Android app": ({"Referer": "android-app://com.pinterest/"}, Source("com.pinterest", Device.PHONE)),
    "a page of the shop": ({"Referer": "http://shop.test/looks"}, Source(None, Device.PHONE)),
    "a machine in somebody's house": ({"Referer": "http://192.168.1.20/notes"}, Source(None, Device.PHONE)),
    "an address nobody can read": ({"Referer": "http://[::1"}, Source(None, Device.PHONE)),
    "an endless host": ({"Referer": f"http://{'a' * 200}.example/"}, Source(None, Device.PHONE)),
    "a computer": ({"User-Agent": DESK}, Source(None, Device.DESK)),
    "a tablet": ({"User-Agent": "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Safari/604.1"},
                 Source(None, Device.TABLET)),
    "an Android tablet": ({"User-Agent": "Mozilla/5.0 (Linux; Android 15; SM-X200) Chrome/143.0"},
                          Source(None, Device.TABLET)),
    "an Android phone": ({"User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/143.0 Mobile"},
                         Source(None, Device.PHONE)),
    "a country": ({"CF-IPCountry": "it"}, Source(None, Device.PHONE, "IT")),
    "a country nobody knows": ({"CF-IPCountry": "XX"}, Source(None, Device.PHONE)),
    "no country at all": ({"CF-IPCountry": "T1<script>"}, Source(None, Device.PHONE)),
}  # fmt: skip


@pytest.mark.parametrize("case", SOURCES)
def test_of_where_a_click_comes_from_only_host_device_and_country_are_kept(case):
    headers, source = SOURCES[case]
    said = (PERSON | headers).get
    assert source_of(said, host=f"{HERE}:8000", country_header="CF-IPCountry") == source
    assert source_of(said, host=HERE, country_header=None) == replace(source, country=None)


def test_a_click_keeps_its_source_and_what_it_led_to_and_no_address(shop, app, client, work, monkeypatch):
    settings = replace(app.extensions["vetrina.settings"], country_header="X-Country")
    monkeypatch.setitem(app.extensions, "vetrina.settings", settings)
    with work():
        link = make_link(
            actor=TESTS, editor_id=shop.editor_id, target=LinkTarget.PRODUCT, product_id=shop.product_id
        )
        code = link.code
    came = {"Referer": "https://l.instagram.com/?u=anna", "X-Country": "FR"}
    client.get(f"/go/{code}", headers=PERSON | came, environ_overrides={"REMOTE_ADDR": "203.0.113.77"})
    with work():
        one = db.session.scalars(select(Click)).one()
        assert (one.referrer, one.device, one.country) == ("l.instagram.com", "phone", "FR")
        assert (one.product_id, one.look_id) == (shop.product_id, None)
        row = db.session.execute(text("SELECT clicks::text FROM clicks")).scalar_one()
        assert "203.0.113.77" not in row
        assert "anna" not in row


@pytest.mark.parametrize("code", ["nobody", "a" * 500, "%0d%0aX:y", "%F0%9F%91%97"])
def test_an_unknown_link_leads_to_the_shop_with_a_polite_note(shop, client, code):
    answer = client.get(f"/go/{code}", headers=PERSON)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/shop"
    with client.session_transaction() as session:
        assert "resting" in session["_flashes"][0][1]


def test_a_paused_link_leads_to_the_shop_and_counts_nothing(shop, client, work):
    with work():
        hit = link_by_code(shop.code)
        assert hit is not None
        pause_link(actor=TESTS, link_id=hit.link_id, editor_id=shop.editor_id)
    assert client.get(f"/go/{shop.code}", headers=PERSON).headers["Location"] == "/shop"
    assert count(work) == 0


def test_where_it_leads_cannot_be_asked_for(shop, client):
    answer = client.get(f"/go/{shop.code}?next=https://evil.example&path=//evil.example", headers=PERSON)
    assert answer.headers["Location"].startswith("/@giulia?via=")


def test_a_tampered_cookie_is_ignored(shop, app):
    browser = app.test_client()
    browser.get(f"/go/{shop.code}", headers=PERSON)
    cookie = browser.get_cookie("session")
    assert cookie is not None
    browser.set_cookie("session", cookie.value[:-2] + "AA")
    page = browser.get("/credit", headers=PERSON)
    assert page.status_code == 200
    assert b"Giulia" not in page.data


def test_ones_own_click_is_marked_and_never_counted(shop, client_of, work):
    with work():
        owner = link_by_code(shop.code)
        assert owner is not None
    browser = client_of(owner.editor_account_id)
    browser.get(f"/go/{shop.code}", headers=PERSON)
    assert count(work, Click.own, ~Click.counted) == 1
    with browser.session_transaction() as session:
        assert "credit" not in session


def test_the_band_names_the_editor_without_a_statement_and_can_be_removed(
    shop, app, client, statements, work
):
    client.get(f"/go/{shop.code}", headers=PERSON)
    with statements() as seen, app.test_request_context("/", headers=PERSON):
        with client.session_transaction() as session:
            credit = dict(session["credit"])
        from_session = app.jinja_env.get_template("commissions/clicks/band.html").render(credit=credit)
    assert "Shopping with Giulia Ferri." in from_session
    assert seen.count == 0
    assert b"Shopping with Giulia Ferri." in client.get("/credit", headers=PERSON).data
    answer = client.post("/credit/remove", data={"next": "https://evil.example/"}, headers=PERSON)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert b"Shopping with Giulia" not in client.get("/credit", headers=PERSON).data
    with work():
        assert db.session.scalars(select(CreditChoice.editor_id)).all() == [None]


def test_only_an_editor_of_this_visit_can_be_chosen(shop, client):
    client.get(f"/go/{shop.code}", headers=PERSON)
    assert client.post("/credit/change", data={"handle": "nobody"}, headers=PERSON).status_code == 404
    assert client.post("/credit/change", data={"handle": "giulia"}, headers=PERSON).status_code == 303


def test_an_empty_bag_leads_back_to_the_look_one_came_for(app, work, account):
    found_town(work, account)
    browser = app.test_client()
    assert "You came for" not in browser.get("/cart", headers=PERSON).text
    browser.get(f"/go/{CODE}", headers=PERSON)
    page = browser.get("/cart", headers=PERSON).text
    assert "You came for Carry-on only, by Giulia Ferri. It is still here." in page
    assert 'href="/looks/carry-on-only"' in page
    italian = browser.get("/cart", headers=PERSON | {"Accept-Language": "it"}).text
    assert "Ti aspetta ancora." in italian
