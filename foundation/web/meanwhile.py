"""Two people on one form: whoever keeps theirs second is shown what the first one wrote, and decides."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FieldList, Form, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import Length


class SeenForm(FlaskForm):
    """A form of one row. `seen` is what its writer saw of it (`foundation.seen`)."""

    seen = HiddenField(validators=[Length(max=64)])

    @property
    def was_seen(self) -> str | None:
        """What to tell the action; None when the form was not filled from a row."""
        return self.seen.data or None


def says_now(typed: SeenForm, now: SeenForm) -> list[tuple[str, str]]:
    """Where the row says something else than was typed: each field and its words as they are now.

    What was typed stays in the form, and has seen the row as it is now: kept again, it takes its place.
    """
    typed.seen.data = now.seen.data
    return differing(typed, now)


def differing(typed: Form, now: Form) -> list[tuple[str, str]]:
    """The fields that say something else now, each with its words; a list of rows tells its own."""
    return [
        (str(field.label.text), _words(now[field.short_name]))
        for field in typed
        if not isinstance(field, HiddenField | FieldList) and _words(field) != _words(now[field.short_name])
    ]


def _words(field: Field) -> str:
    """What a field says, as people read it."""
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    if isinstance(field, SelectMultipleField):
        return ", ".join(str(label) for _value, label, chosen, *_more in field.iter_choices() if chosen)
    if isinstance(field, SelectField):
        return _chosen(field)
    text: Any = field
    return str(text._value()).replace("\r\n", "\n").strip()


def _chosen(field: SelectField) -> str:
    groups = field.iter_groups() if field.has_groups() else [("", field.iter_choices())]
    return next(
        (str(label) for _name, choices in groups for _value, label, chosen, *_more in choices if chosen), ""
    )
