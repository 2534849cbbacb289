"""What a search costs in a shop of a million products, over what it costs in one of ten thousand.

Both are whole answers of the shop over HTTP, by the clock: the database is what grows. Each word is asked for
in turn of one shop and of the other; the middle of a word's times counts, and the worst word is the measure.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.browsing import AGENT
from benchmarks.crowds import LARGE, SMALL, WORDS, another, fill_with
from benchmarks.serving import Request, Worker

GOAL = 3.0
HEADERS = {"User-Agent": AGENT, "Accept-Language": "en-GB,en;q=0.9"}


def measure_growth(product: str, url: str, home: Path, rounds: int) -> tuple[float, float]:
    """Seconds a search of the word that grows most takes: in the large shop, and in the small one."""
    urls = [another(url, "small"), another(url, "large")]
    for each, number in zip(urls, (SMALL, LARGE), strict=True):
        fill_with(each, number)
    with Worker(product, urls[0], home, "small") as small, Worker(product, urls[1], home, "large") as large:
        pairs = [_times(word, small, large, rounds) for word in WORDS]
    return max(pairs, key=lambda pair: pair[0] / pair[1])


def _times(word: str, small: Worker, large: Worker, rounds: int) -> tuple[float, float]:
    request = Request(f"/shop?q={quote_plus(word)}", headers=HEADERS)
    times: dict[Worker, list[float]] = {small: [], large: []}
    for turn in range(rounds * 3):
        for worker in (small, large) if turn % 2 else (large, small):
            began = time.perf_counter()
            answer = worker.send(request)
            times[worker].append(time.perf_counter() - began)
            if answer.status != 200:
                raise RuntimeError(f"{request.path} answered {answer.status}")
    return statistics.median(times[large][3:]), statistics.median(times[small][3:])
