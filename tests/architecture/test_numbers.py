"""A number somebody sends is never larger than a key of the database: one place reads them."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for package in ("foundation", "storefront", "editors", "commissions", "events")
    for path in sorted((ROOT / package).rglob("*.py"))
]
READER = ROOT / "foundation/web/numbers.py"


def calls(path: Path, word: str) -> list[ast.Call]:
    """The calls of a module in which the word stands; to read them all takes seconds."""
    source = path.read_text()
    return (
        [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)] if word in source else []
    )


def test_numbers_of_a_request_are_read_in_one_place() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        if path != READER
        for call in calls(path, "type=int")
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"get", "getlist"}
        and any(
            word.arg == "type" and isinstance(word.value, ast.Name) and word.value.id == "int"
            for word in call.keywords
        )
    ]
    assert found == [], "ask foundation.web.numbers: it leaves out what no key can be"


def test_every_whole_number_of_a_form_has_a_range() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for field in ("IntegerField", "WholeNumber")
        for call in calls(path, field)
        if isinstance(call.func, ast.Name)
        and call.func.id == field
        and "NumberRange" not in ast.unparse(call)
    ]
    assert found == []
