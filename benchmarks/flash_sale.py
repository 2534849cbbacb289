"""A flash sale: orders of one product, over orders that are spread over many.

Four shoppers press at the same time, as fast as they are answered, a round of one kind and then a round of
the other. Orders of one piece wait for each other from the lock on its stock to their commit: what counts is
how many of the other kind's orders a second are left. Afterwards a shelf of fewer pieces than buyers is sold
out, and nothing may have been promised twice.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from benchmarks.browsing import Browser
from benchmarks.measures import order_of, visitor
from benchmarks.seeds import Shelf
from benchmarks.serving import Request, Worker

GOAL = 0.5
SHOPPERS, ORDERS = 4, 48
_SIZES = "SELECT id FROM variants ORDER BY id LIMIT %s"
_ON_HAND = "UPDATE variants SET on_hand = %s WHERE id = %s"
_PROMISED = "SELECT coalesce(sum(quantity), 0) FROM reservations WHERE variant_id = %s"


class Oversold(RuntimeError):
    """More was promised than there was."""


def measure_flash_sale(
    product: str, shelf: Shelf, home: Path, rounds: int, orders: int
) -> tuple[float, float]:
    """Orders a second, with `orders` a round: of one product, and spread out. Raises `Oversold`."""
    with psycopg.connect(shelf.database_url) as connection:
        many = [row[0] for row in connection.execute(_SIZES, [orders])]
    one = shelf.variant_ids[0]
    rates: dict[int, list[float]] = {0: [], 1: []}
    with Worker(product, shelf.database_url, home, "flash-sale") as worker:
        for turn in range(rounds + 1):
            for side in (0, 1) if turn % 2 else (1, 0):
                wanted = many if side else [one] * orders
                rate = together(worker, _forms(worker, shelf, wanted), {303})
                if turn:  # the first one warms up
                    rates[side].append(rate)
        _sell_out(worker, shelf, one, orders)
    return statistics.median(rates[0]), statistics.median(rates[1])


def spread_orders(worker: Worker, shelf: Shelf, orders: int) -> list[Request]:
    """Filled-in forms of three pieces each, no two of them the same size of the same product."""
    pieces = len(shelf.variant_ids)
    with psycopg.connect(shelf.database_url) as connection:
        ids = [row[0] for row in connection.execute(_SIZES, [orders * pieces])]
    return [
        order_of(
            Browser(worker, visitor()), shelf, [ids[(at * pieces + one) % len(ids)] for one in range(pieces)]
        )
        for at in range(orders)
    ]


def _forms(worker: Worker, shelf: Shelf, wanted: Sequence[int]) -> list[Request]:
    return [order_of(Browser(worker, visitor()), shelf, [variant_id]) for variant_id in wanted]


def together(worker: Worker, forms: Sequence[Request], expected: set[int]) -> float:
    """All at once, each shopper their share of the forms; how many were answered in a second."""
    began = time.perf_counter()
    with ThreadPoolExecutor(SHOPPERS) as pool:
        shares = [forms[number::SHOPPERS] for number in range(SHOPPERS)]
        answered = [status for some in pool.map(_pressing(worker), shares) for status in some]
    seconds = time.perf_counter() - began
    if unexpected := set(answered) - expected:
        raise RuntimeError(f"one was answered {unexpected}")
    return len(forms) / seconds


def _pressing(worker: Worker) -> Callable[[Sequence[Request]], list[int]]:
    def press(forms: Sequence[Request]) -> list[int]:
        client = worker.another_client()
        try:
            return [client.send(form).status for form in forms]
        finally:
            client.close()

    return press


def _sell_out(worker: Worker, shelf: Shelf, variant_id: int, buyers: int) -> None:
    """More buyers than pieces: as many are promised as there are, the others are told."""
    left = buyers // 2
    with psycopg.connect(shelf.database_url, autocommit=True) as connection:
        promised = connection.execute(_PROMISED, [variant_id]).fetchone()
        before = promised[0] if promised else 0
        connection.execute(_ON_HAND, [before + buyers, variant_id])
        forms = _forms(worker, shelf, [variant_id] * buyers)
        connection.execute(_ON_HAND, [before + left, variant_id])
        together(worker, forms, {303, 409})
        promised = connection.execute(_PROMISED, [variant_id]).fetchone()
    if promised is None or promised[0] != before + left:
        raise Oversold(f"{left} pieces were left, {promised} are promised instead of {before + left}")
