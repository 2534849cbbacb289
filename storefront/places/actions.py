from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed
from storefront.places.errors import DayTaken, PlaceNotFound, SlugTaken, WarehouseStays
from storefront.places.facts import HoursChanged, StoreShut
from storefront.places.models import PARTS, OpeningHours, Place, PlaceKind, SpecialDay
from storefront.places.policy import Span, write_spans
from storefront.places.queries import place_by_id


@dataclass(frozen=True, kw_only=True)
class PlaceDraft:
    """A place as somebody hands it in. `week`: the spans of each weekday, Monday is 0."""

    slug: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    time_zone: str
    province: str = ""
    phone: str = ""
    words: str = ""
    words_it: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    pickup: bool = False
    week: Mapping[int, Sequence[Span]] = field(default_factory=dict)


def open_store(*, actor: Actor, draft: PlaceDraft) -> Place:
    """A new store, on the web at once. Raises `SlugTaken`."""
    place = Place(kind=PlaceKind.STORE, created_at=clock.now())
    _write(place, draft)
    record(actor=actor, action="places.open", subject=("place", place.id), after=_facts(draft))
    return place


def change_place(*, actor: Actor, place_id: int, draft: PlaceDraft, seen: str | None = None) -> Place:
    """Another address, other hours, other words. Raises `PlaceNotFound` and `SlugTaken`.

    `seen`: how it was when the draft was begun; `ChangedMeanwhile` when it says something else by now. What
    the draft says already is no conflict: pressing twice is changing once.
    """
    place = place_by_id(_locked(place_id).id)
    if _says(place, draft):
        return place
    refuse_changed(seen, place.seen)
    before = {name: getattr(place, name) for name in ("name", "street", "city", "pickup")}
    week = place.week
    _write(place, draft)
    if week != _week_of(draft):
        facts.record(HoursChanged(place_id=place_id, told_at=clock.now()))
    record(
        actor=actor, action="places.change", subject=("place", place_id), before=before, after=_facts(draft)
    )
    return place


def add_special_day(
    *, actor: Actor, place_id: int, day: date, span: Span | None, note: str, note_it: str | None = None
) -> SpecialDay:
    """Other hours on one day; without a span it is closed. Raises `DayTaken`."""
    _locked(place_id)
    special = SpecialDay(
        place_id=place_id,
        day=day,
        opens=span.opens if span else None,
        closes=span.closes if span else None,
        note=note,
        note_it=note_it,
    )
    with unless_taken(DayTaken, "uq_place_special_days_place_id_day"):
        db.session.add(special)
        db.session.flush()
    told = {"day": day.isoformat(), "hours": str(span) if span else "closed"}
    record(actor=actor, action="places.special_day", subject=("place", place_id), after=told)
    told_of = StoreShut if span is None else HoursChanged
    facts.record(told_of(place_id=place_id, day=day.isoformat(), told_at=clock.now()))
    return special


def remove_special_day(*, actor: Actor, place_id: int, special_id: int) -> None:
    """The day has the hours of its weekday again; saying it twice is saying it once."""
    _locked(place_id)
    removed = db.session.scalars(
        delete(SpecialDay)
        .where(SpecialDay.id == special_id, SpecialDay.place_id == place_id)
        .returning(SpecialDay.day)
    ).all()
    for day in removed:
        record(
            actor=actor,
            action="places.ordinary_day",
            subject=("place", place_id),
            before={"day": day.isoformat()},
        )
        facts.record(HoursChanged(place_id=place_id, day=day.isoformat(), told_at=clock.now()))


def close_store(*, actor: Actor, place_id: int, reason: str) -> Place:
    """Shut for good: nobody is sent there any more. Raises `WarehouseStays`."""
    place = _locked(place_id)
    if not place.is_store:
        raise WarehouseStays()
    if place.closed_at is None:
        place.closed_at = clock.now()
        record(actor=actor, action="places.close", subject=("place", place_id), reason=reason)
        facts.record(StoreShut(place_id=place_id, told_at=clock.now()))
    return place


def reopen_store(*, actor: Actor, place_id: int, reason: str) -> Place:
    """A store that was closed for good opens again after all."""
    place = _locked(place_id)
    if place.closed_at is not None:
        place.closed_at = None
        record(actor=actor, action="places.reopen", subject=("place", place_id), reason=reason)
    return place


def _says(place: Place, draft: PlaceDraft) -> bool:
    return place.week == _week_of(draft) and all(
        getattr(place, name) == getattr(draft, name) for name in PARTS
    )


def _week_of(draft: PlaceDraft) -> list[tuple[int, int, int]]:
    return sorted((day, span.opens, span.closes) for day, spans in draft.week.items() for span in spans)


def _write(place: Place, draft: PlaceDraft) -> None:
    values = asdict(draft)
    del values["week"]
    with unless_taken(SlugTaken, "uq_places_slug"):
        for name, value in values.items():
            setattr(place, name, value)
        db.session.add(place)
        db.session.flush()
    db.session.execute(delete(OpeningHours).where(OpeningHours.place_id == place.id))
    db.session.add_all(
        OpeningHours(place_id=place.id, weekday=weekday, opens=span.opens, closes=span.closes)
        for weekday, spans in sorted(draft.week.items())
        for span in spans
    )
    db.session.flush()


def _facts(draft: PlaceDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "street": draft.street,
        "city": draft.city,
        "pickup": draft.pickup,
        "hours": [write_spans(draft.week.get(weekday, ())) for weekday in range(7)],
    }


def _locked(place_id: int) -> Place:
    for place in lock_rows(Place, [place_id]):
        return place
    raise PlaceNotFound()
