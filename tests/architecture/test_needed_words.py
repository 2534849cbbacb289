"""Where a form needs words, blanks are none: `InputRequired` looks no further than at what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired


def _forms(form: type[Any] = FlaskForm) -> Iterator[type[Any]]:
    for one in form.__subclasses__():
        yield one
        yield from _forms(one)


def _asks_what_was_typed(field: Any) -> bool:
    if not isinstance(field, UnboundField) or field.field_class not in (StringField, TextAreaField):
        return False
    return any(isinstance(one, InputRequired) for one in field.kwargs.get("validators", ()))


def test_no_field_for_words_takes_blanks_for_an_answer(app: Flask) -> None:
    found = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms()
        for name, field in vars(form).items()
        if _asks_what_was_typed(field)
    }
    assert found == set()
