"""A day nobody can mean is refused beside its field wherever one is written, and kept as it was typed."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import Optional

from foundation.web.fields import Day, DayAndHour

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("foundation", "storefront", "editors", "commissions", "stripe_sandbox")
BARE = {"DateField", "DateTimeField", "DateTimeLocalField"}


class Asked(FlaskForm):
    day = Day("Day", validators=[Optional()])
    hour = DayAndHour("Day and hour", validators=[Optional()])


def asked(app: Flask, **typed: str) -> Any:
    with app.test_request_context():
        form = Asked(MultiDict(typed), meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize("year", ["0001", "1999", "2100", "9999"])
@pytest.mark.parametrize(("name", "rest"), [("day", "-12-31"), ("hour", "-12-31T23:59")])
def test_a_day_nobody_can_mean_is_refused_and_kept_as_typed(
    worker_app: Flask, year: str, name: str, rest: str
) -> None:
    field = asked(worker_app, **{name: year + rest})[name]
    assert field.errors == ["Write a day between the years 2000 and 2099."]
    assert field.data is None and f'value="{year + rest}"' in str(field())


def test_the_first_and_the_last_day_are_taken(worker_app: Flask) -> None:
    for day in ("2000-01-01", "2099-12-31", ""):
        form = asked(worker_app, day=day, hour=day and f"{day}T00:00")
        assert not form.errors


def test_no_form_asks_for_a_day_in_another_way() -> None:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            source = path.read_text()
            if path.name == "fields.py" or not any(name in source for name in BARE):
                continue
            names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
            assert not names & BARE, path
