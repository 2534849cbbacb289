"""What the lines of a till's file say, and what is wrong with them: no database, no web."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_symbol

from events.tillfiles.models import SlipStatus
from foundation.money import decimals_of
from foundation.spreadsheets import as_written, cell_of, column_of
from foundation.web.addresses import is_address
from foundation.web.amounts import typed_minor

MOST_LINES = 2000
MOST_PIECES = 99
# Later than this nothing that is counted of an evening could change; and clocks of tills go wrong.
OLDEST, AHEAD = timedelta(days=30), timedelta(minutes=15)
NUMBER = 30
# What the columns may be called, in small letters; the first name is that of the file we give.
COLUMNS = {
    "number": ("receipt", "receipt number", "number", "scontrino", "numero scontrino", "documento", "numero"),
    "time": ("time", "date and time", "data e ora", "ora", "date", "data"),
    "store": ("store", "shop", "negozio", "punto vendita"),
    "sku": ("article", "sku", "article number", "barcode", "ean", "articolo", "codice articolo", "codice"),
    "quantity": ("quantity", "pieces", "qty", "quantità", "quantita", "pezzi"),
    "amount": ("amount", "total", "importo", "totale"),
    "currency": ("currency", "valuta"),
    "email": ("email", "e-mail", "customer", "cliente", "e-mail cliente"),
    "ticket": ("ticket", "biglietto"),
}
# Many tills have the day in a column of its own.
DAY = ("date", "day", "data", "giorno")
NEEDED = ("number", "time", "store", "sku", "amount")
LONGEST = {"number": 60, "time": 40, "store": 80, "sku": 120, "email": 254, "ticket": 300}
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})[ T,]+([0-9].*)")
_HOUR_ALONE = re.compile(r"(?<=[ T])([0-9])(?=[:.])")
_DOTTED_TIME = re.compile(r"([ T][0-9]{2})[.]([0-9]{2})(?:[.]([0-9]{2}))?$")
_DOTS_BETWEEN = re.compile(r"[0-9]{1,3}(?:[.'’ ][0-9]{3})+,[0-9]+")
_COMMAS_BETWEEN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_EITHER = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_WHOLE = re.compile(r"(-?)([0-9]{1,3})(?:[.,]0{1,3})?", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class Fault(StrEnum):
    """What is wrong with a slip, why it is nobody's, or why a line is left out, as it is kept."""

    NO_NUMBER = "no_number"
    NO_STORE = "no_store"
    NO_TIME = "no_time"
    AHEAD = "ahead"
    OLD = "old"
    TWO_SAID = "two_said"
    NOTHING = "nothing"
    SAID_NONE = "said_none"
    NO_GUEST = "no_guest"
    NO_PIECE = "no_piece"
    SEVERAL = "several"
    BACK = "back"
    NO_QUANTITY = "no_quantity"
    NO_AMOUNT = "no_amount"
    CURRENCY = "currency"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """A line of the file without what surrounds each cell; `line` as people count."""

    line: int
    number: str
    time: str
    store: str
    sku: str
    quantity: str
    amount: str
    currency: str
    email: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Store:
    """A store a file may name, by one of its names in small letters."""

    place_id: int
    time_zone: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a slip: what counts, or the fault for which it does not."""

    cells: Cells
    variant_id: int | None = None
    pieces: int | None = None
    paid_minor: int | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """Lines under one number, store and day; where it was and when, or what is wrong with it."""

    lines: Sequence[Line]
    email: str = ""
    ticket: str = ""
    place_id: int | None = None
    sold_at: datetime | None = None
    fault: Fault | None = None
    about: str = ""

    @property
    def head(self) -> Cells:
        return self.lines[0].cells

    @property
    def status(self) -> SlipStatus | None:
        """Bad where anything is wrong with it; whose it is the database knows."""
        return SlipStatus.BAD if self.fault else None


def lines_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Cells] | None:
    """The lines of a sheet, those that are blank left out; None where a column is missing that is needed."""
    places = {field: column_of(head, names) for field, names in COLUMNS.items()}
    if any(places[field] is None for field in NEEDED):
        return None
    day = column_of(head, DAY)
    lines = []
    for line, row in enumerate(rows, start=2):
        cells = {
            field: as_written(cell_of(row, place, LONGEST.get(field, 40))) for field, place in places.items()
        }
        if day is not None and day != places["time"]:
            cells["time"] = f"{cell_of(row, day, 40)} {cells['time']}".strip()[:40]
        if any(cells.values()):
            lines.append(Cells(line=line, **cells | {"email": cells["email"].lower()}))
    return lines


def slips_of(
    lines: Sequence[Cells],
    *,
    stores: Mapping[str, Store],
    variants: Mapping[str, Sequence[int]],
    currency: str,
    now: datetime,
) -> list[Slip]:
    """The lines as slips, in the order of the file. `variants`: those that have a code, as it was written."""
    gathered: dict[tuple[str, str, str], list[Cells]] = {}
    for cells in lines:
        store = stores.get(cells.store.lower())
        at = moment_of(cells.time, store.time_zone) if store else None
        day = at.astimezone(ZoneInfo(store.time_zone)).date().isoformat() if store and at else cells.time
        gathered.setdefault((cells.number or f"#{cells.line}", cells.store.lower(), day), []).append(cells)
    return [_slip(of_one, stores, variants, currency, now) for of_one in gathered.values()]


def moment_of(typed: str, time_zone: str) -> datetime | None:
    """When it was, in UTC: as machines write it, with or without its distance from UTC, or with the day first
    as people here do. Without a distance it is the clock of the store; None for what is no time."""
    day_first = _DAY_FIRST.fullmatch(typed)
    if day_first is not None:
        day, month, year, hours = day_first.groups()
        typed = f"{year}-{month:0>2}-{day:0>2} {hours}"
    typed = _DOTTED_TIME.sub(r"\1:\2", _HOUR_ALONE.sub(r"0\1", typed))
    if len(typed) <= len("2026-11-28"):
        return None
    try:
        found = datetime.fromisoformat(typed)
        return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(time_zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _slip(
    of_one: Sequence[Cells],
    stores: Mapping[str, Store],
    variants: Mapping[str, Sequence[int]],
    currency: str,
    now: datetime,
) -> Slip:
    head = of_one[0]
    lines = [_line(cells, variants, currency) for cells in of_one]
    said = {field: {getattr(cells, field) for cells in of_one} - {""} for field in ("email", "ticket")}
    if not head.number or len(head.number) > NUMBER or _CONTROLS.search(head.number):
        return Slip(lines, fault=Fault.NO_NUMBER, about=head.number[:40])
    store = stores.get(head.store.lower())
    if store is None:
        return Slip(lines, fault=Fault.NO_STORE, about=head.store[:40])
    at = moment_of(head.time, store.time_zone)
    if at is None:
        return Slip(lines, fault=Fault.NO_TIME, about=head.time[:40])
    if at > now + AHEAD:
        return Slip(lines, fault=Fault.AHEAD, about=head.time[:40])
    if at < now - OLDEST:
        return Slip(lines, fault=Fault.OLD, about=head.time[:40])
    if len(said["email"]) > 1 or len(said["ticket"]) > 1:
        return Slip(lines, fault=Fault.TWO_SAID)
    if all(line.fault for line in lines):
        return Slip(lines, fault=Fault.NOTHING)
    email = next(iter(said["email"]), "")
    return Slip(
        lines,
        email=email if is_address(email) else "",
        ticket=next(iter(said["ticket"]), ""),
        place_id=store.place_id,
        # A till that goes a little fast sold it now.
        sold_at=min(at, now),
    )


def _line(cells: Cells, variants: Mapping[str, Sequence[int]], currency: str) -> Line:
    whole = _WHOLE.fullmatch(cells.quantity or "1")
    if whole is None or int(whole[2]) > MOST_PIECES or not int(whole[2]):
        return Line(cells, fault=Fault.NO_QUANTITY)
    if whole[1] or cells.amount.startswith("-"):
        return Line(cells, fault=Fault.BACK)
    try:
        paid = typed_minor(_plain(cells.amount, currency), currency)
    except ValueError:
        paid = None
    if paid is None:
        return Line(cells, fault=Fault.NO_AMOUNT)
    if cells.currency and cells.currency.upper() not in (currency, sign_of(currency)):
        return Line(cells, fault=Fault.CURRENCY)
    named = variants.get(cells.sku, ())
    if len(named) != 1:
        return Line(cells, fault=Fault.SEVERAL if named else Fault.NO_PIECE)
    return Line(cells, named[0], int(whole[2]), paid)


def sign_of(currency: str) -> str:
    """How people write a currency before an amount or after it."""
    return str(get_currency_symbol(currency, locale="en"))


def _plain(amount: str, currency: str) -> str:
    """An amount without the sign of a currency and what tills put between thousands; nothing of one that may
    be a thousand or one and a quarter."""
    bare = amount.strip(f"{sign_of(currency)} \u00a0")
    if _DOTS_BETWEEN.fullmatch(bare):
        return re.sub(r"[.'’ ]", "", bare)
    if _COMMAS_BETWEEN.fullmatch(bare):
        return bare.replace(",", "")
    return "" if _EITHER.fullmatch(bare) and decimals_of(currency) < 3 else bare
