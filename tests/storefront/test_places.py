"""Stores and the warehouse: their pages, their hours on their own clocks, and who may change them."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from foundation.accounts.permissions import Role
from foundation.audit.queries import history
from foundation.db import db
from foundation.seen import ChangedMeanwhile
from storefront.places import actions
from storefront.places.actions import PlaceDraft
from storefront.places.errors import DayTaken, SlugTaken, WarehouseStays
from storefront.places.forms import every_country
from storefront.places.models import WEB_WAREHOUSE
from storefront.places.policy import Hours, Span, Standing, read_spans, standing, write_spans
from storefront.places.queries import every_place, place_by_id
from tests.storefront.goods import HOUSE

PAUSE = read_spans("10:00-13:00, 15:30-19:30")


def draft(slug: str = "torino", **more: Any) -> PlaceDraft:
    """A store in Torino that is open on weekdays with a pause at noon."""
    values: dict[str, Any] = {
        "slug": slug,
        "name": "Torino, Via Lagrange",
        "street": "Via Lagrange 12",
        "postcode": "10123",
        "city": "Torino",
        "country": "IT",
        "time_zone": "Europe/Rome",
        "phone": "+39 011 555 0112",
        "words": "Paola pins a hem.",
        "words_it": "Paola appunta un orlo.",
        "week": dict.fromkeys(range(5), PAUSE),
    }
    return PlaceDraft(**(values | more))


def opened(slug: str = "torino", **more: Any) -> int:
    return actions.open_store(actor=HOUSE, draft=draft(slug, **more)).id


def filled(**changed: str) -> dict[str, str]:
    """The form of a store, filled in."""
    return {
        "name": "Milano, Brera",
        "slug": "milano-brera",
        "street": "Via Fiori Chiari 9",
        "postcode": "20121",
        "city": "Milano",
        "country": "IT",
        "time_zone": "Europe/Rome",
        "monday": "10:00-19:30",
    } | changed


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.STORE)


@pytest.mark.parametrize(
    ("local", "stands"),
    [
        (datetime(2026, 3, 2, 9, 0, tzinfo=UTC), Standing(False, next_day=date(2026, 3, 2), next_time=600)),
        (datetime(2026, 3, 2, 10, 0, tzinfo=UTC), Standing(True, until=780)),
        (datetime(2026, 3, 2, 12, 59, tzinfo=UTC), Standing(True, until=780)),
        (datetime(2026, 3, 2, 13, 0, tzinfo=UTC), Standing(False, next_day=date(2026, 3, 2), next_time=930)),
        (datetime(2026, 3, 2, 19, 30, tzinfo=UTC), Standing(False, next_day=date(2026, 3, 3), next_time=600)),
        (datetime(2026, 3, 6, 20, 0, tzinfo=UTC), Standing(False, next_day=date(2026, 3, 9), next_time=600)),
    ],
)
def test_a_store_is_open_from_the_first_minute_to_the_last(local: datetime, stands: Standing) -> None:
    assert standing(Hours(dict.fromkeys(range(5), PAUSE)), local) == stands


def test_a_special_day_comes_before_its_weekday() -> None:
    christmas = date(2026, 12, 25)
    hours = Hours(dict.fromkeys(range(7), PAUSE), {christmas: (), date(2026, 12, 26): (Span(600, 720),)})
    assert standing(hours, datetime(2026, 12, 25, 11, 0, tzinfo=UTC)) == Standing(
        False, next_day=date(2026, 12, 26), next_time=600
    )


def test_a_place_that_never_opens_is_closed_for_now() -> None:
    assert standing(Hours(), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) == Standing(False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10:00-19:30", "10:00-19:30"),
        (" 15.30 – 19.30 ; 9:00-13:00", "09:00-13:00, 15:30-19:30"),
        ("", ""),
        ("00:00-24:00", "00:00-24:00"),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert write_spans(read_spans(typed)) == kept


@pytest.mark.parametrize(
    "typed",
    ["10-19", "25:00-26:00", "19:00-10:00", "10:61-12:00", "10:00-12:00, 11:00-13:00", "closed", "9:00-9:00"],
)
def test_hours_that_make_no_sense_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed.partition(",")[0][:2])):
        read_spans(typed)


def test_every_shop_has_its_one_warehouse_and_it_stays(work: Callable[[], Any]) -> None:
    with work():
        (place,) = every_place()
        assert (place.id, place.is_store) == (WEB_WAREHOUSE, False)
        with pytest.raises(WarehouseStays):
            actions.close_store(actor=HOUSE, place_id=WEB_WAREHOUSE, reason="no")


def test_a_store_tells_whether_it_is_open_on_its_own_clock(
    client: FlaskClient, clock: Any, work: Callable[[], Any]
) -> None:
    clock.freeze(datetime(2026, 3, 2, 18, 45, tzinfo=UTC))
    with work():
        opened()
        opened("london", name="London", country="GB", time_zone="Europe/London")
    page = client.get("/stores").text
    assert "Closed, opens tomorrow at 10:00" in page, "it is 19:45 in Torino"
    assert "Open until 19:30" in page, "it is 18:45 in London"
    italian = client.get("/stores", headers={"Accept-Language": "it"}).text
    assert "Aperto fino alle 19:30" in italian and "Regno Unito" in italian


def test_the_page_of_a_store_says_the_same_to_people_and_to_machines(
    client: FlaskClient, clock: Any, work: Callable[[], Any]
) -> None:
    with work():
        place_id = opened(name="Torino </script>")
        actions.add_special_day(
            actor=HOUSE, place_id=place_id, day=date(2026, 3, 19), span=None, note="Saint Joseph"
        )
        actions.add_special_day(
            actor=HOUSE, place_id=place_id, day=date(2025, 12, 25), span=None, note="Long ago"
        )
    page = client.get("/stores/torino").text
    assert "10:00–13:00, 15:30–19:30" in page and "Saint Joseph" in page and "Long ago" not in page
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page)[0])
    assert "LocalBusiness" in data["@type"] and data["name"] == "Torino </script>"
    assert len(data["openingHoursSpecification"]) == 11, "five days with a pause, and one closed day"
    assert data["openingHoursSpecification"][-1]["validFrom"] == "2026-03-19"
    assert client.get("/stores/milano").status_code == 404


def test_two_places_never_share_an_address_on_the_web(work: Callable[[], Any]) -> None:
    with work():
        opened()
        with pytest.raises(SlugTaken):
            opened()
        assert len(every_place()) == 2


def test_a_day_has_other_hours_once_until_they_are_taken_away(work: Callable[[], Any]) -> None:
    with work():
        place_id, day = opened(), date(2026, 12, 24)
        made = actions.add_special_day(
            actor=HOUSE, place_id=place_id, day=day, span=Span(540, 900), note="Christmas Eve"
        )
        with pytest.raises(DayTaken):
            actions.add_special_day(actor=HOUSE, place_id=place_id, day=day, span=None, note="")
        for _ in range(2):
            actions.remove_special_day(actor=HOUSE, place_id=place_id, special_id=made.id)
        assert place_by_id(place_id).special_days == []
        told = [row.action for row in history("place", place_id)]
        assert told == ["places.ordinary_day", "places.special_day", "places.open"]


def test_staff_open_a_store_change_it_and_close_it(clerk: FlaskClient, client: FlaskClient) -> None:
    made = clerk.post("/staff/places/new", data=filled())
    assert made.status_code == 303
    page = clerk.get(made.location).text
    assert 'value="10:00-19:30"' in page
    changed = clerk.post(made.location, data=filled(street="Via Madonnina 1", pickup="y"))
    assert changed.status_code == 303 and "Via Madonnina 1" in client.get("/stores/milano-brera").text
    assert clerk.post(f"{made.location}/close", data={"reason": ""}).status_code == 422
    assert clerk.post(f"{made.location}/close", data={"reason": "The lease ended"}).status_code == 303
    assert client.get("/stores/milano-brera").status_code == 404
    assert clerk.post(f"{made.location}/reopen", data={"reason": "A new lease"}).status_code == 303
    assert client.get("/stores/milano-brera").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"monday": "ten to seven"}, "Write hours like"),
        ({"slug": "Milano Brera"}, "Small letters"),
        ({"slug": "web-warehouse"}, "Another place has that address"),
        ({"name": ""}, "This is needed"),
        ({"latitude": "91"}, "Between -90 and 90"),
        ({"time_zone": "Moon/Tranquility"}, "Choose one from the list."),
        ({"phone": "call me"}, "That is no phone number"),
        ({"country": "Italy"}, "Choose one from the list."),
    ],
)
def test_a_form_that_is_wrong_says_where_and_keeps_what_was_typed(
    clerk: FlaskClient, wrong: dict[str, str], told: str
) -> None:
    answer = clerk.post("/staff/places/new", data=filled(**wrong))
    assert answer.status_code == 422 and told in answer.text
    assert "Via Fiori Chiari 9" in answer.text
    assert len(clerk.get("/staff/places").text.split('scope="row"')) == 2, "nothing but the warehouse"


def test_the_web_address_of_another_is_refused_in_a_change_too(
    clerk: FlaskClient, work: Callable[[], Any]
) -> None:
    with work():
        place_id = opened()
    answer = clerk.post(f"/staff/places/{place_id}", data=filled(slug="web-warehouse"))
    assert answer.status_code == 422 and "Another place has that address" in answer.text


def test_special_days_are_kept_on_the_page_of_the_place(clerk: FlaskClient, work: Callable[[], Any]) -> None:
    with work():
        place_id = opened()
    days = f"/staff/places/{place_id}/days"
    kept = clerk.post(days, data={"day": "2026-12-24", "hours": "9:00-18:00", "note": "Christmas Eve"})
    assert kept.status_code == 303
    twice = clerk.post(days, data={"day": "2026-12-24", "hours": ""})
    assert twice.status_code == 422 and "has its own hours already" in twice.text
    two = clerk.post(days, data={"day": "2026-12-25", "hours": "9:00-12:00, 15:00-18:00"})
    assert two.status_code == 422 and "one opening and one closing" in two.text
    page = clerk.get(f"/staff/places/{place_id}").text
    assert "09:00–18:00" in page
    with work():
        (number,) = db.session.execute(text("SELECT id FROM place_special_days")).one()
    assert clerk.post(f"{days}/{number}/remove").status_code == 303
    assert "09:00–18:00" not in clerk.get(f"/staff/places/{place_id}").text


def test_places_are_for_those_who_run_stores(desk_of: Callable[[Role], FlaskClient]) -> None:
    assert desk_of(Role.FINANCE).get("/staff/places").status_code == 403
    assert desk_of(Role.OWNER).get("/staff/places").status_code == 200


def test_only_countries_are_offered() -> None:
    codes = {code for code, _name in every_country("en")}
    assert {"IT", "CH", "JP", "VA", "XK"} <= codes
    assert not codes & {"EU", "UN", "ZZ", "EZ", "XA"}


def test_an_error_of_ours_is_not_called_a_taken_address(work: Any) -> None:
    with work(), pytest.raises(IntegrityError, match="not-null"):
        opened(name=None)


def test_two_who_change_a_store_are_told_and_nothing_typed_is_lost(clerk: FlaskClient) -> None:
    made = clerk.post("/staff/places/new", data=filled()).location
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', clerk.get(made).text)
    assert found is not None
    mine = filled(street="Via Madonnina 1", tuesday="10:00-13:00", seen=found[1])
    theirs = filled(phone="+39 02 555 0134", tuesday="11:00-19:00", seen=found[1])
    assert clerk.post(made, data=theirs).status_code == 303
    late = clerk.post(made, data=mine)
    assert late.status_code == 409 and "This was changed meanwhile" in late.text
    assert 'value="Via Madonnina 1"' in late.text and 'value="10:00-13:00"' in late.text
    assert '<dt>Tuesday</dt><dd dir="auto">11:00-19:00</dd>' in late.text
    assert '<dt>Phone</dt><dd dir="auto">+39 02 555 0134</dd>' in late.text
    assert "Via Fiori Chiari 9" in clerk.get(made).text

    now = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', late.text)
    assert now is not None and now[1] != found[1]
    assert clerk.post(made, data=mine | {"seen": now[1]}).status_code == 303
    assert "Via Madonnina 1" in clerk.get(made).text


def test_the_second_of_two_at_once_is_told_though_both_looked_before(work: Callable[[], Any]) -> None:
    with work():
        torino = opened()
        seen = place_by_id(torino).seen
    with work():
        actions.change_place(actor=HOUSE, place_id=torino, draft=draft(phone="+39 011 1"), seen=seen)
    with work(), pytest.raises(ChangedMeanwhile):
        actions.change_place(actor=HOUSE, place_id=torino, draft=draft(phone="+39 011 2"), seen=seen)
    with work():
        actions.change_place(actor=HOUSE, place_id=torino, draft=draft(phone="+39 011 1"), seen=seen)
        assert [act.action for act in history("place", torino)] == ["places.change", "places.open"]
