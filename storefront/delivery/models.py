from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as

# What the form of a way of delivery keeps of it, besides its bands.
PARTS = (
    *("name", "name_it", "words", "words_it", "standard", "position", "price_minor", "free_from_minor"),
    *("cutoff", "handling_days", "days_from", "days_to"),
)


class DeliveryZone(Base):
    """Countries that are delivered to in the same ways. `name` is for staff."""

    __tablename__ = "delivery_zones"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))

    countries: Mapped[list[ZoneCountry]] = relationship(
        lazy="raise", viewonly=True, order_by="ZoneCountry.country"
    )
    methods: Mapped[list[DeliveryMethod]] = relationship(
        lazy="raise", viewonly=True, order_by="DeliveryMethod.position, DeliveryMethod.id"
    )

    @property
    def codes(self) -> list[str]:
        """The codes of its countries, which are loaded."""
        return sorted(one.country for one in self.countries)

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`)."""
        return seen_as(self.name, *self.codes)


class ZoneCountry(Base):
    """A country lies in one zone or in none; where it lies in none, nothing is delivered to."""

    __tablename__ = "delivery_zone_countries"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id"), index=True)


class DeliveryMethod(Base):
    """One way to deliver to a zone. Orders freeze what they were told, so it may change at any time.

    It costs `price_minor`, or by weight when it has bands; nothing when the goods come to `free_from_minor`
    after vouchers. `standard`: the ordinary way, whose price goes back when a whole order does. What is
    ordered before minute `cutoff` of the shop's day leaves after `handling_days`, and arrives `days_from` to
    `days_to` later: working days all. `ended_at`: no longer offered.
    """

    __tablename__ = "delivery_methods"
    __table_args__ = (
        CheckConstraint("price_minor >= 0 AND free_from_minor > 0", name="price_sensible"),
        CheckConstraint("cutoff BETWEEN 0 AND 1440", name="cutoff"),
        CheckConstraint(
            "handling_days BETWEEN 0 AND 30 AND days_from BETWEEN 0 AND days_to AND days_to <= 60",
            name="days_sensible",
        ),
        Index("ix_delivery_methods_zone_id", "zone_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    name_it: Mapped[str | None] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(200))
    words_it: Mapped[str | None] = mapped_column(String(200))
    standard: Mapped[bool]
    price_minor: Mapped[int]
    free_from_minor: Mapped[int | None]
    cutoff: Mapped[int]
    handling_days: Mapped[int]
    days_from: Mapped[int]
    days_to: Mapped[int]
    ended_at: Mapped[datetime | None]

    bands: Mapped[list[DeliveryBand]] = relationship(
        lazy="raise", viewonly=True, order_by="DeliveryBand.up_to_grams"
    )

    @property
    def called(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name, self.name_it)

    @property
    def by_weight(self) -> list[tuple[int, int]]:
        """Its bands, which are loaded: up to so many grams, for so much."""
        return sorted((band.up_to_grams, band.price_minor) for band in self.bands)

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`)."""
        return seen_as(*(getattr(self, name) for name in PARTS), *self.by_weight)


class DeliveryBand(Base):
    """What a method costs for what weighs up to so much. Above the last band it is not offered."""

    __tablename__ = "delivery_bands"
    __table_args__ = (CheckConstraint("up_to_grams > 0 AND price_minor >= 0", name="band_sensible"),)

    method_id: Mapped[int] = mapped_column(ForeignKey("delivery_methods.id"), primary_key=True)
    up_to_grams: Mapped[int] = mapped_column(primary_key=True)
    price_minor: Mapped[int]


class PickupTerms(Base):
    """What picking up in a store costs, and after how many minutes of its opening an order lies ready.

    A store without a row: free, after `policy.READY_AFTER`.
    """

    __tablename__ = "pickup_terms"
    __table_args__ = (CheckConstraint("fee_minor >= 0 AND ready_after BETWEEN 0 AND 6000", name="sensible"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    fee_minor: Mapped[int]
    ready_after: Mapped[int]

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`)."""
        return seen_as(self.fee_minor, self.ready_after)


class TaxRate(Base):
    """The tax that prices include for buyers in a country, from a day on; never changed once it counts.

    `category` is a department of the catalogue with a rate of its own; empty for everything else and for
    delivery. A country without any rate is taxed as the shop's own.
    """

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("country", "category", "valid_from"),
        CheckConstraint("bps BETWEEN 0 AND 5000", name="bps"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    category: Mapped[str] = mapped_column(String(120))
    bps: Mapped[int]
    valid_from: Mapped[date]
