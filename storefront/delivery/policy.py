"""What delivery costs and when it arrives: arithmetic on values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from foundation.i18n import pick
from foundation.money import Money, decimal_text, minor_of
from storefront.catalog.categories import nearest
from storefront.places.models import WEB_WAREHOUSE
from storefront.places.policy import LOOK_AHEAD, Hours

# Minutes of opening after which an order lies ready in a store that says nothing else.
READY_AFTER = 120
# Nobody comes to the minute.
QUARTER = 15
# Nobody waits longer than that for a working day; a calendar that says so is wrong.
LONGEST_PAUSE = 60

Works = Callable[[date], bool]


class Arrival(NamedTuple):
    """How and when the pieces of one order reach the shopper, as it is told and frozen on the order.

    To a door: the method, and the days it arrives on. In a store: `place_id`, and when it lies ready.
    `price_minor` is what it costs without vouchers, `back_minor` what of it goes back with a whole order: not
    more than the least expensive ordinary way costs (directive 2011/83/EU, article 13, 2).
    """

    place_id: int = WEB_WAREHOUSE
    zone: str = ""
    method_id: int | None = None
    name: str = ""
    name_it: str | None = None
    price_minor: int = 0
    back_minor: int = 0
    first: date | None = None
    last: date | None = None
    ready_at: datetime | None = None

    @property
    def called(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name, self.name_it)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to deliver, as it is offered now; see `models.DeliveryMethod`."""

    method_id: int
    name: str
    name_it: str | None
    words: str
    words_it: str | None
    standard: bool
    price_minor: int
    free_from_minor: int | None
    cutoff: int
    handling_days: int
    days_from: int
    days_to: int
    bands: tuple[tuple[int, int], ...] = ()

    @property
    def called(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name, self.name_it)

    @property
    def said(self) -> str:
        """Its words in the reader's language."""
        return pick(self.words, self.words_it)

    def price(self, goods_minor: int, grams: int) -> int | None:
        """What it costs for goods of that price (after vouchers) and weight; None when they are too heavy.

        A band holds up to its weight, that weight included.
        """
        price: int | None = self.price_minor
        if self.bands:
            price = next((minor for limit, minor in sorted(self.bands) if grams <= limit), None)
        if price is not None and self.free_from_minor is not None and goods_minor >= self.free_from_minor:
            return 0
        return price

    def days(self, local: datetime, here: Works, there: Works) -> tuple[date, date]:
        """The first and the last day it arrives on when it is ordered at that moment of the shop's clock.

        Before the cut-off of a working day that day counts; after it the next working day does. The house
        works by the calendar `here`, whoever brings it by the one `there`.
        """
        day = local.date()
        late = local.hour * 60 + local.minute >= self.cutoff
        if late or not here(day):
            day = working_day(day, 1, here)
        leaves = working_day(day, self.handling_days, here)
        return working_day(leaves, self.days_from, there), working_day(leaves, self.days_to, there)


@dataclass(frozen=True, slots=True)
class Taxes:
    """The rates that prices include for one country on one day, by department; the empty one is all else."""

    by_category: Mapping[str, int]

    @property
    def known(self) -> bool:
        return "" in self.by_category

    @property
    def bps(self) -> int:
        """Of delivery, and of whatever has no rate of its own."""
        return self.by_category[""]

    def of(self, category: str) -> int:
        """Of a piece of that department: its own rate, or that of the closest it lies beneath."""
        return self.by_category[nearest(category, self.by_category) or ""]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a bag of `grams` that goes to a country: its zone (empty: none), methods and taxes."""

    country: str
    zone: str
    methods: tuple[Method, ...]
    taxes: Taxes
    grams: int = 0

    def ordinary_minor(self, goods_minor: int) -> int:
        """What the least expensive ordinary way would cost; 0 where there is none."""
        prices = (one.price(goods_minor, self.grams) for one in self.methods if one.standard)
        return min((price for price in prices if price is not None), default=0)

    def method(self, wanted: str) -> Method | None:
        """The method of that number; for no number the first, which is how most people choose."""
        if not wanted.isdecimal():
            return next(iter(self.methods), None)
        return next((one for one in self.methods if str(one.method_id) == wanted), None)


def working_day(day: date, count: int, works: Works) -> date:
    """The day `count` working days later; for 0 the day itself."""
    for _step in range(count):
        day += timedelta(days=1)
        for _pause in range(LONGEST_PAUSE):
            if works(day):
                break
            day += timedelta(days=1)
    return day


def ready_at(hours: Hours, local: datetime, minutes: int) -> datetime | None:
    """When an order lies ready after so many minutes of opening, to the next quarter of an hour, on the clock
    of the store; None when it does not open for that long within two weeks. Closed, it is at least the next
    opening.
    """
    for ahead in range(LOOK_AHEAD + 1):
        day = local.date() + timedelta(days=ahead)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=ahead)
        now = local.hour * 60 + local.minute if not ahead else 0
        for span in hours.on(day):
            begins = max(span.opens, now)
            if begins >= span.closes:
                continue
            if begins + minutes <= span.closes:
                quarter = -(-(begins + minutes) // QUARTER) * QUARTER
                return midnight + timedelta(minutes=min(quarter, span.closes))
            minutes -= span.closes - begins
    return None


def read_bands(text: str, currency: str) -> list[tuple[int, int]]:
    """`1 kg: 9.90` lines as people write them, as (grams, minor units), the lightest first.

    Raises `ValueError` for a line that reads otherwise, or a weight said twice.
    """
    bands: dict[int, int] = {}
    for line in text.replace("=", ":").splitlines():
        if not line.strip():
            continue
        weight, _colon, price = line.partition(":")
        weight = weight.lower().replace("kg", "").strip()
        (kilos, part), minor = _digits(weight), minor_of(*_digits(price.strip()), currency)
        grams = int(kilos + part.ljust(3, "0"))
        if len(part) > 3 or grams <= 0 or grams in bands:
            raise ValueError(line)
        bands[grams] = minor
    return sorted(bands.items())


def write_bands(bands: Sequence[tuple[int, int]], currency: str) -> str:
    """What `read_bands` reads back."""
    return "\n".join(
        f"{grams // 1000}.{grams % 1000:03d} kg: {decimal_text(Money(minor, currency))}"
        for grams, minor in bands
    )


def minutes_to_time(minute: int) -> time:
    """A minute of the day as a time; the end of the day is its last minute."""
    return time(*divmod(min(minute, 24 * 60 - 1), 60))


def _digits(text: str) -> tuple[str, str]:
    """What stands before and after the mark of a number."""
    whole, _dot, part = text.replace(",", ".").partition(".")
    if not whole.isdecimal() or len(whole) > 5 or (part and not part.isdecimal()):
        raise ValueError(text)
    return whole, part
