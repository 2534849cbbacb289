"""The page that says what delivery costs and how things come back, before anybody buys."""

from __future__ import annotations

from foundation import clock
from foundation.db import db
from storefront.delivery import actions
from storefront.delivery.actions import MethodDraft
from storefront.delivery.models import DeliveryMethod
from tests.storefront.goods import HOUSE
from tests.storefront.test_places import opened


def test_the_page_names_each_way_with_its_price_and_its_days(client, work):
    with work():
        zone = db.session.query(DeliveryMethod.zone_id).order_by(DeliveryMethod.id).first()[0]
        for name, more in (
            ("Express", {"price_minor": 1290, "free_from_minor": 20000, "days_to": 1}),
            ("By weight", {"bands": [(1000, 700), (2000, 1100)]}),
            ("Donkey", {"price_minor": 100}),
        ):
            actions.save_method(actor=HOUSE, zone_id=zone, draft=MethodDraft(name=name, position=2, **more))
        db.session.query(DeliveryMethod).filter_by(name="Donkey").update({"ended_at": clock.now()})
    page = client.get("/delivery").text
    assert "Courier" in page and "€12.90" in page and "€200.00" in page
    assert "€7.00 to €11.00 by weight" in page
    assert "Donkey" not in page, "what is no longer offered is not promised"
    assert "You have 30 days from the day it arrived" in page


def test_what_always_costs_nothing_says_so_and_the_page_reads_as_little_however_much_is_offered(
    client, work, statements
):
    with work():
        opened("roma", pickup=True)
    with statements() as few:
        client.get("/delivery")
    with work():
        zone = db.session.query(DeliveryMethod.zone_id).order_by(DeliveryMethod.id).first()[0]
        actions.save_method(
            actor=HOUSE, zone_id=zone, draft=MethodDraft(name="Cargo bike", price_minor=0, position=3)
        )
        actions.save_method(
            actor=HOUSE,
            zone_id=zone,
            draft=MethodDraft(name="Express", price_minor=1290, free_from_minor=20000, position=4),
        )
        other = actions.save_zone(actor=HOUSE, name="Far", countries=["BR"])
        actions.save_method(actor=HOUSE, zone_id=other.id, draft=MethodDraft(name="Ship", price_minor=100))
        for slug in ("torino", "milano"):
            opened(slug, pickup=True)
    with statements() as many:
        page = client.get("/delivery").text
    assert "Always" in page and "€200.00" in page
    assert len(many.sql) == len(few.sql) <= 8, "\n".join(many.sql)
    assert "A parcel you pay for yourself" in page


def test_only_stores_that_hand_over_orders_are_named(client, work):
    with work():
        opened("torino", pickup=True, name="Torino, Via Lagrange")
        opened("milano", pickup=False, name="Milano, Brera")
    page = client.get("/delivery").text
    assert "Torino, Via Lagrange" in page and "Milano, Brera" not in page


def test_the_page_is_italian_found_in_the_foot_of_every_page_and_known_to_machines(client):
    assert "Consegna e resi" in client.get("/delivery?lang=it").text
    assert 'href="/delivery"' in client.get("/shop").text
    assert "/delivery</loc>" in client.get("/sitemaps/pages-0.xml").text
