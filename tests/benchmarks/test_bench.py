"""`make bench` runs and says what it should. Nothing is timed here: other tests run beside it."""

import json

import pytest

from benchmarks import rounds
from benchmarks.__main__ import main, table
from benchmarks.measures import MEASURES
from benchmarks.rounds import Result

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
]
SHAPE = ["measure", "ratio", "rate", "control_rate", "cpu_ms", "control_cpu_ms", "goal"]


@pytest.mark.timeout(300)
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
    assert shown[0].split()[:3] == ["measure", "ours", "control"]


def test_only_what_was_asked_for_can_be_asked_for(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["benchmarks", "--only", "go,gone"])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().err
    assert (
        f"no measure called gone; there are {', '.join(NAMES)}, search_growth, import_100k, reimport" in said
    )


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
def test_an_import_is_measured_against_bare_copy_and_against_itself(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["benchmarks", "--only", "import_100k,reimport", "--requests", "30"])
    assert main() == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [(line["measure"], line["goal"]) for line in lines] == [("import_100k", 0.04), ("reimport", 3.0)]
    for line in lines:
        assert min(line[name] for name in SHAPE[1:]) > 0
