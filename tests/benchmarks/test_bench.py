"""`make bench` runs and says what it should. Nothing is timed here: other tests run beside it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row
from werkzeug.test import Client

from benchmarks import __main__ as program
from benchmarks import rounds
from benchmarks.__main__ import main, table
from benchmarks.controls import place_order
from benchmarks.controls.pool import open_pool
from benchmarks.measures import ADDRESS, MEASURES
from benchmarks.rounds import Result
from foundation import postgres
from tests import databases
from tests.storefront.goods import shelf
from tests.storefront.test_checkout import Shopper

NAMES = [
    "go",
    "product_page",
    "look_page",
    "place_order",
    "add_to_cart",
    "list_page",
    "search",
    "facets",
    "flash_sale",
    "rsvp_one",
    "rsvp_many",
    "payout_run_100k",
    "prepare_growth",
    "balance_growth",
    "ledger_bulk",
]
ALONE = ["rsvp_rush", "search_growth", "import_100k", "reimport"]
SHAPE = ["measure", "ratio", "rate", "control_rate", "cpu_ms", "control_cpu_ms", "goal"]


@pytest.fixture(scope="module")
def house() -> Iterator[rounds.House]:
    """The server and the shop that each run would make for itself, though not safe in a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres, "ensure_running", partial(postgres.ensure_running, durable=False))
        patch.setattr(postgres, "stop", partial(postgres.stop, at_once=True))
        with rounds.opened() as made:
            yield made


@pytest.fixture
def at_home(house, monkeypatch, tmp_path):
    """Runs measure in this house, and keep their books in a database of ours."""

    @contextmanager
    def books() -> Iterator[tuple[str, Path]]:
        yield databases.clone(databases.home_of_this_run(), "books"), tmp_path

    monkeypatch.setattr(program, "opened", lambda: nullcontext(house))
    monkeypatch.setattr(rounds, "books_shop", books)


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("at_home")
def test_a_short_run_prints_a_table_and_one_json_line_for_each_measure(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["benchmarks", "--rounds", "1", "--requests", "2"])
    monkeypatch.setattr(rounds, "SMALL", 200)  # a crowd of ten thousand is for who measures
    assert main() == 0
    shown = capsys.readouterr().out.splitlines()
    lines = [json.loads(line) for line in shown if line.startswith("{")]
    assert [line["measure"] for line in lines] == NAMES
    for line in lines:
        assert list(line) == SHAPE
        assert min(line[name] for name in SHAPE[1:]) > 0
    assert [line["goal"] for line in lines[-4:]] == [2.0, 1.5, 2.0, 0.45]
    assert shown[0].split()[:3] == ["measure", "ours", "control"]


def test_only_what_was_asked_for_can_be_asked_for(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["benchmarks", "--only", "go,gone"])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().err
    assert f"no measure called gone; there are {', '.join([*NAMES, *ALONE])}" in said


def test_the_table_says_whether_a_goal_is_met():
    result = Result("go", ratio=0.71, rate=900, control_rate=1100, cpu_ms=1.4, control_cpu_ms=1.0, goal=0.65)
    assert table([result]).splitlines()[-1].split() == [
        "go", "1.400", "1.000", "0.71", "0.65", "900", "1100", "yes",
    ]  # fmt: skip


def test_every_measure_has_its_goal_from_the_plan():
    assert {one.name: one.goal for one in MEASURES} == {
        "go": 0.65,
        "product_page": 0.40,
        "look_page": 1.2,
        "place_order": 0.35,
        "add_to_cart": 0.35,
        "list_page": 0.40,
        "search": 0.40,
        "facets": 0.40,
    }


def test_growth_wants_to_stay_low():
    grown = Result("search_growth", 2.1, 20, 42, 50, 24, goal=3.0, at_most=True)
    assert table([grown]).splitlines()[-1].endswith("yes")
    assert not Result("search_growth", 3.1, 20, 42, 50, 24, goal=3.0, at_most=True).met


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("at_home")
def test_an_import_is_measured_against_bare_copy_and_against_itself(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["benchmarks", "--only", "import_100k,reimport", "--requests", "30"])
    assert main() == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [(line["measure"], line["goal"]) for line in lines] == [("import_100k", 0.04), ("reimport", 3.0)]
    for line in lines:
        assert min(line[name] for name in SHAPE[1:]) > 0


def test_the_bare_order_writes_the_same_columns_of_the_same_rows(app, work, db_url, monkeypatch):
    with work():
        pieces = [shelf(f"piece-{number}", 5000 + number) for number in range(3)]
    anna = Shopper(app)
    for variant in pieces:
        anna.add(variant)
    assert anna.order(**ADDRESS).status_code == 303
    ours = written(db_url)
    monkeypatch.setenv("DATABASE_URL", db_url)
    wanted = ADDRESS | {"pieces": ",".join(map(str, pieces)), "visit": "somebody"}
    with open_pool() as pool:
        monkeypatch.setattr(place_order, "open_pool", lambda: pool)
        assert Client(place_order.create_app()).post("/checkout", data=wanted).status_code == 303
    with_theirs = written(db_url)
    for name, rows in ours.items():
        assert len(rows) == (3 if name in ("order_lines", "reservations") else 1), name
        assert with_theirs[name][len(rows) :] == rows, name


def written(url: str) -> dict[str, list[frozenset[str]]]:
    """The columns that hold something, row by row, of all that an order is made of."""
    tables = {"orders": "true", "order_lines": "true", "reservations": "true"}
    tables |= {"audit_rows": "action = 'orders.place'"}
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return {
            name: [
                frozenset(column for column, value in row.items() if value is not None)
                for row in connection.execute(f"SELECT * FROM {name} WHERE {which} ORDER BY id").fetchall()
            ]
            for name, which in tables.items()
        }
