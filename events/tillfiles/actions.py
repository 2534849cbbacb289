"""A file of slips is looked through and kept; then each is taken in by itself, once, whoever brings it again.

Each slip is a transaction of its own: two in one would lock their variants in an order of the file's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from events.calendar.models import Event
from events.sales.claims import occasion_of_event
from events.sales.queries import on_sale_at
from events.tillfiles.errors import NoSlips, NoSuchTillFile, NothingToSay, NotThatEvening, ReasonMissing
from events.tillfiles.models import SLIP_MOVES, SlipLine, SlipStatus, TillFile, TillSlip
from events.tillfiles.policy import Slip
from events.tillfiles.queries import slip_with_lines, whose
from foundation import clock
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from storefront.orders.queries import form_keys_taken
from storefront.places.queries import stores
from storefront.till.elsewhere import OtherSale, PaidLine, slip_key, take_in_sale

KEPT = timedelta(days=30)
LONGEST_REASON = 300


def read_slips(*, actor: Actor, slips: Sequence[Slip], language: str, file_name: str) -> TillFile:
    """Keep what a file says: what is wrong, what is an order already, and whose the others are; nothing is
    sold yet. `language`: of whoever has no account. Raises `NoSlips`."""
    if not slips:
        raise NoSlips()
    made = TillFile(file_name=file_name[:120], language=language, by=actor.label, at=clock.now())
    db.session.add(made)
    db.session.flush()
    keys = _keys(slips)
    sold = form_keys_taken(list(keys.values()))
    for number, slip in enumerate(slips):
        db.session.add(_kept(made.id, slip, known=keys.get(number) in sold))
    db.session.flush()
    audit.record(
        actor=actor, action="tillfiles.read", subject=("till_file", made.id), after={"slips": len(slips)}
    )
    return made


def take_in(*, actor: Actor, file_id: int, slip_id: int) -> SlipStatus:
    """Make an order of a slip that is a guest's, by what holds now; what became of it. Twice is once.

    Raises `NoSuchSlip`, and what `take_in_sale` does.
    """
    slip = _locked(file_id, slip_id)
    if slip.status == SlipStatus.READY:
        event, fault = whose(slip)
        if fault is not None:
            slip.event_id, slip.fault = None, str(fault)
            SLIP_MOVES.move(slip, SlipStatus.NOBODY)
            db.session.flush()
        else:
            _sell(actor, slip, event)
    return SlipStatus(slip.status)


def say_evening(*, actor: Actor, file_id: int, slip_id: int, event_id: int, reason: str) -> SlipStatus:
    """Staff know at which evening a slip was sold that is nobody's: it is a sale of it, and its host's. What
    became of it: nothing, where another file made an order of it.

    Raises `ReasonMissing`, `NothingToSay` when it is anybody's, and `NotThatEvening` unless the evening was
    on in that store when it was sold.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise ReasonMissing()
    slip = _locked(file_id, slip_id)
    if slip.status != SlipStatus.NOBODY or slip.place_id is None or slip.sold_at is None:
        raise NothingToSay()
    event = next((one for one in on_sale_at(slip.place_id, slip.sold_at) if one.id == event_id), None)
    if event is None:
        raise NotThatEvening()
    if _sell(actor, slip, event):
        audit.record(
            actor=actor,
            action="tillfiles.say",
            subject=("event", event.id),
            reason=reason,
            after={"slip": slip.number, "order": slip.order_id},
        )
    return SlipStatus(slip.status)


def throw_away(*, actor: Actor, file_id: int) -> None:
    """The file and its slips are gone; what was sold by it stays. Raises `NoSuchTillFile`."""
    if not lock_rows(TillFile, [file_id]):
        raise NoSuchTillFile()
    audit.record(actor=actor, action="tillfiles.dropped", subject=("till_file", file_id))
    db.session.execute(delete(TillFile).where(TillFile.id == file_id))


def drop_old() -> None:
    """Files that were brought thirty days ago, with what they say of people."""
    db.session.execute(delete(TillFile).where(TillFile.at < clock.now() - KEPT))


def _keys(slips: Sequence[Slip]) -> dict[int, str]:
    """What the orders of slips that can be read are named by, by where they stand in the file."""
    places = {place.id: place for place in stores()}
    return {
        number: slip_key(places[slip.place_id], slip.sold_at, slip.head.number)
        for number, slip in enumerate(slips)
        if slip.place_id is not None and slip.sold_at is not None
    }


def _kept(file_id: int, slip: Slip, *, known: bool) -> TillSlip:
    event, status, fault = None, SlipStatus.KNOWN if known else slip.status, slip.fault
    if status is None:
        event, fault = whose(slip)
        status = SlipStatus.NOBODY if fault else SlipStatus.READY
    return TillSlip(
        file_id=file_id,
        line=slip.head.line,
        number=slip.head.number[:30],
        store=slip.head.store,
        time=slip.head.time,
        email=slip.email,
        ticket=slip.ticket,
        place_id=slip.place_id,
        sold_at=slip.sold_at,
        status=status,
        fault=str(fault) if fault else None,
        about=slip.about,
        event_id=event.id if event else None,
        lines=[
            SlipLine(
                number=line.cells.line,
                sku=line.cells.sku,
                quantity=line.cells.quantity,
                amount=line.cells.amount,
                currency=line.cells.currency,
                variant_id=line.variant_id,
                pieces=line.pieces,
                paid_minor=line.paid_minor,
                fault=str(line.fault) if line.fault else None,
            )
            for line in slip.lines
        ],
    )


def _sell(actor: Actor, slip: TillSlip, event: Event | None) -> bool:
    """Whether it is an order by this, and was none before."""
    assert slip.place is not None and slip.sold_at is not None
    file = db.session.get_one(TillFile, slip.file_id)
    account = account_by_email(slip.email) if slip.email else None
    if account is not None and account.email_verified_at is None:
        account = None  # anybody can sign up with an address: what was bought is theirs once it is proved
    sale = OtherSale(
        place=slip.place,
        number=slip.number,
        sold_at=slip.sold_at,
        lines=[
            PaidLine(line.variant_id, line.pieces, line.paid_minor)
            for line in slip.lines
            if line.variant_id is not None and line.pieces is not None and line.paid_minor is not None
        ],
        account=account,
        email=slip.email,
        language=file.language,
        occasion=occasion_of_event(event) if event is not None else None,
    )
    order_id = take_in_sale(actor=actor, sale=sale)
    slip.fault, slip.order_id = None, order_id
    # An order already is of the evening it was sold at, or of none: this file has no say in it.
    slip.event_id = event.id if event and order_id is not None else None
    SLIP_MOVES.move(slip, SlipStatus.SOLD if order_id is not None else SlipStatus.KNOWN)
    db.session.flush()
    return order_id is not None


def _locked(file_id: int, slip_id: int) -> TillSlip:
    lock_rows(TillSlip, [slip_id])
    return slip_with_lines(file_id, slip_id)
