"""A campaign is ended early as any cut is: thirty days later, with a letter, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from commissions.rates import actions
from commissions.rates.errors import EndsBefore
from commissions.rates.models import CampaignEnd
from commissions.rates.policy import Scope, in_force
from commissions.rates.queries import every_card
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from tests.commissions.conftest import make_staff
from tests.commissions.sales import TESTS
from tests.races import at_once, meeting


def campaign(days: int) -> int:
    now = shop_clock.now()
    draft = actions.CampaignDraft(
        Scope.PROGRAMME, "", 300, "spring", "Spring", "Primavera", now, now + timedelta(days=days)
    )
    return actions.add_campaign(actor=TESTS, draft=draft).id


def running(at) -> list[int]:
    return [card.id for card in in_force((one.card for one in every_card()), at) if card.until is not None]


def end(card_id: int) -> None:
    actions.end_campaign(actor=TESTS, card_id=card_id, reason="too dear")


def test_the_owner_ends_a_campaign_and_it_goes_on_for_thirty_days(
    app: Flask, shop, work, client_of, outbox, run_jobs
):
    with work():
        long, short = campaign(90), campaign(20)
        owner = make_staff("Olga", Role.OWNER)
    desk, finance = client_of(owner), client_of(shop.luca_id)
    page = desk.get("/staff/rates?part=campaigns&scope=programme").text
    assert f"/staff/rates/campaigns/{long}/end" in page and f"/campaigns/{short}/end" not in page
    assert "Spring" not in desk.get("/staff/rates?part=campaigns&scope=tier").text
    address = f"/staff/rates/campaigns/{long}/end"
    assert finance.get(address).status_code == 403
    assert desk.post(address, data={"reason": ""}).status_code == 422
    assert desk.post(address, data={"reason": "too dear"}).status_code == 303
    run_jobs()
    assert any("earlier than we had said" in letter.text for letter in outbox())
    with work():
        now = shop_clock.now()
        assert long in running(now + timedelta(days=29))
        assert long not in running(now + timedelta(days=31))
        for card_id in (long, short):
            with pytest.raises(EndsBefore):
                end(card_id)
    assert "too dear" in desk.get("/staff/rates?part=campaigns").text


def test_of_two_who_end_a_campaign_at_once_one_does(app: Flask, shop, work, monkeypatch):
    with work():
        card_id = campaign(90)
    monkeypatch.setattr(actions.policy, "starts_at", meeting(actions.policy.starts_at))
    met = at_once(app, *[lambda: end(card_id)] * 2)
    assert [type(error) for error in met] == [EndsBefore]
    with work():
        assert len(db.session.scalars(select(CampaignEnd)).all()) == 1


def test_twin_without_the_key_both_end_it(app: Flask, shop, work, monkeypatch):
    with work():
        card_id = campaign(90)
        db.session.execute(text("ALTER TABLE campaign_ends DROP CONSTRAINT pk_campaign_ends"))
    try:
        monkeypatch.setattr(actions.policy, "starts_at", meeting(actions.policy.starts_at))
        assert at_once(app, *[lambda: end(card_id)] * 2) == []
        with work():
            assert db.session.scalar(text("SELECT count(*) FROM campaign_ends")) == 2
    finally:
        with work():
            db.session.execute(text("DELETE FROM campaign_ends"))
            db.session.execute(
                text("ALTER TABLE campaign_ends ADD CONSTRAINT pk_campaign_ends PRIMARY KEY (card_id)")
            )
