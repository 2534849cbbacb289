from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation

from foundation.web.fields import NO_CONTROLS, Select, stripped
from storefront.places.models import Place
from storefront.stock.errors import QuantityRefused
from storefront.stock.policy import MOST_AT_ONCE


class Pieces(IntegerField):
    """A number of pieces as people type it; anything else is answered with one sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.data = None
        elif not text.isascii() or not text.isdecimal() or len(text) > 6:
            self.data = None
            raise ValueError(QuantityRefused.sentence)
        else:
            self.data = int(text)


def _told_already(form: FlaskForm, field: Pieces) -> None:
    """What was no number is not told a second time for being out of range."""
    if field.process_errors:
        raise StopValidation()


def how_many(label: Any, least: int, *validators: Any) -> Pieces:
    within = NumberRange(least, MOST_AT_ONCE, message=QuantityRefused.sentence)
    return Pieces(
        label,
        validators=[_told_already, *validators, within],
        render_kw={"inputmode": "numeric", "maxlength": 6},
    )


def why() -> StringField:
    return StringField(
        _l("Why"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say why, in a few words.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 200},
    )


class PlacesForm(FlaskForm):
    """A form whose `place` fields offer the places that are open."""

    def offer(self, places: Sequence[Place], *names: str) -> None:
        for name in names:
            self[name].choices = [(str(place.id), place.name) for place in places]


class CorrectForm(PlacesForm):
    """Somebody counted."""

    place = Select(_l("Place"))
    counted = how_many(_l("Counted there"), 0, InputRequired(QuantityRefused.sentence))
    reason = why()


class CarryForm(PlacesForm):
    """Pieces go to another place."""

    from_place = Select(_l("From"))
    to_place = Select(_l("To"))
    quantity = how_many(_l("How many"), 1, InputRequired(QuantityRefused.sentence))
    carry_reason = why()
    batch = HiddenField(validators=[DataRequired(), Length(max=64)])


class MarkForm(FlaskForm):
    """From which count on a piece is running low."""

    low_at = how_many(_l("Running low from"), 0, Optional())
    whole = BooleanField(_l("For all sizes of this product"))


class ReceiveForm(PlacesForm):
    """The head of a delivery; its lines are read by `delivery`."""

    place = Select(_l("Where it arrived"))
    reason = StringField(
        _l("Delivery note"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Write its number, or who brought it.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 200},
    )
    file = FileField(_l("A CSV file instead"), render_kw={"accept": ".csv,text/csv"})
    batch = HiddenField(validators=[DataRequired(), Length(max=64)])
