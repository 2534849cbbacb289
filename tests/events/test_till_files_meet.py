"""Files of other tills that meet: each other, our own till, and accounts of people who proved nothing."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select, text

from events.tillfiles import staff as staff_till_files
from events.tillfiles.models import TillFile, TillSlip
from events.tillfiles.queries import ready_slips
from foundation.accounts.models import Account
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.orders.models import Order
from storefront.stock.queries import levels_at
from storefront.till import elsewhere
from storefront.till.models import BasketStatus, TillBasket
from tests.events.test_guests import ask
from tests.events.test_sales import amina, event, hour_of, town
from tests.events.test_till_files import ROME, bring, local, numbered, paola, statuses, take, the_order
from tests.journeys.shop import Town
from tests.races import at_once, meeting
from tests.storefront.goods import variant_of

__all__ = ["amina", "event", "numbered", "paola", "town"]


@pytest.mark.parametrize("unprotected", [False, True])
def test_of_two_files_that_tell_a_slip_otherwise_one_puts_the_count_right(
    paola, town, event, work, clock, app, monkeypatch, unprotected
):
    """The twin: neither waits for the other, and both have looked before either is an order."""
    with work():
        ask(event, "ada")
        shirt = variant_of(town.products["porta-shirt"])
        assert levels_at(town.store, [shirt]) == {shirt: 0}
    hour_of(work, clock, event, minutes=30)
    for pieces in (2, 3):
        bring(paola, f"7,{local(clock.now)},Torino,PORTA-M,{pieces},{pieces * 30},ada@example.test,")
    with work():
        files = db.session.scalars(select(TillFile.id)).all()
    if unprotected:
        monkeypatch.setattr(elsewhere, "_IN_TURN", text("SELECT CAST(:slip AS text)"))
        monkeypatch.setattr(elsewhere, "form_keys_taken", meeting(elsewhere.form_keys_taken))
    assert at_once(app, *(lambda one=one: take(town, one) for one in files)) == []
    with work():
        assert db.session.scalar(select(func.count(Order.id))) == 1
        left = levels_at(town.store, [shirt])[shirt]
        assert left in ((2, 3) if unprotected else (0,))


def test_an_address_that_nobody_proved_has_the_order_but_no_account_reads_it(
    paola, town, event, work, clock, account
):
    stranger = account("ada@example.test", name="Mallory")
    with work():
        db.session.get_one(Account, stranger).email_verified_at = None
        ask(event, "ada")
    hour_of(work, clock, event, minutes=30)
    one = bring(paola, f"7,{local(clock.now)},Torino,PORTA-M,1,30.00,ada@example.test,").location
    assert paola.post(f"{one}/take-in").status_code == 303
    with work():
        assert (the_order().account_id, the_order().email) == (None, "ada@example.test")


def test_a_number_that_our_own_till_has_printed_keeps_no_slip_out_and_one_refused_keeps_none_behind_it(
    paola, town, event, work, clock, monkeypatch
):
    with work():
        ask(event, "ada"), ask(event, "bea")
    hour_of(work, clock, event, minutes=30)
    at = local(clock.now)
    one = bring(
        paola,
        *(f"{n},{at},Torino,PORTA-M,1,30.00,{name}@example.test," for n, name in ((7, "ada"), (8, "bea"))),
    ).location
    with work():
        db.session.add(own_card_sale(town, clock.now, "7"))
    monkeypatch.setattr(staff_till_files, "ready_slips", lambda file_id: [*ready_slips(file_id), 999])
    assert paola.post(f"{one}/take-in").status_code == 404  # the last one is none, and told at the end
    with work():
        assert statuses() == {"7": "sold", "8": "sold"}


def test_a_slip_that_another_file_brought_is_not_said_to_be_of_an_evening(paola, town, event, work, clock):
    hour_of(work, clock, event, minutes=30)
    line = f"7,{local(clock.now)},Torino,PORTA-M,1,30.00,,"
    one, two = bring(paola, line).location, bring(paola, line).location
    with work():
        first, second = db.session.scalars(select(TillSlip.id).order_by(TillSlip.id))
    said = {"event": event, "reason": "The host wrote it down."}
    paola.post(f"{one}/slips/{first}", data=said, follow_redirects=True)
    told = paola.post(f"{two}/slips/{second}", data=said, follow_redirects=True).text
    assert "It is an order already" in told and "It is a sale of the evening now" not in told
    with work():
        slip = db.session.get_one(TillSlip, second)
        assert (str(slip.status), slip.event_id, slip.order_id) == ("known", None, None)
        assert len(db.session.scalars(select(AuditRow).where(AuditRow.action == "tillfiles.say")).all()) == 1


def own_card_sale(town: Town, at: datetime, number: str) -> TillBasket:
    """What our own till keeps of a card sale, at a terminal without a name."""
    return TillBasket(
        token="own",
        visit="own",
        place_id=town.store,
        staff_id=town.sara,
        staff_label="Sara",
        status=BasketStatus.PARKED,
        receipt_number=number,
        receipt_day=at.astimezone(ROME).date(),
        language="en",
        began_at=at,
        touched_at=at,
    )
