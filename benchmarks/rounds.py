"""Product and control take turns; what counts is the middle round of each.

Both run as the shop does in `make demo`: gunicorn with the same flags and one worker, its socket kept open,
on one durable private PostgreSQL that is made for the run and thrown away after it. One client sends one
request after the other, a round to one of the two, then a round to the other. A worker says itself how much
CPU time it has used (`benchmarks.serving`), so that the machine's other work moves the rates and hardly the
CPU. The server is part of it on both sides, because nobody is served without one.

The ratio is the control's CPU a request divided by ours; 1 would be bare Flask. Where one page of ours is
held against another (`at_most`), it is ours divided by the other's. What PostgreSQL does in its own processes
shows in the rates and not in the CPU: it is held down by counting statements, in the tests.
"""

from __future__ import annotations

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from benchmarks import evenings, flash_sale, ledgers, moving_money
from benchmarks.crowds import SMALL, another, fill_with
from benchmarks.evenings import measure_evenings, measure_rush
from benchmarks.flash_sale import measure_flash_sale
from benchmarks.growth import GOAL, measure_growth
from benchmarks.importing import PRODUCTS, Times, measure_import
from benchmarks.measures import Measure
from benchmarks.seeds import Shelf, fill
from benchmarks.serving import Request, Worker
from foundation import postgres

PRODUCT = "benchmarks.product:create_app()"
Books = Callable[[str, Path, int, int], tuple[float, float]]
GROWTH, FLASH_SALE = "search_growth", "flash_sale"
RSVP_ONE, RSVP_MANY, RSVP_RUSH = "rsvp_one", "rsvp_many", "rsvp_rush"
IMPORT, REIMPORT = "import_100k", "reimport"
PAYOUT_RUN, PREPARING = "payout_run_100k", "prepare_growth"
BALANCES, BULK = "balance_growth", "ledger_bulk"
FEW = 3  # rounds of the books: one takes half a minute, and what PostgreSQL does there hardly varies
LEAST = 40  # below that no editor is left out for owing too little
# How it is measured, of how many, the goal, and whether that is a ratio to stay below.
BOOKS: dict[str, tuple[Books, int, float, bool]] = {
    PAYOUT_RUN: (moving_money.measure_run, 100_000, 2.0, True),
    PREPARING: (moving_money.measure_history, 20_000, 1.5, True),
    BALANCES: (ledgers.measure_balances, 10_000_000, 2.0, True),
    BULK: (ledgers.measure_bulk, 20_000, 0.45, False),
}


@dataclass(frozen=True)
class Result:
    """One measure: CPU in milliseconds a request, rates in requests a second."""

    measure: str
    ratio: float
    rate: float
    control_rate: float
    cpu_ms: float
    control_cpu_ms: float
    goal: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether the goal is reached: most want a ratio as high as it gets, growth one as low."""
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def as_json(self) -> dict[str, str | float]:
        """The line a program reads."""
        return {
            "measure": self.measure,
            "ratio": round(self.ratio, 3),
            "rate": round(self.rate, 1),
            "control_rate": round(self.control_rate, 1),
            "cpu_ms": round(self.cpu_ms, 4),
            "control_cpu_ms": round(self.control_cpu_ms, 4),
            "goal": self.goal,
        }


@dataclass(frozen=True)
class Round:
    """One turn of one side."""

    cpu_ms: float
    rate: float


class House:
    """One server and one filled shop; whatever is measured gets a copy of the shop for itself."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self._shelf = fill(url, home)
        self._copies = 0

    def shelf(self) -> Shelf:
        """The shop again as it was filled, in a database of its own."""
        self._copies += 1
        return replace(self._shelf, database_url=another(self._shelf.database_url, f"shop{self._copies}"))


@contextlib.contextmanager
def opened() -> Iterator[House]:
    """A house for one run of measures, thrown away after it."""
    with _home() as home, postgres.running(home / "postgres") as url:
        yield House(home, url)


def run(house: House, measures: Sequence[Measure], *, rounds: int, requests: int = 0) -> list[Result]:
    """Measure each in turn; `requests` a round, or as many as the measure says when 0."""
    results = []
    for crowded in (False, True):
        some = [one for one in measures if one.crowded is crowded]
        if not some:
            continue
        shop = house.shelf()
        if crowded:
            fill_with(shop.database_url, SMALL)
        with Worker(PRODUCT, shop.database_url, house.home, f"product-{crowded}") as product:
            results += [
                _measure(one, product, shop, house.home, rounds, requests or one.requests) for one in some
            ]
    return results


def run_growth(house: House, *, rounds: int) -> Result:
    """The one measure that compares the shop with itself; it fills a million products first."""
    large, small = measure_growth(PRODUCT, house.shelf().database_url, house.home, rounds)
    return Result(GROWTH, large / small, 1 / large, 1 / small, large * 1000, small * 1000, GOAL, at_most=True)


def run_flash_sale(house: House, *, rounds: int, orders: int = 0) -> Result:
    """Many for one product against as many for others: both are the shop's own, so the rates are compared.
    `orders` a round, or 48 when 0."""
    one, spread = measure_flash_sale(PRODUCT, house.shelf(), house.home, rounds, orders or flash_sale.ORDERS)
    return Result(FLASH_SALE, one / spread, one, spread, 1000 / one, 1000 / spread, flash_sale.GOAL)


def run_evenings(house: House, *, rounds: int, asked: int = 0) -> list[Result]:
    """Seats a second of one event and of many, over orders a second or 300, whichever is lower."""
    rates = measure_evenings(PRODUCT, house.shelf(), house.home, rounds, asked or evenings.ASKED)
    return [
        Result(name, rate / rates.bar, rate, rates.orders, 1000 / rate, 1000 / rates.orders, 1.0)
        for name, rate in ((RSVP_ONE, rates.one), (RSVP_MANY, rates.many))
    ]


def run_rush(house: House, *, guests: int = 0) -> Result:
    """Five thousand (or so many) for one event; the control is a minute, and as many of it as they are."""
    number = guests or evenings.RUSH
    seconds, minute = (
        measure_rush(PRODUCT, house.shelf(), house.home, number),
        evenings.A_MINUTE * number / evenings.RUSH,
    )
    return _of_books(RSVP_RUSH, seconds / number, minute / number, 1.0, at_most=True)


def run_import(house: House, *, rounds: int, products: int = 0) -> Result:
    """A file of 100,000 products (or so many) against bare COPY of its bytes; milliseconds a product."""
    times = _imported(house, products or PRODUCTS)
    return _of_import(IMPORT, times.bare / times.first, times, times.first, times.bare, 0.04)


def run_reimport(house: House, *, rounds: int, products: int = 0) -> Result:
    """How many times faster the same file is brought in again; the control is the first time."""
    times = _imported(house, products or PRODUCTS)
    return _of_import(REIMPORT, times.first / times.again, times, times.again, times.first, 3.0)


def run_books(names: Sequence[str], *, rounds: int, size: int = 0) -> list[Result]:
    """Payout runs and the books, on one server; `size` is how many of each, or as many as it says when 0."""
    results = []
    with books_shop() as (url, home):
        for name in names:
            measure, usual, goal, at_most = BOOKS[name]
            number = max(size, LEAST) if size else usual
            ours, control = measure(another(url, name), home, min(rounds, FEW), number)
            each = 1 if name == BALANCES else number  # a balance is one answer, whatever there is of legs
            results.append(_of_books(name, ours / each, control / each, goal, at_most=at_most))
    return results


@contextlib.contextmanager
def books_shop() -> Iterator[tuple[str, Path]]:
    """A migrated database on a server of its own, which nobody has open: its address, and its folder."""
    with _home() as home, postgres.running(home / "postgres") as url:
        fill(url, home)
        yield url, home


def _of_books(name: str, ours: float, control: float, goal: float, *, at_most: bool) -> Result:
    ratio = ours / control if at_most else control / ours
    return Result(name, ratio, 1 / ours, 1 / control, ours * 1000, control * 1000, goal, at_most)


@lru_cache(maxsize=1)
def _imported(house: House, products: int) -> Times:
    return measure_import(house.shelf().database_url, house.home, products)


def _of_import(name: str, ratio: float, times: Times, ours: float, control: float, goal: float) -> Result:
    number = times.products
    return Result(
        name, ratio, number / ours, number / control, ours * 1000 / number, control * 1000 / number, goal
    )


def _measure(
    measure: Measure, product: Worker, shelf: Shelf, home: Path, rounds: int, requests: int
) -> Result:
    environ = measure.control_environ(product, shelf)
    with Worker(measure.control, shelf.database_url, home, f"control-{measure.name}", environ) as control:
        sides = ((product, measure.ours), (control, measure.theirs))
        kept: tuple[list[Round], list[Round]] = ([], [])
        for turn in range(rounds + 1):
            # Who goes first changes, so that neither always finds the machine as the other left it.
            for side in (0, 1) if turn % 2 else (1, 0):
                worker, prepare = sides[side]
                prepared = prepare(worker, shelf, requests)
                done = _play(worker, prepared, measure.status)
                if turn:  # the first one warms up
                    kept[side].append(done)
    ours, theirs = kept
    cpu_ms, control_cpu_ms = (statistics.median(one.cpu_ms for one in side) for side in (ours, theirs))
    return Result(
        measure=measure.name,
        ratio=cpu_ms / control_cpu_ms if measure.at_most else control_cpu_ms / cpu_ms,
        rate=statistics.median(one.rate for one in ours),
        control_rate=statistics.median(one.rate for one in theirs),
        cpu_ms=cpu_ms,
        control_cpu_ms=control_cpu_ms,
        goal=measure.goal,
        at_most=measure.at_most,
    )


def _play(worker: Worker, requests: Sequence[Request], expected: int) -> Round:
    cpu, began = worker.cpu_seconds(), time.perf_counter()
    for request in requests:
        answer = worker.send(request)
        if answer.status != expected:
            raise RuntimeError(
                f"{request.path} answered {answer.status}, not {expected}: {answer.body[:300]!r}"
            )
    wall, used = time.perf_counter() - began, worker.cpu_seconds() - cpu
    return Round(cpu_ms=used * 1000 / len(requests), rate=len(requests) / wall)


@contextlib.contextmanager
def _home() -> Iterator[Path]:
    """A folder for one run; the database's own user passes through it."""
    with tempfile.TemporaryDirectory(prefix="vetrina-bench-") as name:
        home = Path(name)
        home.chmod(0o711)
        try:
            yield home
        finally:
            postgres.remove(home / "postgres")
