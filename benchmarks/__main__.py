"""`python -m benchmarks [--only go,product_page]`: a table, then one JSON line for each measure."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.measures import MEASURES
from benchmarks.rounds import (
    BOOKS,
    FLASH_SALE,
    GROWTH,
    IMPORT,
    REIMPORT,
    RSVP_MANY,
    RSVP_ONE,
    RSVP_RUSH,
    Result,
    opened,
    run,
    run_books,
    run_evenings,
    run_flash_sale,
    run_growth,
    run_import,
    run_reimport,
    run_rush,
)

# Measured only when asked for: they fill a shop with a million products, or bring in a hundred thousand.
ALONE = {GROWTH: run_growth}
IMPORTS = {IMPORT: run_import, REIMPORT: run_reimport}


def table(results: list[Result]) -> str:
    """What was measured, for people; CPU in milliseconds a request, rates in requests a second."""
    head = (
        f"{'measure':<16}{'ours':>9}{'control':>9}{'ratio':>8}{'goal':>7}{'rate':>9}{'control':>9}   goal met"
    )
    rows = [
        f"{one.measure:<16}{one.cpu_ms:>9.3f}{one.control_cpu_ms:>9.3f}{one.ratio:>8.2f}{one.goal:>7.2f}"
        f"{one.rate:>9.0f}{one.control_rate:>9.0f}   {'yes' if one.met else 'no'}"
        for one in results
    ]
    return "\n".join([head, "-" * len(head), *rows])


def _of_the_shop(wanted: list[str], rounds: int, requests: int) -> list[Result]:
    with opened() as house:
        chosen = [measure for measure in MEASURES if measure.name in wanted]
        results = run(house, chosen, rounds=rounds, requests=requests)
        if FLASH_SALE in wanted:
            results.append(run_flash_sale(house, rounds=rounds, orders=requests))
        if {RSVP_ONE, RSVP_MANY} & set(wanted):
            both = run_evenings(house, rounds=rounds, asked=requests)
            results += [one for one in both if one.measure in wanted]
        if RSVP_RUSH in wanted:
            results.append(run_rush(house, guests=requests))
        results += [measure(house, rounds=rounds) for name, measure in ALONE.items() if name in wanted]
        results += [
            measure(house, rounds=rounds, products=requests)
            for name, measure in IMPORTS.items()
            if name in wanted
        ]
    return results


def main() -> int:
    usual = [*(measure.name for measure in MEASURES), FLASH_SALE, RSVP_ONE, RSVP_MANY, *BOOKS]
    names = [*usual, RSVP_RUSH, *ALONE, *IMPORTS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default=",".join(usual), help=f"some of: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=9, help="how often product and control take turns")
    parser.add_argument("--requests", type=int, default=0, help="requests a round (default: by measure)")
    arguments = parser.parse_args()
    wanted = [name.strip() for name in arguments.only.split(",") if name.strip()]
    if unknown := sorted(set(wanted) - set(names)):
        parser.error(f"no measure called {', '.join(unknown)}; there are {', '.join(names)}")
    rounds = max(1, arguments.rounds)
    results = _of_the_shop(wanted, rounds, arguments.requests) if set(wanted) - set(BOOKS) else []
    if books := [name for name in BOOKS if name in wanted]:
        results += run_books(books, rounds=rounds, size=arguments.requests)
    print(table(results))
    print()
    for result in results:
        print(json.dumps(result.as_json()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
