"""`make check-faults` takes minutes and is run when asked for; that it could run is seen every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.planted import FAULTS, Fault

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_finds_its_line_once_and_the_tests_that_notice_it(fault: Fault) -> None:
    for name in fault.files:
        assert (ROOT / name).read_text(encoding="utf-8").count(fault.right) == 1
    for test in fault.tests:
        path, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / path).read_text(encoding="utf-8")
