"""Delivery and taxes as staff keep them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from foundation.accounts.permissions import Role
from foundation.audit.queries import history
from foundation.db import db
from storefront.delivery import actions
from storefront.delivery.actions import MethodDraft
from storefront.delivery.errors import CountryTaken, RateCounts, RateTaken, ZoneNameTaken
from storefront.delivery.models import DeliveryMethod, DeliveryZone, TaxRate
from storefront.delivery.queries import countries_delivered_to, pickup_terms, terms_for
from tests.storefront.goods import HOUSE
from tests.storefront.test_places import opened

METHOD = {
    "name": "Post",
    "name_it": "Posta",
    "price": "6,90",
    "bands": "1 kg: 7.50\n5 kg: 12",
    "free_from": "150",
    "cutoff": "12:00",
    "handling_days": "1",
    "days_from": "2",
    "days_to": "4",
    "position": "1",
    "standard": "y",
}


def test_finance_adds_a_zone_a_way_and_sees_what_a_bag_would_pay(desk_of, work):
    desk = desk_of(Role.FINANCE)
    assert (
        desk.post("/staff/delivery/zones/new", data={"name": "Japan", "countries": ["JP"]}).status_code == 303
    )
    with work():
        zone_id = db.session.query(DeliveryZone.id).filter_by(name="Japan").scalar()
        assert "JP" not in countries_delivered_to()
    assert desk.post(f"/staff/delivery/zones/{zone_id}/methods/new", data=METHOD).status_code == 303
    page = desk.get("/staff/delivery?country=JP&kilos=1.2&sum=80").text
    assert "€7.50 to €12.00 by weight" in page and "€150.00" in page and "Arrives between" in page
    assert "Too heavy for it" in desk.get("/staff/delivery?country=JP&kilos=5.01&sum=80").text
    with work():
        method = terms_for("JP", {}, home="IT", today=date(2026, 11, 23)).methods[0]
        assert (method.name_it, method.free_from_minor, method.cutoff) == ("Posta", 15_000, 720)
        assert sorted(method.bands) == [(1000, 750), (5000, 1200)]
        method_id = method.method_id
    assert 'value="6.90"' in desk.get(f"/staff/delivery/methods/{method_id}").text
    assert desk.post(f"/staff/delivery/methods/{method_id}/offer", data={"reason": ""}).status_code == 422
    assert (
        desk.post(f"/staff/delivery/methods/{method_id}/offer", data={"reason": "Too slow"}).status_code
        == 303
    )
    with work():
        assert "JP" not in countries_delivered_to()
        assert history("delivery_method", method_id)[0].reason == "Too slow"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("price", "much", "Write an amount"),
        ("bands", "1 kilo costs 3", "Write a line for each weight"),
        ("days_to", "1", "That is less than at least."),
        ("name", "", "This is needed."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(desk_of, work, field, value, told):
    with work():
        method_id = db.session.query(DeliveryMethod.id).order_by(DeliveryMethod.id).first()[0]
    answer = desk_of(Role.FINANCE).post(f"/staff/delivery/methods/{method_id}", data=METHOD | {field: value})
    assert answer.status_code == 422 and told in answer.text and "Posta" in answer.text


def test_a_country_lies_in_one_zone_and_a_name_is_given_once(work):
    with work():
        with pytest.raises(CountryTaken):
            actions.save_zone(actor=HOUSE, name="Alps", countries=["CH"])
        with pytest.raises(ZoneNameTaken):
            actions.save_zone(actor=HOUSE, name="Italy", countries=["JP"])


def test_a_rate_that_counts_is_never_changed_and_one_to_come_can_be_taken_away(desk_of, work, clock):
    desk = desk_of(Role.FINANCE)
    form = {"country": "DE", "category": "", "rate": "19", "valid_from": "2020-01-01"}
    assert desk.post("/staff/taxes", data=form).status_code == 303
    assert "a rate is written down already" in desk.post("/staff/taxes", data=form | {"rate": "7"}).text
    assert desk.post("/staff/taxes", data=form | {"rate": "51"}).status_code == 422
    with work():
        today = date(2026, 11, 23)
        now = db.session.query(TaxRate).filter_by(country="DE").one()
        with pytest.raises(RateCounts):
            actions.remove_tax_rate(actor=HOUSE, rate_id=now.id, today=today)
        later = actions.add_tax_rate(
            actor=HOUSE, country="DE", category="", bps=2500, valid_from=date(2099, 1, 1)
        )
        with pytest.raises(RateTaken):
            actions.add_tax_rate(actor=HOUSE, country="DE", category="", bps=1, valid_from=date(2099, 1, 1))
        later_id = later.id
        assert terms_for("DE", {}, home="IT", today=today).taxes.bps == 1900
    assert desk.post(f"/staff/taxes/{later_id}/remove").status_code == 303
    with work():
        assert db.session.query(TaxRate).filter_by(country="DE").count() == 1


def test_terms_of_pick_up_are_kept_and_those_who_may_not_are_kept_out(desk_of, work):
    with work():
        torino = opened(pickup=True)
    desk = desk_of(Role.FINANCE)
    answer = desk.post(f"/staff/delivery/stores/{torino}", data={"fee": "2.50", "minutes": "45"})
    assert answer.status_code == 303
    with work():
        terms = pickup_terms()[torino]
        assert (terms.fee_minor, terms.ready_after) == (250, 45)
    assert desk_of(Role.CATALOGUE).get("/staff/delivery").status_code == 403
    assert desk_of(Role.STORE).get("/staff/taxes").status_code == 403


def seen_on(page: str) -> str:
    """What a form says it was filled from."""
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_two_who_change_a_zone_a_way_or_a_pick_up_are_told_and_nothing_typed_is_lost(desk_of, work):
    with work():
        torino = opened(pickup=True)
        zone = actions.save_zone(actor=HOUSE, name="Japan", countries=["JP"]).id
        way = actions.save_method(actor=HOUSE, zone_id=zone, draft=MethodDraft(name="Post")).id
    desk = desk_of(Role.FINANCE)
    forms = {
        f"/staff/delivery/zones/{zone}": ({"countries": ["JP"]}, "name", "Nippon", "Land of the rising sun"),
        f"/staff/delivery/methods/{way}": (METHOD, "name", "Mail", "Letter post"),
        f"/staff/delivery/stores/{torino}": ({"minutes": "45"}, "fee", "2.50", "3.50"),
    }
    for path, (rest, name, first, second) in forms.items():
        seen = seen_on(desk.get(path).text)
        assert desk.post(path, data=rest | {name: first, "seen": seen}).status_code == 303
        assert desk.post(path, data=rest | {name: first, "seen": seen}).status_code == 303  # pressed twice
        late = desk.post(path, data=rest | {name: second, "seen": seen})
        assert late.status_code == 409
        assert "This was changed meanwhile" in late.text
        assert f'value="{second}"' in late.text and f'<dd dir="auto">{first}</dd>' in late.text
        assert first in desk.get(path).text and second not in desk.get(path).text
        again = desk.post(path, data=rest | {name: second, "seen": seen_on(late.text)})
        assert again.status_code == 303 and second in desk.get(path).text


def test_a_country_of_another_zone_says_so_in_the_list(desk_of, work):
    with work():
        zone = actions.save_zone(actor=HOUSE, name="Far east", countries=["JP"]).id
        actions.save_zone(actor=HOUSE, name="Alps", countries=["LI"])
    page = desk_of(Role.FINANCE).get(f"/staff/delivery/zones/{zone}").text
    assert page.index("Japan") < page.index("Afghanistan") and "Liechtenstein (Alps)" in page
