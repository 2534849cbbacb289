from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from events.calendar.models import Event
from events.reports.policy import COUNTS
from events.sales.claims import event_of_ticket
from events.sales.queries import came_within, guest_event, on_sale_at, on_sale_between
from events.tillfiles.errors import NoSuchSlip, NoSuchTillFile
from events.tillfiles.models import SlipStatus, TillFile, TillSlip
from events.tillfiles.policy import Cells, Fault, Slip, Store
from foundation.db import db
from storefront.places.queries import stores
from storefront.till.queries import variants_of_codes

NEWEST = 50


def stores_named() -> dict[str, Store]:
    """The open stores by what a file may call them: name, or the last word of their address with us."""
    named: dict[str, Store] = {}
    for place in stores():
        for name in (place.name, place.slug, f"{place.name}, {place.city}"):
            named.setdefault(name.lower(), Store(place.id, place.time_zone))
    return named


def variants_named(lines: Iterable[Cells]) -> dict[str, list[int]]:
    """The variants that have the codes of these lines."""
    return variants_of_codes(one.sku for one in lines if one.sku)


def whose(slip: Slip | TillSlip) -> tuple[Event | None, Fault | None]:
    """The event a slip that could be read belongs to, by the ticket or else by the address of a guest.

    Neither an event nor a fault: a guest bought it in the week after, and it counts as that.
    """
    assert slip.place_id is not None and slip.sold_at is not None
    if not slip.email and not slip.ticket:
        return None, Fault.SAID_NONE
    events = on_sale_at(slip.place_id, slip.sold_at)
    event = event_of_ticket(events, slip.ticket) if slip.ticket and events else None
    if event is None and slip.email and events:
        event = guest_event(events, slip.email)
    if event is not None:
        return event, None
    if slip.email and came_within(slip.email, slip.sold_at, COUNTS):
        return None, None
    return None, Fault.NO_GUEST


def evenings_around(slips: Sequence[TillSlip]) -> Sequence[Event]:
    """The events that were on in their stores about when these slips were printed."""
    known = [(slip.place_id, slip.sold_at) for slip in slips if slip.place_id and slip.sold_at]
    if not known:
        return []
    moments = [at for _place, at in known]
    return on_sale_between({place for place, _at in known}, min(moments), max(moments))


def till_files() -> Sequence[tuple[TillFile, dict[SlipStatus, int]]]:
    """The files that were brought, the newest first, and how many slips of each stand how."""
    files = db.session.scalars(select(TillFile).order_by(TillFile.id.desc()).limit(NEWEST)).all()
    counted = db.session.execute(
        select(TillSlip.file_id, TillSlip.status, func.count())
        .where(TillSlip.file_id.in_([one.id for one in files]))
        .group_by(TillSlip.file_id, TillSlip.status)
    )
    by_file: dict[int, dict[SlipStatus, int]] = {one.id: {} for one in files}
    for file_id, status, number in counted:
        by_file[file_id][SlipStatus(status)] = number
    return [(one, by_file[one.id]) for one in files]


def till_file(file_id: int) -> TillFile:
    """A file with its slips and their lines, stores, events and orders; raises `NoSuchTillFile`."""
    slips = selectinload(TillFile.slips)
    found = db.session.scalars(
        select(TillFile)
        .where(TillFile.id == file_id)
        .options(
            slips.selectinload(TillSlip.lines),
            slips.joinedload(TillSlip.place),
            slips.joinedload(TillSlip.event).joinedload(Event.editor),
            slips.joinedload(TillSlip.order),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NoSuchTillFile()
    return found


def ready_slips(file_id: int) -> Sequence[int]:
    """The slips of a file that can be taken in, in its order."""
    wanted = select(TillSlip.id).where(TillSlip.file_id == file_id, TillSlip.status == SlipStatus.READY)
    return db.session.scalars(wanted.order_by(TillSlip.line)).all()


def slip_with_lines(file_id: int, slip_id: int) -> TillSlip:
    """A slip of a file with its lines and its store, read afresh; raises `NoSuchSlip`."""
    found = db.session.scalars(
        select(TillSlip)
        .where(TillSlip.id == slip_id, TillSlip.file_id == file_id)
        .options(selectinload(TillSlip.lines), joinedload(TillSlip.place))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NoSuchSlip()
    return found
